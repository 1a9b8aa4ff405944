import Alerts
import Audit
import Model
import Testing
import Watching

/// A watched namespace, look by look, and what its alerts tell.
private struct Watched {
    private var watched = WatchedNamespace(share: 1, at: 0)
    private var alerts = AlertWatch()
    private var counters = CounterSample(time: 0)
    var messages: [AlertMessage] = []
    private static let host = Host(name: "web-3", kernel: "6.1.0", machine: "x86_64")
    static let tuple = Tuple(
        source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009), port: 5432)

    init() {
        counters[.activeOpens] = 0
        counters[.listenOverflows] = 0
    }

    /// Looks at counters and listeners, and at everything where ports are given.
    mutating func look(
        at time: Double, ports used: Int? = nil, opens: Int64 = 0, drops: Int = 0,
        overflows: Int64 = 0, findings: [Finding]? = nil, minimum: Severity = .warning
    ) {
        counters.time = time
        counters[.activeOpens] = opens
        counters[.listenOverflows] = overflows
        var listener = Listener(
            address: .unspecifiedV4, port: 443, queue: 511, backlog: 511)
        listener.drops = drops
        _ = watched.take(counters, [listener])
        if let used {
            let view = Observation.View(now: snapshot(used, at: time))
            let assessment =
                findings.map {
                    Assessment(
                        situation: Situation(host: Self.host, view: view), findings: $0)
                } ?? Assessment(host: Self.host, view: view)
            watched.take(assessment, counters: counters, cost: 0.01)
        }
        messages += alerts.look(
            [WatchedView(name: "init", watched: watched)], minimum: minimum, at: time,
            clock: 1_764_000_000 + time)
    }

    /// Established connections alone: nothing can be reused.
    private func snapshot(_ used: Int, at time: Double) -> Snapshot {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 1, name: "init", isInit: true), time: time,
            uptime: time, source: .diag)
        snapshot.settings = [
            Setting(key: "net.ipv4.ip_local_port_range", value: "32768\t60999")
        ]
        let states = StateCounts([.established: used])
        snapshot.states = states
        snapshot.tuples = [
            PortLedger(
                tuple: Self.tuple, states: states, evenPorts: used / 2,
                closings: Array(repeating: 0, count: 61))
        ]
        snapshot.tupleCount = 1
        return snapshot
    }
}

@Suite struct `Alerts of a watched namespace` {
    @Test func `begin and end with ports, and say as of when`() throws {
        var host = Watched()
        for time in stride(from: 0.0, to: 30, by: 10) { host.look(at: time, ports: 12_000) }
        #expect(host.messages.isEmpty)
        host.look(at: 30, ports: 13_000)
        for time in 31...39 { host.look(at: Double(time), opens: 500) }
        host.look(at: 40, opens: 500)
        // 46 % for ten seconds, with no look in between: the figure is of the look, and what it may be now is said.
        let slow = try #require(host.messages.first)
        #expect(slow.key.rule == .portsSlow && slow.kind == .raised && slow.age == 10)
        #expect(slow.key.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(slow.details.contains("As of 10 s ago"))
        #expect(slow.details.contains("at most 13 500 are in use now"), "\(slow.details)")
        host.look(at: 50, ports: 27_500)
        let full = try #require(host.messages.last)
        #expect(full.key.rule == .portsExhausting && full.severity == .critical)
        #expect(host.messages.count == 2 && full.age == 0)
        for time in stride(from: 60.0, through: 120, by: 10) { host.look(at: time, ports: 2_000) }
        #expect(host.messages.map(\.kind) == [.raised, .raised, .cleared, .cleared])
        #expect(
            host.messages[2].details.contains("2000 of 28 232 ports"), "\(host.messages[2].details)"
        )
        #expect(host.messages[2].time <= 1_764_000_100 && host.messages[3].time == 1_764_000_120)
    }

    @Test func `begin with a drop at a queue, in the second in which it is seen`() throws {
        var host = Watched()
        host.look(at: 0, ports: 10)
        host.look(at: 1)
        host.look(at: 2, drops: 12, overflows: 12)
        let message = try #require(host.messages.first)
        #expect(message.key.rule == .queueOverflowing && message.key.subject == "0.0.0.0:443")
        #expect(message.severity == .critical && message.age == 0)
        #expect(message.sight.observed.contains("12 connection requests dropped per second"))
        for time in 3...302 {
            host.look(
                at: Double(time), ports: time % 10 == 0 ? 10 : nil, drops: 12, overflows: 12)
        }
        #expect(host.messages.count == 1)
        host.look(at: 303, drops: 12, overflows: 12)
        #expect(host.messages.map(\.kind) == [.raised, .cleared])
    }

    @Test func `take no drop for an overflow that no queue had`() {
        var host = Watched()
        host.look(at: 0, ports: 10)
        for time in 1...10 { host.look(at: Double(time), drops: 100 * time, overflows: 0) }
        #expect(host.messages.isEmpty)
    }

    @Test func `pass over what is less severe than was asked for`() {
        let finding = { (severity: Severity) in
            Finding(
                rule: .retransmitting, severity: severity, subject: "TCP", observed: "9 %",
                evidence: [:], cause: "loss", remedies: [], proof: "")
        }
        for (severity, minimum, count) in [
            (Severity.notice, Severity.warning, 0), (.warning, .warning, 1),
            (.warning, .critical, 0), (.critical, .critical, 1), (.notice, .notice, 1),
        ] {
            var host = Watched()
            for time in [0.0, 10, 20] {
                host.look(at: time, ports: 10, findings: [finding(severity)], minimum: minimum)
            }
            #expect(host.messages.count == count, "\(severity) \(minimum)")
        }
    }
}
