import Kernel
import Model

/// Looks now and then whether the host suffers from a change: its counters against what was usual, and a probe.
struct HealthCheck {
    private let watch: Watch
    /// Opened at the first look that could; the guard stays in its namespace.
    private var sampler: NamespaceSampler?
    private var last: CounterSample?
    private var nextLook: Double
    private var badLooks = 0
    private var failedProbes = 0
    /// The one under way: the deadline does not wait for it.
    private var attempt: ProbeAttempt?

    /// Between two looks, in seconds.
    static let step = 2.5
    /// How often in a row something must be wrong: a single burst is not the change's doing.
    static let patience = 2

    /// Nil where there is nothing to look at.
    init?(_ watch: Watch) {
        guard watch.probe != nil || watch.health != nil else { return nil }
        self.watch = watch
        nextLook = BootClock.now + Self.step
        last = look()
    }

    /// Until the next look, in seconds.
    var interval: Double {
        max(min(nextLook, attempt?.nextLook ?? .infinity) - BootClock.now, 0)
    }

    /// What asks for a look before that.
    var waitables: [Waitable] { attempt?.waitables ?? [] }

    /// What is wrong, where it is time to look and it was wrong before.
    mutating func complaint() -> String? {
        let now = BootClock.now
        if let complaint = probeComplaint() { return complaint }
        guard now >= nextLook else { return nil }
        nextLook = now + Self.step
        if attempt == nil, let probe = watch.probe {
            attempt = ProbeAttempt(probe, until: now + TCPProbe.patience)
        }
        return counterComplaint()
    }

    private mutating func counterComplaint() -> String? {
        guard let usual = watch.health, let counters = look() else { return nil }
        defer { last = counters }
        guard let last, counters.time > last.time else { return nil }
        let found = usual.excess(in: counters, since: last)
        badLooks = found == nil ? 0 : badLooks + 1
        return badLooks >= Self.patience ? found : nil
    }

    private mutating func look() -> CounterSample? {
        if sampler == nil { sampler = try? NamespaceSampler.open() }
        return try? sampler?.counters()
    }

    private mutating func probeComplaint() -> String? {
        guard let probe = watch.probe, let state = attempt?.look() else { return nil }
        switch state {
        case .underWay: return nil
        case .reached:
            attempt = nil
            failedProbes = 0
            return nil
        case .failed(let error):
            attempt = nil
            failedProbes += 1
            return failedProbes >= Self.patience
                ? "the probe \(probe) failed: \(error.description)" : nil
        }
    }
}
