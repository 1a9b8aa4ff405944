import NIOCore

/// Whether a request is within `rate_limit`: one token an interval, a burst of them at most.
struct TokenBucket {
    private let rate: RequestRate
    private var tokens: Double
    private var since: NIODeadline

    init(_ rate: RequestRate, now: NIODeadline) {
        self.rate = rate
        tokens = Double(rate.burst)
        since = now
    }

    /// Whether it is of that rate, so that it goes on counting where a configuration is read again.
    func counts(_ rate: RequestRate?) -> Bool { self.rate == rate }

    mutating func take(_ now: NIODeadline) -> Bool {
        let passed = Duration.nanoseconds((now - since).nanoseconds)
        since = now
        tokens = min(Double(rate.burst), tokens + passed / rate.interval)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
