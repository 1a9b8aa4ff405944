/// What a namespace's kernel had counted at a moment: the counters by which its connections are followed.
public struct CounterSample: Sendable, Hashable {
    /// CLOCK_BOOTTIME of the machine, in seconds.
    public var time: Double
    private var values = [Int64?](repeating: nil, count: FollowedCounter.allCases.count)

    public init(time: Double) { self.time = time }

    /// Nil where this kernel does not report it.
    public subscript(counter: FollowedCounter) -> Int64? {
        get { values[counter.rawValue] }
        set { values[counter.rawValue] = newValue }
    }

    /// By how much a counter grew since an earlier sample; nil where either does not have it.
    public func growth(of counter: FollowedCounter, since earlier: CounterSample) -> Int64? {
        guard let now = self[counter], let before = earlier[counter] else { return nil }
        return now - before
    }

    /// The same per second; nil where no time has passed, too.
    public func rate(of counter: FollowedCounter, since earlier: CounterSample) -> Double? {
        guard time > earlier.time, let growth = growth(of: counter, since: earlier) else {
            return nil
        }
        return Double(growth) / (time - earlier.time)
    }

    /// TCP sockets of both families without those in TIME_WAIT; listeners are among them.
    public var inUse: Int? {
        self[.socketsInUse].map { Int($0 + (self[.socketsInUseIPv6] ?? 0)) }
    }

    /// TIME_WAIT of both families, and orphans in FIN_WAIT2.
    ///
    /// Source: `net/ipv4/inet_timewait_sock.c:inet_twsk_alloc`, `net/ipv4/proc.c:sockstat_seq_show`.
    public var inTimeWait: Int? { self[.socketsInTimeWait].map { Int($0) } }
}
