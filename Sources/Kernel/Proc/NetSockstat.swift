import Model

/// `/proc/net/sockstat` and `sockstat6`: `TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 371`, names and values in turn.
///
/// `mem` is in pages and, like `orphan`, counts the whole host; `inuse` and `tw` count the namespace
/// (`net/ipv4/proc.c:sockstat_seq_show`). https://docs.kernel.org/filesystems/proc.html (table 1-9)
enum NetSockstat {
    static let path = "/proc/net/sockstat"
    static let path6 = "/proc/net/sockstat6"

    /// Counters of the namespace that the calling thread is in, by `sockstat.TCP` and name.
    static func ofThisThread() throws(KernelError) -> Counters {
        var counters = Counters()
        let bytes = try NetDirectory.bytes(path, root: .host)
        parse(bytes.span, group: "sockstat", into: &counters)
        return counters
    }

    /// - Parameter group: `sockstat` or `sockstat6`; the prefix of the line follows it: `sockstat.TCP`.
    static func parse(_ bytes: Span<UInt8>, group: String, into counters: inout Counters) {
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard let prefix = bytes.word(from: &column, to: line.upperBound),
                prefix.count > 1, bytes[prefix.upperBound - 1] == 58
            else { continue }
            var pairs: [String: Int64] = [:]
            while let name = bytes.word(from: &column, to: line.upperBound) {
                guard let word = bytes.word(from: &column, to: line.upperBound),
                    let value = bytes.decimal(word)
                else {
                    // Out of step: from here on it is not known what a word is.
                    pairs = [:]
                    break
                }
                pairs[bytes.text(name)] = value
            }
            guard !pairs.isEmpty else { continue }
            let title = bytes.text(prefix.lowerBound..<prefix.upperBound - 1)
            counters.groups["\(group).\(title)", default: [:]].merge(pairs) { _, new in new }
        }
    }
}
