/// `/proc/thread-self/schedstat`: how long the calling thread ran, and how long it waited for a processor while it could have run.
///
/// Three numbers: nanoseconds run, nanoseconds waited on a run queue, times it was run. Absent without CONFIG_SCHED_INFO.
/// https://docs.kernel.org/scheduler/sched-stats.html (/proc/<pid>/schedstat)
package struct ThreadSchedstat: Sendable, Hashable {
    /// Nanoseconds.
    package var ran: Int64
    package var waited: Int64
    /// How often it was put on a processor.
    package var turns: Int64

    package init(ran: Int64 = 0, waited: Int64 = 0, turns: Int64 = 0) {
        self.ran = ran
        self.waited = waited
        self.turns = turns
    }

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

    /// What was added since.
    package func since(_ earlier: ThreadSchedstat) -> ThreadSchedstat {
        ThreadSchedstat(
            ran: ran &- earlier.ran, waited: waited &- earlier.waited,
            turns: turns &- earlier.turns)
    }

    /// Those of several threads together.
    package static func + (left: ThreadSchedstat, right: ThreadSchedstat) -> ThreadSchedstat {
        ThreadSchedstat(
            ran: left.ran &+ right.ran, waited: left.waited &+ right.waited,
            turns: left.turns &+ right.turns)
    }
}
