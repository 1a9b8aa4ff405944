import Kernel
import Model
import Testbed

/// Looks beside a run at what it does to a side, every tenth of a second.
///
/// On a thread of its own, within a share of a processor: a walk through all sockets, of which many take milliseconds, is made
/// only as often as that allows, and counters tell of the time between.
struct LoadSampler: ~Copyable {
    /// What is looked at.
    enum View: Sendable {
        /// A side of the own namespaces.
        case side(PrivateNetwork.Side, PrivateNetwork.Link)
        /// Another's server: only what this program and the processors do.
        case elsewhere
    }

    private let view: View
    private let clocks: ThreadClocks
    private var columns = SampleColumns()
    private var sampler: NamespaceSampler?
    private var usedBefore: Int64 = 0
    private var timesBefore: ProcessorTimes?
    private var timeBefore: Int64 = 0
    private var walkedAt: Int64 = .min
    private var walkNanoseconds: Int64 = 0
    private var hasOneTuple = true
    private var hasOrphans = false

    /// Walks take at most one part in so many of a processor's time.
    static let walkShare: Int64 = 200

    /// - Parameter clocks: those of the side's threads.
    init(_ view: View, clocks: ThreadClocks) {
        self.view = view
        self.clocks = clocks
    }

    private var name: String {
        if case .side(.server, _) = view { return "server" }
        return "client"
    }

    /// Samples from the beginning of the counted time until it is told to stop.
    ///
    /// - Parameter end: rung when the run is over.
    consuming func run(after gate: LoadGate, warmUp: Int64, until end: EventSignal) -> SampleColumns
    {
        while gate.beginning == nil {
            if end.wait(nanoseconds: 1_000_000) { return columns }
        }
        let first = (gate.beginning ?? 0) + warmUp
        if end.wait(nanoseconds: first - LoadClock.now) { return columns }
        begin()
        var row = 0
        var isOver = false
        while !isOver {
            let due = first + Int64(row + 1) * Timeline.width
            isOver = end.wait(nanoseconds: due - LoadClock.now)
            let now = LoadClock.now
            // Late, it tells of a later place than the one it was meant for.
            row = max(row, Int((now - first) / Timeline.width) - (isOver ? 0 : 1))
            sample(row, now)
            row += 1
        }
        return columns
    }

    private mutating func begin() {
        timeBefore = LoadClock.now
        usedBefore = clocks.used
        timesBefore = try? ProcessorTimes.read()
    }

    private mutating func sample(_ row: Int, _ now: Int64) {
        let used = clocks.used
        if now > timeBefore {
            columns.set(
                "\(name)_cpu_ratio", at: row,
                to: Double(used - usedBefore) / Double(now - timeBefore))
        }
        (usedBefore, timeBefore) = (used, now)
        if name == "client", let times = (try? ProcessorTimes.read()) {
            if let ratio = timesBefore.flatMap(times.softirqRatio) {
                columns.set("softirq_ratio", at: row, to: ratio)
            }
            timesBefore = times
        }
        // What could not be looked at stays as it was.
        if case .side(let side, let link) = view { try? look(at: side, link, row, now) }
    }

    private mutating func look(
        at side: PrivateNetwork.Side, _ link: PrivateNetwork.Link, _ row: Int, _ now: Int64
    ) throws(KernelError) {
        let sampler = try opened()
        let glance = try sampler.glance()
        if side == .server {
            columns.set("accept_queue", at: row, to: Double(glance.queue))
            if let backlog = glance.backlog {
                columns.set("accept_queue_limit", at: row, to: Double(backlog))
            }
        }
        if walkedAt == .min || now - walkedAt >= walkNanoseconds * Self.walkShare {
            return try walk(sampler, side, link, row, now)
        }
        // Where nothing else can hide in it, the counter stands for the walk.
        guard link == .veth else { return }
        if !hasOrphans {
            columns.set("\(name)_TIME_WAIT", at: row, to: Double(glance.waiting))
        }
        if side == .client, hasOneTuple {
            columns.set("ports_used", at: row, to: Double(glance.waiting + glance.live))
        }
    }

    /// Opened at the first look, in the side's namespace, where this thread is.
    private mutating func opened() throws(KernelError) -> NamespaceSampler {
        if let sampler { return sampler }
        let opened = try NamespaceSampler.open()
        sampler = opened
        return opened
    }

    private mutating func walk(
        _ sampler: NamespaceSampler, _ side: PrivateNetwork.Side, _ link: PrivateNetwork.Link,
        _ row: Int, _ now: Int64
    ) throws(KernelError) {
        let census = try sampler.census()
        walkedAt = now
        walkNanoseconds = Int64(census.walkSeconds * 1e9)
        let states = census.states(of: side, link)
        for state in TCPState.allCases where state != .listen {
            let name = "\(name)_\(state.name)"
            // A column is there once its state has been, and those that everybody asks for always.
            guard states[state] > 0 || columns.values[name] != nil || Self.usual.contains(state)
            else { continue }
            columns.set(name, at: row, to: Double(states[state]))
        }
        hasOrphans = states[.finWait2] > 0
        guard side == .client else { return }
        hasOneTuple = census.tupleCount <= 1
        columns.set("ports_used", at: row, to: Double(census.portsInUse))
    }

    private static let usual: [TCPState] = [.established, .timeWait]
}

extension SocketCensus {
    /// The sockets of a side: over loopback both sides' lie in one namespace.
    func states(of side: PrivateNetwork.Side, _ link: PrivateNetwork.Link) -> StateCounts {
        guard link == .loopback else { return states }
        return side == .server ? ofListeners : ofOthers
    }
}
