import Audit
import Model
import Watching

@testable import Metrics

/// A watched namespace as it is made up: what a look found, second by second.
struct WatchedHost {
    var netns = "init"
    private(set) var watched: WatchedNamespace
    private(set) var time: Double
    private var counters: CounterSample
    private static let host = Host(name: "web-3", kernel: "6.1.0", machine: "x86_64")

    init(netns: String = "init", at time: Double = 1000) {
        self.netns = netns
        self.time = time
        counters = CounterSample(time: time)
        counters[.timeWaits] = 0
        counters[.activeOpens] = 0
        watched = WatchedNamespace(share: 1, at: time)
    }

    var view: WatchedView { WatchedView(name: netns, watched: watched) }

    /// Lets time pass, and looks.
    mutating func look(
        after seconds: Double = 1, tuples: [PortLedger] = [], listeners: [Listener] = [],
        findings: [Finding] = [], closings: [Int64: [Tuple: UInt32]] = [:], leftOut: Int = 0
    ) {
        time += seconds
        counters.time = time
        counters[.socketsInUse] = 10
        counters[.socketsInTimeWait] = 20
        _ = watched.take(counters, listeners)
        if !closings.isEmpty { watched.take(record(closings), cost: 0, at: time) }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 1, name: netns, isInit: true), time: 1_764_000_000 + time,
            uptime: time, source: .diag)
        snapshot.tuples = tuples
        snapshot.tupleCount = tuples.count
        snapshot.socketsInTuplesLeftOut = leftOut
        snapshot.listeners = listeners
        snapshot.states = tuples.reduce(StateCounts()) { $0 + $1.states }
        let situation = Situation(host: Self.host, view: Observation.View(now: snapshot))
        watched.take(
            Assessment(situation: situation, findings: findings), counters: counters, cost: 0.01)
    }

    private func record(_ closings: [Int64: [Tuple: UInt32]]) -> ClosingRecord {
        let first = Int64(time) - Int64(ClosingRecord.columns) + 1
        var record = ClosingRecord(
            firstSecond: first, others: Array(repeating: 0, count: ClosingRecord.columns))
        for (second, tuples) in closings where second >= first && second <= Int64(time) {
            for (tuple, count) in tuples {
                record.tuples[
                    tuple, default: Array(repeating: 0, count: ClosingRecord.columns)][
                        Int(second - first)] = count
            }
        }
        return record
    }

    static func tuple(_ number: Int, port: UInt16 = 443) -> Tuple {
        Tuple(
            source: IPAddress(v4: 0x0a00_0001),
            destination: IPAddress(v4: 0x0a01_0000 + UInt32(number)), port: port)
    }

    /// Ports in use towards a destination, so many of them in TIME_WAIT.
    static func ledger(
        _ tuple: Tuple, used: Int, waiting: Int = 0, closedPerSecond: Int = 0, owner: Owner? = nil
    ) -> PortLedger {
        var closings = Array(repeating: closedPerSecond, count: 60)
        closings.append(0)
        return PortLedger(
            tuple: tuple, states: StateCounts([.established: used - waiting, .timeWait: waiting]),
            evenPorts: used, closings: closings, owner: owner ?? .unknown)
    }

    static func listener(
        _ port: UInt16, queue: Int = 0, backlog: Int? = 128, drops: Int? = 0, sockets: Int = 1
    ) -> Listener {
        var listener = Listener(
            address: .unspecifiedV4, port: port, sockets: sockets, queue: queue, backlog: backlog)
        listener.drops = drops
        return listener
    }

    static let agent: AgentFigures = {
        var figures = AgentFigures(
            version: "0.2.0", work: ["counters": 1.5, "closings": 0.5, "everything": 3, "list": 0],
            sampled: 1_764_000_001.5, processorSeconds: 6)
        figures.resident = 24 << 20
        figures.virtual = 120 << 20
        figures.descriptors = 14
        figures.descriptorLimit = 1024
        figures.started = 1_764_000_000
        let receiver = AlertFigures.Receiver(sent: 3, failed: 1, dropped: 0)
        figures.alerts = AlertFigures(
            standing: ["critical": 1, "warning": 2, "notice": 0], leftOut: 0,
            receivers: [
                "journal": receiver, "command": receiver, "alertmanager": receiver,
                "webhook": receiver,
            ])
        return figures
    }()
}
