/// `/proc/net/tcp` and `/proc/net/tcp6`: one socket a line, the fallback where sock_diag is missing.
///
/// What differs from sock_diag (`net/ipv4/tcp_ipv4.c:get_tcp4_sock, get_openreq4, get_timewait4_sock`): a listener's
/// `tx_queue` is 0 and its backlog is not shown; neither are the cookie, the control group, the bound interface and
/// IPV6_V6ONLY; times are in clock ticks of 1/100 s; sockets that are bound and idle are left out.
/// https://docs.kernel.org/networking/proc_net_tcp.html
package enum NetTCP {
    /// Hands over each row of whole lines; the heading is no row.
    ///
    /// - Parameter isBigEndian: whether the host that wrote the lines stores the highest byte first.
    /// - Returns: How many lines are neither a row nor the heading.
    @discardableResult
    package static func forEachRow(
        in bytes: Span<UInt8>, isIPv6: Bool, isBigEndian: Bool = NetTCPLine.isHostBigEndian,
        _ body: (borrowing SocketRow) -> Void
    ) -> Int {
        var notUnderstood = 0
        var position = 0
        while let line = bytes.line(from: &position) {
            if let row = NetTCPLine.row(
                line, of: bytes, isIPv6: isIPv6, isBigEndian: isBigEndian)
            {
                body(row)
            } else if !NetTCPLine.isHeading(line, of: bytes) {
                notUnderstood += 1
            }
        }
        return notUnderstood
    }

    /// Streams the file of the namespace that the calling thread is in.
    ///
    /// The kernel gives 4 KiB a read(2), whatever the room (`fs/seq_file.c:seq_read_iter`). It walks the hash table
    /// between the reads, so a file read under churn is no picture of one moment.
    ///
    /// - Returns: How many lines were not understood.
    /// - Throws: ENOENT for IPv6 where the kernel runs without it; ENODATA for a file without a byte, because the kernel
    ///   always writes the heading.
    @discardableResult
    package static func read(
        root: Root, isIPv6: Bool, _ body: (borrowing SocketRow) -> Void
    ) throws(KernelError) -> Int {
        let path = isIPv6 ? "/proc/net/tcp6" : "/proc/net/tcp"
        let file = try NetDirectory.open(path, root: root)
        let isBigEndian =
            root.isHost ? nil : CapturedMachine(root: root).isBigEndian
        var lines = LineStream(room: 65536)
        var notUnderstood = 0
        var isEmpty = true
        while try lines.fill(from: file, subject: path) {
            lines.takeWholeLines {
                isEmpty = false
                notUnderstood += forEachRow(
                    in: $0, isIPv6: isIPv6,
                    isBigEndian: isBigEndian ?? NetTCPLine.isHostBigEndian, body)
            }
        }
        if isEmpty, lines.linesTooLong == 0 { throw KernelError.emptyFile(path) }
        return notUnderstood + lines.linesTooLong
    }
}
