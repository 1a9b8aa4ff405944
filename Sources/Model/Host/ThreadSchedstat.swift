/// `/proc/thread-self/schedstat`: how long the calling thread ran, and how long it waited for a processor while it could have run.
///
/// Three numbers: nanoseconds run, nanoseconds waited on a run queue, times it was run. Absent without CONFIG_SCHED_INFO.
/// https://docs.kernel.org/scheduler/sched-stats.html (/proc/<pid>/schedstat)
public struct ThreadSchedstat: Sendable, Hashable {
    /// Nanoseconds.
    public var ran: Int64
    public var waited: Int64
    /// How often it was put on a processor.
    public var turns: Int64

    public init(ran: Int64 = 0, waited: Int64 = 0, turns: Int64 = 0) {
        self.ran = ran
        self.waited = waited
        self.turns = turns
    }

    /// What was added since.
    public func since(_ earlier: ThreadSchedstat) -> ThreadSchedstat {
        ThreadSchedstat(
            ran: ran &- earlier.ran, waited: waited &- earlier.waited,
            turns: turns &- earlier.turns)
    }

    /// Those of several threads together.
    public static func + (left: ThreadSchedstat, right: ThreadSchedstat) -> ThreadSchedstat {
        ThreadSchedstat(
            ran: left.ran &+ right.ran, waited: left.waited &+ right.waited,
            turns: left.turns &+ right.turns)
    }
}
