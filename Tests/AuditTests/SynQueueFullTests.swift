import Model
import Testing

@testable import Audit

@Suite struct `Handshakes none of which ends` {
    private static func found(_ now: Int, before: Int, opened: Int, seconds: Double = 2) -> Finding?
    {
        func snapshot(_ requests: Int, _ passive: Int, at uptime: Double) -> Snapshot {
            QueueFixtures.snapshot(
                ["Tcp.PassiveOpens": passive], uptime: uptime,
                listeners: [QueueFixtures.listener(states: [.synReceived: requests])])
        }
        let situation = QueueFixtures.situation(
            snapshot(now, opened, at: 2485), earlier: snapshot(before, 0, at: 2485 - seconds))
        return SynQueueFull().findings(in: situation).first
    }

    @Test(arguments: [
        (10, 10, 0, Severity.warning), (9, 10, 0, nil), (10, 9, 0, nil), (10, 10, 1, nil),
    ])
    func `are told where they are half open at both looks`(
        now: Int, before: Int, opened: Int, severity: Severity?
    ) {
        #expect(Self.found(now, before: before, opened: opened)?.severity == severity)
        #expect(Self.found(now, before: before, opened: opened, seconds: 0.9) == nil)
    }

    @Test func `name this host's own filters where no SYN-ACK was sent again`() throws {
        let finding = try #require(Self.found(60, before: 60, opened: 0))
        #expect(finding.cause.contains("a filter or a route of this host"))
        #expect(finding.observed.contains("no handshake completed in 2 s"))
    }
}

@Suite struct `SYN queue full` {
    private let rule = SynQueueFull()

    private func situation(requests: Int, backlog: Int, cookies: String = "1", sockets: Int = 1)
        -> Situation
    {
        QueueFixtures.once(
            settings: ["net.ipv4.tcp_syncookies": cookies],
            listeners: [
                QueueFixtures.listener(
                    backlog: backlog, states: [.synReceived: requests], sockets: sockets)
            ])
    }

    @Test(arguments: [(96, []), (97, [Severity.warning])])
    func `warns from three quarters of the limit on`(requests: Int, severities: [Severity]) {
        #expect(rule.severities(in: situation(requests: requests, backlog: 128)) == severities)
    }

    @Test func `takes a few handshakes on a small backlog for daily life, a full one not`() {
        #expect(rule.findings(in: situation(requests: 5, backlog: 5)).isEmpty)
        #expect(rule.severities(in: situation(requests: 6, backlog: 5)) == [.warning])
        #expect(rule.findings(in: situation(requests: 1, backlog: 0)).isEmpty)
    }

    @Test func `tells handshakes that do not end though no queue is near its limit`() throws {
        func snapshot(_ again: Int, of requests: Int, open: Int, uptime: Double = 2485) -> Snapshot
        {
            // Others get in.
            QueueFixtures.snapshot(
                ["Tcp.PassiveOpens": Int(uptime)], uptime: uptime,
                listeners: [
                    QueueFixtures.listener(
                        backlog: 4096, states: [.synReceived: requests, .established: open],
                        retransmitted: again)
                ])
        }
        func severities(_ again: Int, of requests: Int, open: Int = 0, before: Int? = nil)
            -> [Severity]
        {
            rule.severities(
                in: QueueFixtures.situation(
                    snapshot(again, of: requests, open: open),
                    earlier: before.map {
                        snapshot($0, of: requests, open: open, uptime: 2483)
                    }))
        }
        #expect(severities(50, of: 99) == [.notice])
        #expect(severities(49, of: 49).isEmpty)
        #expect(severities(50, of: 100).isEmpty)
        #expect(severities(50, of: 50, open: 509) == [.notice])
        #expect(severities(50, of: 50, open: 510).isEmpty)
        #expect(severities(50, of: 50, before: 50) == [.warning])
        #expect(severities(50, of: 50, before: 25) == [.notice])
        let finding = try #require(
            rule.findings(
                in: QueueFixtures.situation(snapshot(200, of: 200, open: 0))
            ).first)
        #expect(finding.cause.hasPrefix("the SYN-ACKs get no answer"))
        #expect(finding.remedies.first?.text.contains("loses one direction") == true)
        #expect(!finding.remedies.contains { $0.text.contains("backlog") })
    }

    @Test func `counts the room of all sockets that share the port`() {
        #expect(rule.findings(in: situation(requests: 97, backlog: 128, sockets: 2)).isEmpty)
    }

    @Test func `is critical where the queue is full and cookies are off`() throws {
        let finding = try #require(
            rule.findings(in: situation(requests: 129, backlog: 128, cookies: "0")).first)
        #expect(finding.severity == .critical)
        #expect(finding.remedies.contains { $0.command == "sysctl -w net.ipv4.tcp_syncookies=1" })
        #expect(finding.observed.hasPrefix("SYN_RECV 129 of 129 (100 %)"))
    }

    @Test func `passes over the counter of a host that always sends cookies`() {
        let counters = ["TcpExt.TCPReqQFullDoCookies": 400, "TcpExt.SyncookiesSent": 400]
        let always = ["net.ipv4.tcp_syncookies": "2"]
        #expect(rule.findings(in: QueueFixtures.grown(counters, settings: always)).isEmpty)
        #expect(rule.findings(in: QueueFixtures.once(counters, settings: always)).isEmpty)
        #expect(rule.severities(in: QueueFixtures.once(counters)) == [.notice])
    }

    private func deferring(
        _ requests: Int, drops: Int, retransmitted: Int = 0, grown: Bool = false
    ) -> Situation {
        let listeners = [
            QueueFixtures.listener(
                backlog: 511, states: [.synReceived: requests], retransmitted: retransmitted)
        ]
        let now = QueueFixtures.snapshot(
            ["TcpExt.TCPDeferAcceptDrop": drops], listeners: listeners)
        let before = QueueFixtures.snapshot(["TcpExt.TCPDeferAcceptDrop": 9000], uptime: 2483)
        return QueueFixtures.situation(now, earlier: grown ? before : nil)
    }

    @Test func `names TCP_DEFER_ACCEPT by its counter, and by SYN-ACKs that are not sent again`()
        throws
    {
        let finding = try #require(rule.findings(in: deferring(420, drops: 420)).first)
        #expect(finding.severity == .notice)
        #expect(finding.cause.contains("TCP_DEFER_ACCEPT"))
        #expect(!finding.remedies.contains { $0.text.contains("backlog") })
        #expect(finding.evidence["defer_accept_drops"] == 420)
        for other in [
            deferring(420, drops: 419), deferring(420, drops: 420, retransmitted: 43),
            // Old deferrals beside rows that came in the interval and were not counted.
            deferring(420, drops: 9000, grown: true),
        ] {
            let finding = try #require(rule.findings(in: other).first)
            #expect(finding.severity == .warning)
            #expect(!finding.cause.contains("DEFER"))
        }
        #expect(rule.severities(in: deferring(420, drops: 9420, grown: true)) == [.notice])
        // Really full: the next client gets a cookie.
        #expect(rule.severities(in: deferring(512, drops: 512)) == [.warning])
    }

    @Test func `gives a flood no longer backlog`() throws {
        let listeners = [
            QueueFixtures.listener(
                backlog: 128, states: [.synReceived: 129], retransmitted: 100, port: 443)
        ]
        let flood = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 900, "TcpExt.SyncookiesRecv": 0],
            settings: ["net.core.somaxconn": "128"], listeners: listeners)
        let finding = try #require(rule.findings(in: flood).first)
        #expect(finding.cause.contains("flood"))
        #expect(!finding.remedies.contains { $0.text.contains("backlog") })
        #expect(!finding.isAnsweredByProfile)
        let clients = QueueFixtures.grown(
            ["TcpExt.SyncookiesSent": 900, "TcpExt.SyncookiesRecv": 900],
            settings: ["net.core.somaxconn": "128"], listeners: listeners)
        let other = try #require(rule.findings(in: clients).first)
        #expect(other.cause.hasPrefix("the senders are real clients"))
        #expect(other.isAnsweredByProfile)
    }

    @Test func `follows the counters where no queue is near its limit`() throws {
        #expect(
            rule.severities(in: QueueFixtures.grown(["TcpExt.TCPReqQFullDrop": 1])) == [.critical])
        let cookies = QueueFixtures.grown(["TcpExt.TCPReqQFullDoCookies": 4])
        let finding = try #require(rule.findings(in: cookies).first)
        #expect(finding.severity == .warning)
        #expect(finding.observed == "SYNs answered with cookies 4 in 2 s (2.0/s)")
        #expect(rule.severities(in: QueueFixtures.once(["TcpExt.TCPReqQFullDrop": 9])) == [.notice])
    }

    @Test(arguments: [(13, [Severity.critical]), (10, [.warning]), (9, [])])
    func `knows the limit of tcp_max_syn_backlog where cookies are off`(
        requests: Int, severities: [Severity]
    ) throws {
        func situation(cookies: String) -> Situation {
            QueueFixtures.once(
                settings: [
                    "net.ipv4.tcp_syncookies": cookies, "net.ipv4.tcp_max_syn_backlog": "16",
                ],
                listeners: [
                    QueueFixtures.listener(backlog: 1024, states: [.synReceived: requests])
                ])
        }
        let findings = rule.findings(in: situation(cookies: "0"))
        #expect(findings.map(\.severity) == severities)
        if let finding = findings.first {
            #expect(finding.observed.hasPrefix("SYN_RECV \(requests) of 13 "))
            #expect(finding.cause.contains("tcp_max_syn_backlog"))
            #expect(finding.commands.contains("sysctl -w net.ipv4.tcp_syncookies=1"))
        }
        #expect(rule.findings(in: situation(cookies: "1")).isEmpty)
    }
}
