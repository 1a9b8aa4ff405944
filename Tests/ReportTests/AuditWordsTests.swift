import Audit
import Model
import Testing

@testable import Report

@Suite struct `The words of an audit` {
    private func verdict(_ severities: Severity...) -> AuditVerdict {
        let findings = severities.map {
            Finding(
                rule: .portsSlow, severity: $0, subject: "a subject",
                observed: "ports run out in 35 s; this host closed 433 connections/s · more",
                evidence: [:], cause: "", remedies: [], proof: "")
        }
        let situation = Situation(
            host: Scene.web,
            view: .init(now: Snapshot("init", inode: 1, isInit: true, states: [.listen: 1])))
        return AuditVerdict(assessments: [Assessment(situation: situation, findings: findings)])
    }

    @Test func `name the worst that was found`() {
        #expect(
            verdict(.critical, .critical, .myth).sentence
                == "a subject: ports run out in 35 s; 1 more critical finding."
        )
        #expect(
            verdict(.warning, .notice).sentence
                == "a subject: ports run out in 35 s."
        )
        #expect(
            verdict(.notice, .notice).sentence
                == "No connection is known to fail: 2 notices.")
        #expect(
            verdict(.notice, .myth).sentence
                == "No connection is known to fail: 1 notice and 1 setting that does not do what it seems to."
        )
        #expect(
            verdict(.myth).sentence
                == "No problems found, but one setting does not do what it seems to.")
    }

    private func health(_ change: (inout Snapshot) -> Void) -> String {
        var snapshot = Snapshot("init", inode: 1, isInit: true, states: [:])
        change(&snapshot)
        let situation = Situation(host: Scene.web, view: .init(now: snapshot))
        return AuditVerdict(assessments: [Assessment(situation: situation, findings: [])]).sentence
    }

    @Test func `say what was read where nothing was found, and what was not`() {
        let one = verdict().sentence
        #expect(one.hasPrefix("No problems found in 1 socket. Not checked: "))
        #expect(one.contains("rates (one look"))
        let empty = health { _ in }
        #expect(empty.hasPrefix("No TCP socket in this namespace. No problems found. "))
        let server = health {
            $0.states = StateCounts([.established: 2011])
            $0.listeners = [Listener(address: .unspecifiedV4, port: 22)]
            $0.settings = [
                Setting(key: "net.core.somaxconn", value: "4096"),
                Setting(key: "net.ipv4.tcp_mem", value: nil),
                Setting(key: "net.ipv4.tcp_ecn", value: "2"),
            ]
            $0.counters = Counters(["Tcp": ["InSegs": 1, "OutSegs": 2]])
        }
        // Of the settings, those that rules look at and that could be read.
        #expect(
            server.hasPrefix(
                "No problems found in 2011 sockets, 1 listener, 1 setting and 2 counters. "))
        #expect(server.contains("accept queue limits (/proc/net/tcp does not show them)"))
        let files = health {
            $0.source = .none
            $0.settings = [Setting(key: "net.core.somaxconn", value: "4096")]
        }
        #expect(files.hasPrefix("tcptune did not read sockets. No problems found in 1 setting. "))
        #expect(files.contains("Not checked: sockets (not read)"))
    }

    @Test func `count what listeners close among what this host closes`() throws {
        var snapshot = Snapshot("init", inode: 1, isInit: true, states: [.timeWait: 24_300])
        snapshot.closings = Array(repeating: 405, count: 61)
        snapshot.tuples = [
            PortLedger(
                "10.0.0.5", "10.0.0.9", 5432, states: [.timeWait: 305],
                closings: Array(repeating: 5, count: 61))
        ]
        let situation = Situation(host: Scene.web, view: .init(now: snapshot))
        let verdict = AuditVerdict(assessments: [Assessment(situation: situation, findings: [])])
        let key = try #require(verdict.keys.first { $0.label.contains("closed by this host") })
        #expect(key.value == "405/s")
        let chart = try #require(AuditCharts(situation: situation).closings)
        #expect(chart.table.columns.map(\.name).last == "listeners")
    }

    @Test func `show former listeners, and a transparent proxy as such`() throws {
        var snapshot = Snapshot("init", inode: 1, isInit: true, states: [.timeWait: 310])
        let loopback = IPAddress(fixed: "127.0.0.1")
        snapshot.formerListeners = [
            FormerListener(
                address: loopback, port: 18999, states: StateCounts([.timeWait: 300]), peers: 300),
            FormerListener(
                address: .unspecifiedV4, port: 443, states: StateCounts([.established: 10]),
                peers: 10, isTransparent: true),
        ]
        let situation = Situation(host: Scene.web, view: .init(now: snapshot))
        let table = try #require(AuditTables(situation: situation, top: 1).formerListeners)
        #expect(table.rows.count == 1)
        let text = AuditReport.text(
            [Assessment(situation: situation, findings: [])], host: Scene.web,
            options: AuditReport.Options(width: 120, tool: Scene.options.tool))
        #expect(text.contains("127.0.0.1:18999") && text.contains("TIME_WAIT 300"))
        #expect(text.contains("transparent proxy (TPROXY)"))
        snapshot.formerListeners = nil
        let none = Situation(host: Scene.web, view: .init(now: snapshot))
        #expect(AuditTables(situation: none, top: 1).formerListeners == nil)
    }

    @Test func `count what was found`() {
        #expect(
            verdict(.critical, .critical, .warning, .warning, .notice).counts.plain
                == "2 critical · 2 warnings · 1 notice")
        #expect(verdict().counts.plain == "no problems found")
    }

    @Test func `say how sure an owner is`() {
        var owner = Owner(name: "nginx", confidence: .certain, reason: "it holds the socket")
        #expect(OwnerText.phrase(owner).plain == "nginx")
        owner.confidence = .likely
        #expect(OwnerText.phrase(owner).plain == "nginx (likely: it holds the socket)")
        #expect(OwnerText.short(owner).plain == "nginx")
        owner.confidence = .possible
        #expect(OwnerText.short(owner).plain == "nginx?")
        #expect(OwnerText.phrase(.unknown).plain == "owner unknown (no open socket shows it)")
    }
}
