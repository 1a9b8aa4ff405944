import Model
import Testing

@testable import Audit

@Suite struct `Connects that nobody hears` {
    private static func found(_ opened: Int, _ segments: Int, waiting: Int = 0) -> Finding? {
        var before = QueueFixtures.snapshot(
            ["Tcp.ActiveOpens": 0, "Tcp.InSegs": 0], uptime: 2483)
        before.states[.synSent] = 0
        var now = QueueFixtures.snapshot(["Tcp.ActiveOpens": opened, "Tcp.InSegs": segments])
        now.states[.synSent] = waiting
        let situation = QueueFixtures.situation(now, earlier: before)
        return SynRetransmitting().findings(in: situation).first
    }

    @Test(arguments: [
        (80, 0, 0, Severity.warning), (12, 2, 0, .warning), (11, 2, 0, nil), (2, 0, 0, .notice),
        (1, 0, 0, nil), (9, 1, 0, nil), (80, 80, 0, nil), (20, 0, 19, nil),
    ])
    func `are told where fewer segments came than connections were opened`(
        opened: Int, segments: Int, waiting: Int, severity: Severity?
    ) {
        #expect(Self.found(opened, segments, waiting: waiting)?.severity == severity)
    }

    @Test func `say how many, at least`() throws {
        let finding = try #require(Self.found(80, 20))
        #expect(finding.observed.contains("60 or more got no answer at all"))
        #expect(finding.number("unanswered_per_second") == 30)
    }
}

@Suite struct `SYN retransmitting` {
    private let rule = SynRetransmitting()

    private func situation(
        waiting: Int, established: Int = 0, resent: Int?, opened: Int = 0,
        listeners: [Listener] = []
    ) -> Situation {
        var now = QueueFixtures.snapshot(
            [
                "TcpExt.TCPSynRetrans": resent ?? 0, "Tcp.ActiveOpens": 35 + opened,
                "Tcp.InSegs": 3349 + 3 * opened,
            ],
            listeners: listeners)
        if waiting + established > 0 {
            now.tuples = [
                PortLedger(
                    tuple: Tuple(
                        source: IPAddress(v4: 0x0a00_0005),
                        destination: IPAddress(v4: 0x0a00_0009), port: 5432),
                    states: StateCounts([.synSent: waiting, .established: established]))
            ]
        }
        return QueueFixtures.situation(
            now, earlier: resent == nil ? nil : QueueFixtures.snapshot(uptime: 2483))
    }

    @Test func `names the full queue of this host that the connects go to`() throws {
        var now = QueueFixtures.snapshot(
            ["TcpExt.TCPSynRetrans": 6],
            listeners: [QueueFixtures.listener(queue: 129, backlog: 128, port: 8080)])
        now.tuples = [
            PortLedger(
                tuple: Tuple(
                    source: IPAddress(v4: 0x7f00_0001), destination: IPAddress(v4: 0x7f00_0001),
                    port: 8080),
                states: StateCounts([.synSent: 3, .established: 129]))
        ]
        let situation = QueueFixtures.situation(now, earlier: QueueFixtures.snapshot(uptime: 2483))
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.cause.contains("the accept queue of 0.0.0.0:8080 on this host is full"))
        #expect(!finding.remedies.contains { $0.command?.contains("nc -vz") == true })
    }

    @Test func `is critical where nothing answers, a warning where something does`() throws {
        #expect(rule.severities(in: situation(waiting: 1, established: 3, resent: 2)) == [.warning])
        let finding = try #require(rule.findings(in: situation(waiting: 4, resent: 6)).first)
        #expect(finding.severity == .critical)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(
            finding.observed
                == "4 connects without an answer, none established; SYNs resent on this host: "
                + "6 in 2 s (3.0/s)")
        let knob = try #require(finding.remedies.last)
        #expect(knob.command == "sysctl -w net.ipv4.tcp_syn_retries=3")
        #expect(knob.undo == "sysctl -w net.ipv4.tcp_syn_retries=6")
    }

    /// A program with a limit of two seconds begins again: at the second look no SYN is due again yet.
    @Test func `names those that have just begun, where all had to be sent again`() throws {
        var now = QueueFixtures.snapshot([
            "TcpExt.TCPSynRetrans": 40, "Tcp.ActiveOpens": 40, "Tcp.InSegs": 0,
        ])
        var ledger = PortLedger(
            tuple: Tuple(
                source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009),
                port: 80), states: StateCounts([.synSent: 40]))
        ledger.unanswered = 0
        now.tuples = [ledger]
        now.states[.synSent] = 40
        let before = QueueFixtures.snapshot(
            ["TcpExt.TCPSynRetrans": 0, "Tcp.ActiveOpens": 0, "Tcp.InSegs": 0], uptime: 2483)
        let finding = try #require(
            rule.findings(in: QueueFixtures.situation(now, earlier: before)).first)
        #expect(finding.severity == .critical && finding.subject == "10.0.0.5 → 10.0.0.9:80")
        #expect(finding.observed.contains("40 connects wait now, just begun"))
    }

    @Test func `is silent while no SYN is repeated`() {
        #expect(rule.findings(in: situation(waiting: 40, resent: 0)).isEmpty)
    }

    @Test(arguments: [(15, 0), (16, 1)])
    func `takes a crowd in SYN_SENT for a notice from one look`(waiting: Int, count: Int) {
        let findings = rule.findings(in: situation(waiting: waiting, resent: nil))
        #expect(findings.count == count)
        #expect(findings.allSatisfy { $0.severity == .notice })
    }

    @Test(arguments: [(1, 20, 1), (1, 21, 0), (1, 19, 0), (5, 100, 1), (4, 100, 0)])
    func `goes by the share of connects where none waits at this moment`(
        resent: Int, opened: Int, count: Int
    ) {
        let situation = situation(waiting: 0, resent: resent, opened: opened)
        #expect(rule.findings(in: situation).count == count)
    }

    @Test func `does not blame connects for the SYN-ACKs of a listener`() {
        let listener = QueueFixtures.listener(states: [.synReceived: 2], retransmitted: 2)
        let situation = situation(waiting: 0, resent: 50, opened: 100, listeners: [listener])
        #expect(rule.findings(in: situation).isEmpty)
    }

    @Test(arguments: [(15, []), (16, [Severity.notice])])
    func `is told of a crowd that has sent its SYN again to many addresses, with one look`(
        again: Int, severities: [Severity]
    ) {
        var snapshot = QueueFixtures.snapshot()
        snapshot.states[.synSent] = 40
        snapshot.retransmitting[.synSent] = again
        #expect(rule.severities(in: QueueFixtures.situation(snapshot)) == severities)
    }

    /// Connects to several destinations: how many wait, how many of them have sent their SYN again, how many are open.
    private func places(
        _ all: [(waiting: Int, again: Int, open: Int)], resent: Int?, before: [Int] = []
    ) -> Situation {
        func ledgers(_ again: [Int]) -> [PortLedger] {
            all.indices.map { index in
                var ledger = PortLedger(
                    tuple: Tuple(
                        source: IPAddress(v4: 0x0a00_0005),
                        destination: IPAddress(v4: 0x0a00_0009 + UInt32(index)), port: 5432),
                    states: StateCounts([
                        .synSent: all[index].waiting, .established: all[index].open,
                    ]))
                ledger.unanswered = again[index]
                return ledger
            }
        }
        var now = QueueFixtures.snapshot(["TcpExt.TCPSynRetrans": resent ?? 0])
        now.tuples = ledgers(all.map(\.again))
        var earlier = QueueFixtures.snapshot(uptime: 2483)
        earlier.tuples = before.isEmpty ? [] : ledgers(before)
        return QueueFixtures.situation(now, earlier: resent == nil ? nil : earlier)
    }

    @Test func `passes over connects that are under way, and names the destination that is dead`() {
        let all = [(waiting: 300, again: 0, open: 0), (waiting: 2, again: 2, open: 0)]
        for resent in [nil, 3] {
            let findings = rule.findings(in: places(all, resent: resent))
            #expect(findings.map(\.subject) == ["10.0.0.5 → 10.0.0.10:5432"])
            #expect(findings.map(\.severity) == [resent == nil ? .notice : .critical])
        }
    }

    @Test func `goes on telling while no SYN falls due`() {
        let one = [(waiting: 1, again: 1, open: 0)]
        #expect(rule.severities(in: places(one, resent: 0, before: [1])) == [.critical])
        #expect(rule.severities(in: places(one, resent: nil)) == [.notice])
    }

    @Test(arguments: [
        (1, 200, Severity.warning), (2, 200, .warning), (3, 200, .critical), (1, 9, .critical),
        (1, 10, .warning),
    ])
    func `takes a dead destination among many connections for a warning`(
        again: Int, open: Int, severity: Severity
    ) {
        let all = [(waiting: 0, again: 0, open: open), (waiting: again, again: again, open: 0)]
        #expect(rule.severities(in: places(all, resent: 3)) == [severity])
    }

    @Test(arguments: [(5, 5), (6, 1), (40, 1)])
    func `makes one finding of many destinations with a connect each`(dead: Int, findings: Int)
        throws
    {
        let alive = [(waiting: 0, again: 0, open: 200)]
        let all = alive + (0..<dead).map { _ in (waiting: 1, again: 1, open: 0) }
        let found = rule.findings(in: places(all, resent: 40))
        #expect(found.count == findings)
        #expect(found.allSatisfy { $0.severity == .warning })
        if findings == 1 {
            #expect(
                found.first?.observed.hasPrefix(
                    "\(dead) connects to \(dead) destinations have no answer; 200 outgoing") == true
            )
            #expect(found.first?.count("destinations") == dead)
        }
        let alone = rule.findings(in: places(Array(all.dropFirst()), resent: 40))
        #expect(alone.first?.severity == .critical)
    }

    @Test func `counts the destinations beyond those it names`() {
        let all = (0..<8).map { _ in (waiting: 4, again: 4, open: 0) }
        let found = rule.findings(in: places(all, resent: 9))
        #expect(found.count == 6)
        #expect(found.last?.count("destinations") == 3)
        #expect(found.last?.count("syn_sent_again") == 12)
    }

    /// IPv6 is dropped on the path, and programs go on with IPv4 after 250 ms.
    private func underWay(_ waiting: Int, before: Int, open: Int = 0, failed: Int = 0) -> Situation
    {
        func look(_ waiting: Int, _ counters: [String: Int], at uptime: Double) -> Snapshot {
            var look = QueueFixtures.snapshot(counters, uptime: uptime)
            look.tuples = [
                PortLedger(
                    tuple: Tuple(
                        source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009),
                        port: 80),
                    states: StateCounts([.synSent: waiting, .established: open]))
            ]
            look.tuples[0].unanswered = 0
            look.states[.synSent] = waiting
            return look
        }
        let now = look(
            waiting,
            ["Tcp.ActiveOpens": 155, "Tcp.InSegs": 4000, "Tcp.AttemptFails": failed], at: 2485)
        return QueueFixtures.situation(now, earlier: look(before, [:], at: 2483))
    }

    @Test func `sees a destination whose connects never got further, beside traffic`() throws {
        let finding = try #require(rule.findings(in: underWay(10, before: 9)).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.hasPrefix("10 connects in progress; 2 s before"))
        #expect(rule.findings(in: underWay(3, before: 3)).count == 1)
        #expect(rule.findings(in: underWay(2, before: 9)).isEmpty)
        #expect(rule.findings(in: underWay(9, before: 2)).isEmpty)
        #expect(rule.findings(in: underWay(10, before: 10, open: 1)).isEmpty)
        // Those that are refused far away were on their way as well.
        #expect(rule.findings(in: underWay(10, before: 10, failed: 10)).isEmpty)
    }

    /// Measured: a client that restarted connects from its old ports, and its RSTs are dropped.
    @Test func `tells a destination that answers for an old connection`() throws {
        func finding(resent: Int, resets: Int, segments: Int) throws -> Finding {
            var now = situation(waiting: 20, resent: resent).now
            now.counters["Tcp", "InSegs"] = Int64(3349 + segments)
            now.counters["Tcp", "OutRsts"] = Int64(14 + resets)
            return try #require(
                rule.findings(
                    in: QueueFixtures.situation(
                        now, earlier: QueueFixtures.snapshot(uptime: 2483))
                ).first)
        }
        #expect(
            try finding(resent: 40, resets: 40, segments: 40).cause
                .contains("it still has the old connection"))
        for (resent, resets, segments) in [(40, 35, 40), (40, 40, 30), (40, 60, 60), (2, 2, 2)] {
            #expect(
                try finding(resent: resent, resets: resets, segments: segments).cause
                    .hasPrefix("the destination does not answer"))
        }
    }
}
