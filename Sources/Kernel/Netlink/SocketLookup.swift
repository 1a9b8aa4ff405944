import CNetlink
import Glibc
import Model

/// Looks single sockets up by their addresses and ports, in whatever state: a few microseconds, where a dump walks every
/// socket of the machine.
///
/// Source: `net/ipv4/inet_diag.c:inet_diag_dump_one_icsk`.
package struct SocketLookup: ~Copyable {
    private let socket: NetlinkSocket

    private init(socket: consuming NetlinkSocket) { self.socket = socket }

    /// In the namespace of the calling thread, whichever thread uses it afterwards.
    package static func open() throws(KernelError) -> SocketLookup {
        SocketLookup(socket: try SocketDump.open())
    }

    /// The socket with these ends; nil where there is none.
    package func row(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> SocketRow? {
        try look(from: source, to: destination) { row, _ in row }
    }

    /// Whether the connection between these ends uses timestamps; nil where there is none, or where it is not open yet.
    func usesTimestamps(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> Bool? {
        let found = try look(
            from: source, to: destination, extensions: DiagRequest.info
        ) { row, message in
            (state: row.state, uses: DiagRow.usesTimestamps(message))
        }
        guard let found, found.state != .synSent, found.state != .timeWait else { return nil }
        return found.uses
    }

    /// How often the persist timer of the connection between these ends has doubled (`tcpi_backoff`); nil where there is
    /// none, or where it is not probing.
    func persistBackoff(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> UInt8? {
        let found = try look(
            from: source, to: destination, extensions: DiagRequest.info
        ) { row, message in
            row.isProbing ? DiagRow.infoByte(at: 4, of: message) : nil
        }
        return found ?? nil
    }

    /// Bytes that were sent between these ends, those sent again as well (`tcpi_bytes_sent`, Linux 4.19); nil where there
    /// is no such connection, or where the kernel does not tell.
    func bytesSent(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> UInt64? {
        let found = try look(
            from: source, to: destination, extensions: DiagRequest.info
        ) { _, message in DiagRow.bytesSent(message) }
        return found ?? nil
    }

    /// Seconds, at least, for which the connection between these ends has been in CLOSE_WAIT, or ESTABLISHED without an answer to
    /// what it retransmits; nil where there is none in that state.
    func age(
        from source: SocketAddress, to destination: SocketAddress, in state: TCPState
    ) throws(KernelError) -> Double? {
        let found = try look(
            from: source, to: destination, extensions: DiagRequest.info
        ) { row, message in
            guard row.state == state else { return nil as Double? }
            return state == .established
                ? DiagRow.unanswered(row, message) : DiagRow.lastAcknowledged(message)
        }
        return found ?? nil
    }

    /// Seconds, at least, for which the connection between these ends has waited to be accepted; nil where none waits.
    ///
    /// Without an inode nobody has accepted it; it was put into the queue when it opened.
    func waited(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> Double? {
        let found = try look(
            from: source, to: destination, extensions: DiagRequest.info
        ) { row, message in
            let waits = row.inode == 0 && (row.state == .established || row.state == .closeWait)
            return waits ? DiagRow.open(message) : nil
        }
        return found ?? nil
    }

    private func look<Result>(
        from source: SocketAddress, to destination: SocketAddress, extensions: UInt8 = 0,
        _ body: (SocketRow, RawSpan) -> Result
    ) throws(KernelError) -> Result? {
        var message = NetlinkMessage(kind: UInt16(SOCK_DIAG_BY_FAMILY), flags: NLM_F_REQUEST)
        // struct inet_diag_req_v2: family, protocol, extensions, padding; states; identity.
        message.append(UInt8(source.isIPv6 ? AF_INET6 : AF_INET))
        message.append(UInt8(IPPROTO_TCP))
        message.append(UInt16(extensions))
        message.append(UInt32.max)
        message.append(source.port.bigEndian)
        message.append(destination.port.bigEndian)
        for end in [source.address, destination.address] {
            if let v4 = end.v4 {
                message.append(v4.bigEndian)
                message.appendZeros(12)
            } else {
                message.append(end.high.bigEndian)
                message.append(end.low.bigEndian)
            }
        }
        // A socket with a link-local address is bound to its interface, and found there alone.
        message.append(destination.scope)
        // INET_DIAG_NOCOOKIE: whichever it is.
        message.append(UInt64.max)
        try socket.send(message.finished)
        do throws(KernelError) {
            return try socket.receive { (datagram) throws(KernelError) in
                var found: Result?
                _ = try NetlinkMessages.forEach(
                    in: datagram, subject: SocketDump.family
                ) { message in
                    guard found == nil, let row = DiagRow.parse(message) else { return }
                    found = body(row, message)
                }
                return found
            }
        } catch {
            guard error.isAbsent else { throw error }
            return nil
        }
    }

    /// The listener of an address and port; nil where nobody listens.
    package func listener(at address: SocketAddress) throws(KernelError) -> SocketRow? {
        let anywhere = SocketAddress(
            address.isIPv6 ? .unspecifiedV6 : .unspecifiedV4, port: 0)
        guard let row = try row(from: address, to: anywhere), row.state == .listen else {
            return nil
        }
        return row
    }
}
