import Model

/// How many sockets of a namespace are in no table: made, perhaps bound, and neither listening nor connected.
///
/// `sockets: used` of `/proc/net/sockstat` counts every socket of the namespace (`net/socket.c:socket_seq_show`); the
/// `sockets` column of `/proc/net/protocols` counts those in a protocol's table (`net/core/sock.c:proto_seq_printf`).
/// For TCP that is all but the closed ones (`inet_hash`, `inet_unhash`): what is missing there is closed or only bound.
enum InvisibleSockets {
    /// Fewer change no verdict, and are usual.
    static let few: Int64 = 256
    static let path = "/proc/net/protocols"

    /// Whether there may be so many bound and idle sockets that they are worth a walk.
    static func areMany(counters: Counters, root: Root) -> Bool {
        guard let used = counters["sockstat.sockets", "used"] else { return false }
        let known = ["sockstat.TCP", "sockstat.UDP", "sockstat6.TCP6", "sockstat6.UDP6"]
        let inuse = known.reduce(0) { $0 + (counters[$1, "inuse"] ?? 0) }
        guard used - inuse > few, let bytes = try? NetDirectory.bytes(path, root: root),
            let all = sum(bytes.span)
        else { return false }
        return used - all > few
    }

    /// The sum of the third column: `TCP  2688  4  371  no  320  yes  kernel …`; nil for another text.
    static func sum(_ bytes: Span<UInt8>) -> Int64? {
        var position = 0
        var sum: Int64?
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard bytes.word(from: &column, to: line.upperBound) != nil,
                let size = bytes.word(from: &column, to: line.upperBound),
                bytes.decimal(size) != nil,
                let word = bytes.word(from: &column, to: line.upperBound),
                let count = bytes.decimal(word), 0...(1 << 40) ~= count
            else { continue }
            sum = (sum ?? 0) + count
        }
        return sum
    }
}
