package import Model

extension ThreadSchedstat {
    /// That of the calling thread; nil where this kernel does not count it.
    package static var own: ThreadSchedstat? {
        guard let bytes = try? Root.host.bytes("/proc/thread-self/schedstat", expecting: 128) else {
            return nil
        }
        return parse(bytes.span)
    }

    /// Nil where it is not of the kernel's form.
    static func parse(_ bytes: Span<UInt8>) -> ThreadSchedstat? {
        var position = 0
        guard let line = bytes.line(from: &position) else { return nil }
        var column = line.lowerBound
        guard let first = bytes.word(from: &column, to: line.upperBound),
            let second = bytes.word(from: &column, to: line.upperBound),
            let third = bytes.word(from: &column, to: line.upperBound),
            let ran = bytes.decimal(first), let waited = bytes.decimal(second),
            let turns = bytes.decimal(third), ran >= 0, waited >= 0, turns >= 0
        else { return nil }
        return ThreadSchedstat(ran: ran, waited: waited, turns: turns)
    }
}
