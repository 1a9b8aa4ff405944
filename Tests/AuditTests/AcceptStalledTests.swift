import Model
import Testing

@testable import Audit

@Suite struct `Accept stalled` {
    private let rule = AcceptStalled()

    /// Two looks, two seconds apart, at one listener; so many connections came meanwhile.
    private func looks(
        _ before: Int, _ now: Int, backlog: Int = 65535, opened: Int = 0,
        accepted: AcceptProgress? = nil, seconds: Double = 2
    ) -> Situation {
        var listener = QueueFixtures.listener(queue: now, backlog: backlog)
        listener.accepted = accepted
        return QueueFixtures.situation(
            QueueFixtures.snapshot(["Tcp.PassiveOpens": 26 + opened], listeners: [listener]),
            earlier: QueueFixtures.snapshot(
                uptime: 2485 - seconds,
                listeners: [QueueFixtures.listener(queue: before, backlog: backlog)]))
    }

    @Test(arguments: [(2000, 4096), (5980, 65535), (10, 65535)])
    func `is critical where nobody of ten or more is accepted, however empty the queue`(
        queue: Int, backlog: Int
    ) throws {
        let situation = looks(
            queue, queue, backlog: backlog,
            accepted: AcceptProgress(waitingBefore: queue, accepted: 0))
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.severity == .critical)
        #expect(finding.observed.contains("none was accepted in 2 s"))
        #expect(finding.owner?.name == "nginx")
        #expect(finding.cause.contains("accepts no connections"))
        #expect(!finding.remedies.contains { $0.text.contains("backlog") || $0.kind == .knob })
        #expect(!finding.isAnsweredByProfile)
    }

    @Test func `is a notice where fewer than ten wait for nobody`() {
        for (queue, severity) in [(9, Severity.notice), (1, .notice), (10, .critical)] {
            let situation = looks(
                queue, queue, accepted: AcceptProgress(waitingBefore: queue, accepted: 0))
            #expect(rule.severities(in: situation) == [severity])
        }
        #expect(rule.findings(in: looks(0, 0)).isEmpty)
    }

    @Test func `takes less than a second without an accept() for a pause`() {
        let progress = AcceptProgress(waitingBefore: 40, accepted: 0)
        #expect(
            rule.severities(in: looks(40, 40, accepted: progress, seconds: 0.9)) == [.notice])
        #expect(
            rule.severities(in: looks(40, 40, accepted: progress, seconds: 1)) == [.critical])
    }

    @Test func `knows by the counter that nothing was accepted, where no progress was read`() {
        #expect(rule.severities(in: looks(100, 130, opened: 30)) == [.critical])
        #expect(rule.severities(in: looks(100, 100, opened: 0)) == [.critical])
        // One of them was: how many of this listener is known, too, for it is the only one with a queue.
        #expect(rule.severities(in: looks(100, 129, opened: 30)) == [.critical])
        #expect(rule.findings(in: looks(100, 100, opened: 3000)).isEmpty)
    }

    /// 100 accepted in 2 s, so 50/s: 49 wait 0.98 s, 50 wait 1 s, 499 wait 9.98 s, 500 wait 10 s.
    @Test(arguments: [
        (49, []), (50, [.warning]), (499, [.warning]), (500, [Severity.critical]),
    ])
    func `judges by how long a client waits`(queue: Int, severities: [Severity]) {
        let situation = looks(
            600, queue, accepted: AcceptProgress(waitingBefore: 600, accepted: 100))
        #expect(rule.severities(in: situation) == severities)
    }

    @Test func `prints the rate and the wait it judges by`() throws {
        let situation = looks(
            600, 500, accepted: AcceptProgress(waitingBefore: 600, accepted: 100))
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.observed.contains("50 accepted/s: a client waits about 10 s"))
        #expect(finding.number("wait_seconds") == 10)
        #expect(finding.number("accepted_per_second") == 50)
    }

    @Test func `is silent about a queue that is emptied between the looks`() {
        let progress = AcceptProgress(waitingBefore: 90, accepted: 90)
        #expect(rule.findings(in: looks(90, 90, opened: 3000, accepted: progress)).isEmpty)
        // Without the counter's bound more may have been accepted than those that waited.
        var now = looks(90, 4000, accepted: progress).now
        now.counters["Tcp", "PassiveOpens"] = nil
        let before = looks(90, 90).earlier
        #expect(rule.findings(in: QueueFixtures.situation(now, earlier: before)).isEmpty)
    }

    @Test(arguments: [(49, []), (50, [Severity.notice]), (5980, [.notice])])
    func `is a notice from fifty on with one look, and says what to do`(
        queue: Int, severities: [Severity]
    ) {
        let situation = QueueFixtures.once(
            listeners: [QueueFixtures.listener(queue: queue, backlog: 65535)])
        #expect(rule.severities(in: situation) == severities)
        for finding in rule.findings(in: situation) {
            #expect(finding.commands.first == "tcptune audit --interval 2s")
        }
    }

    @Test func `warns with one look where clients have given up before they were accepted`() {
        for (gaveUp, severities) in [(9, []), (10, [Severity.warning])] {
            var listener = QueueFixtures.listener(queue: 20, backlog: 4096)
            listener.withoutInodeStates = StateCounts([.closeWait: gaveUp])
            #expect(rule.severities(in: QueueFixtures.once(listeners: [listener])) == severities)
        }
    }

    @Test func `names one of several sockets where the others are empty`() throws {
        var group = QueueFixtures.listener(queue: 10, backlog: 4096, sockets: 8)
        group.emptySockets = 7
        let finding = try #require(
            rule.findings(in: QueueFixtures.once(listeners: [group])).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("7 of 8 sockets on the port are empty"))
        #expect(finding.remedies.first?.text.contains("worker") == true)
        group.emptySockets = 3
        #expect(rule.findings(in: QueueFixtures.once(listeners: [group])).isEmpty)
    }

    @Test func `sees that the program has no descriptor left`() throws {
        var situation = looks(
            40, 40, accepted: AcceptProgress(waitingBefore: 40, accepted: 0))
        var now = situation.now
        now.processes = [
            ProcessInUse(pid: 812, name: "nginx", openFiles: 1024, openFilesLimit: 1024)
        ]
        situation = QueueFixtures.situation(now, earlier: situation.earlier)
        #expect(try #require(rule.findings(in: situation).first).cause.contains("EMFILE"))
    }

    /// The same listener, stuck with 40 clients, of another owner.
    private func stuck(_ name: String, _ pids: [Int32]) throws -> Finding {
        let progress = AcceptProgress(waitingBefore: 40, accepted: 0)
        let situation = looks(40, 40, accepted: progress)
        var now = situation.now
        now.listeners[0].owner = Owner(name: name, pids: pids, confidence: .certain, reason: "")
        return try #require(
            rule.findings(in: QueueFixtures.situation(now, earlier: situation.earlier)).first)
    }

    @Test func `watches all processes that hold the socket, not the lowest, a master`() throws {
        #expect(
            try stuck("gunicorn", [411, 471, 472]).commands
                == ["timeout 5 strace -f -p 411,471,472 -e trace=accept,accept4"])
    }

    @Test func `sends nobody to restart systemd, which waits for a service`() throws {
        let finding = try stuck("systemd", [1])
        #expect(finding.severity == .critical)
        #expect(finding.cause.contains("socket activation"))
        #expect(finding.commands == ["systemctl list-sockets --all"])
        #expect(!finding.remedies.contains { $0.text.contains("restart") })
    }

    @Test func `leaves full queues to queue-overflowing`() {
        let full = QueueFixtures.listener(queue: 512, backlog: 511)
        #expect(rule.findings(in: QueueFixtures.once(listeners: [full])).isEmpty)
        #expect(!QueueOverflowing().findings(in: QueueFixtures.once(listeners: [full])).isEmpty)
    }

    @Test func `judges a queue whose backlog is not known`() {
        var listener = QueueFixtures.listener(queue: 100)
        listener.backlog = nil
        #expect(rule.severities(in: QueueFixtures.once(listeners: [listener])) == [.notice])
    }

    @Test func `names the holder of the fullest socket where several programs share the port`()
        throws
    {
        var group = QueueFixtures.listener(queue: 17, backlog: 128, sockets: 2)
        group.emptySockets = 1
        group.accepted = AcceptProgress(waitingBefore: 17, accepted: 0)
        group.fullestOwner = Owner(
            name: "old", pids: [77], confidence: .certain, reason: "holds the fullest socket")
        let before = QueueFixtures.snapshot(uptime: 2483, listeners: [group])
        let situation = QueueFixtures.situation(
            QueueFixtures.snapshot(listeners: [group]), earlier: before)
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.owner?.name == "old")
        #expect(finding.severity == .critical)
        #expect(finding.cause.contains("old does not accept"))
        #expect(finding.remedies.allSatisfy { !$0.text.contains("nginx") })
        // Who holds it was not found: another holder is no more than possible.
        group.fullestOwner = nil
        let unknown = QueueFixtures.situation(
            QueueFixtures.snapshot(listeners: [group]), earlier: before)
        #expect(rule.findings(in: unknown).first?.owner?.confidence == .possible)
    }

    @Test func `blames no worker that accepts, nor any by one look alone`() throws {
        var group = QueueFixtures.listener(queue: 50, backlog: 64, sockets: 8)
        group.emptySockets = 7
        group.accepted = AcceptProgress(waitingBefore: 65, accepted: 19)
        let situation = QueueFixtures.situation(
            QueueFixtures.snapshot(["Tcp.PassiveOpens": 30], listeners: [group]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [group]))
        let finding = try #require(rule.findings(in: situation).first)
        #expect(finding.cause.contains("gets more clients than it accepts"))
        #expect(!finding.cause.contains("does not accept as"))
        group.accepted = nil
        let once = try #require(
            rule.findings(in: QueueFixtures.once(listeners: [group])).first)
        #expect(once.cause.contains("one look cannot tell"))
    }

    @Test func `claims no room in a queue whose limit was not read`() throws {
        var listener = QueueFixtures.listener(queue: 21)
        listener.backlog = nil
        listener.accepted = AcceptProgress(waitingBefore: 21, accepted: 0)
        let situation = QueueFixtures.situation(
            QueueFixtures.snapshot(listeners: [listener]),
            earlier: QueueFixtures.snapshot(uptime: 2483, listeners: [listener]))
        let finding = try #require(rule.findings(in: situation).first)
        #expect(!finding.cause.contains("has room"))
        #expect(finding.cause.contains("limit"))
    }

    @Test func `counts the clients of all sockets of a port`() throws {
        var group = QueueFixtures.listener(queue: 23, backlog: 128, sockets: 16)
        group.emptySockets = 0
        group.queued = 240
        let finding = try #require(
            rule.findings(in: QueueFixtures.once(listeners: [group])).first)
        #expect(finding.severity == .notice)
        #expect(finding.observed.contains("240 clients wait to be accepted in 16 sockets"))
        group.queued = 49
        #expect(rule.findings(in: QueueFixtures.once(listeners: [group])).isEmpty)
    }

    /// Nine wait at each of so many listeners.
    private func nineEach(_ listeners: Int, accepted: Int? = nil) -> Situation {
        let all = (0..<listeners).map { number in
            var listener = QueueFixtures.listener(queue: 9, port: UInt16(2000 + number))
            listener.accepted = accepted.map { AcceptProgress(waitingBefore: 9, accepted: $0) }
            return listener
        }
        let opened = 26 + (accepted ?? 0) * 1000
        let now = QueueFixtures.snapshot(["Tcp.PassiveOpens": opened], listeners: all)
        return QueueFixtures.situation(
            now, earlier: accepted.map { _ in QueueFixtures.snapshot(uptime: 2483, listeners: all) }
        )
    }

    @Test func `adds up the clients that wait at many listeners with few each`() throws {
        let stuck = rule.findings(in: nineEach(30, accepted: 0))
        #expect(stuck.map(\.severity) == [.critical])
        #expect(stuck.first?.observed.hasPrefix("270 clients wait at 30 listeners") == true)
        #expect(stuck.first?.owner?.name == "nginx")
        #expect(rule.severities(in: nineEach(30)) == [.notice])
        #expect(rule.findings(in: nineEach(5)).isEmpty)
        #expect(rule.findings(in: nineEach(30, accepted: 9)).isEmpty)
    }

    @Test func `tells of ten clients by one look where nothing shows that anybody is accepted`() {
        func severities(_ queue: Int, _ states: [TCPState: Int]) -> [Severity] {
            var listener = QueueFixtures.listener(queue: queue, backlog: 128, states: states)
            listener.withoutInodeStates = StateCounts([.established: queue])
            return rule.severities(in: QueueFixtures.once(listeners: [listener]))
        }
        #expect(severities(30, [.established: 30]) == [.notice])
        #expect(severities(9, [.established: 9]).isEmpty)
        #expect(severities(30, [.established: 31]).isEmpty)
        #expect(severities(30, [.established: 30, .timeWait: 1]).isEmpty)
    }
}
