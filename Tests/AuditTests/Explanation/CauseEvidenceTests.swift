import Catalogue
import Model
import Testing

@testable import Audit

@Suite struct `The causes of a symptom` {
    /// How a cause stands on a host, by its id.
    private static func verdict(
        _ id: String, of line: String, _ situation: Situation, holders: PortHolders? = nil
    ) throws -> CauseVerdict {
        let assessment = Assessment(
            situation: situation, findings: Rules.all.flatMap { $0.findings(in: situation) })
        guard case .symptom(let symptom)? = Topic.find(line) else {
            throw Missing(what: line)
        }
        let explanation = try #require(
            Explainer(assessment, portHolders: holders).explain(line))
        let place = try #require(symptom.causes.firstIndex { $0.id == id })
        return explanation.causes[place].verdict
    }

    private struct Missing: Error { let what: String }

    private static func scene(_ change: (inout Scene) -> Void) -> Situation {
        var scene = Scene()
        change(&scene)
        return scene.situation
    }

    /// The subjects of what is found behind a line, where both a TCP and a UDP counter of drops grows.
    private static func dropped(behind line: String) throws -> [String] {
        let findings = ["reverse path filter", "UDP receive buffers"].map { subject in
            Finding(
                rule: .segmentsDropped, severity: .warning, subject: subject, observed: "",
                evidence: [:], cause: "", remedies: [], proof: "")
        }
        let assessment = Assessment(situation: scene { _ in }, findings: findings)
        let explanation = try #require(Explainer(assessment).explain(line))
        return explanation.findings.map(\.subject)
    }

    @Test func `of TCP have no finding about UDP, and those of UDP none about TCP`() throws {
        #expect(try Self.dropped(behind: "ETIMEDOUT") == ["reverse path filter"])
        let udp = try Self.dropped(
            behind: "read udp 10.0.0.5:40000->10.0.0.2:53: i/o timeout")
        #expect(!udp.contains("reverse path filter"), "\(udp)")
    }

    @Test func `have a predicate each`() {
        for symptom in Symptom.all {
            for cause in symptom.causes {
                #expect(
                    CauseEvidence.predicates[cause.id] != nil,
                    "\(symptom.name): \(cause.text) (id \"\(cause.id)\")")
            }
        }
    }

    @Test func `are never found on a host of which nothing was read`() throws {
        let snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        let situation = Situation(
            host: Host(name: "", kernel: "", machine: ""), view: .init(now: snapshot))
        for symptom in Symptom.all {
            let explanation = try #require(
                Explainer(Assessment(situation: situation, findings: [])).explain(symptom.name))
            for cause in explanation.causes {
                #expect(
                    !cause.verdict.isFound && !cause.verdict.isPossible,
                    "\(symptom.name): \(cause.text) \(cause.verdict)")
            }
        }
    }

    // A flood was "found" above "100 % of them came back valid".
    @Test func `a flood is not found where the cookies came back`() throws {
        let line = "Possible SYN flooding on port 443. Sending cookies."
        let clients = try Self.verdict(
            "flood", of: line,
            QueueFixtures.grown(["TcpExt.SyncookiesSent": 400, "TcpExt.SyncookiesRecv": 400]))
        #expect(clients.isNotFound && clients.evidence.contains("100 %"))
        let flood = try Self.verdict(
            "flood", of: line,
            QueueFixtures.grown(["TcpExt.SyncookiesSent": 40_000, "TcpExt.SyncookiesRecv": 3]))
        #expect(flood.isFound)
        let between = try Self.verdict(
            "flood", of: line,
            QueueFixtures.once(["TcpExt.SyncookiesSent": 100, "TcpExt.SyncookiesRecv": 30]))
        #expect(between.isPossible)
        #expect(try Self.verdict("flood", of: line, QueueFixtures.once()).isNotFound)
    }

    @Test func `a small backlog is not blamed for a flood`() throws {
        let line = "Possible SYN flooding on port 443. Sending cookies."
        let flood = QueueFixtures.grown([
            "TcpExt.SyncookiesSent": 40_000, "TcpExt.TCPReqQFullDoCookies": 40_000,
        ])
        #expect(try Self.verdict("backlog-small", of: line, flood).isNotFound)
        let clients = QueueFixtures.grown([
            "TcpExt.SyncookiesSent": 400, "TcpExt.SyncookiesRecv": 398,
        ])
        #expect(try Self.verdict("backlog-small", of: line, clients).isPossible)
    }

    @Test func `ports are used up where they are, with the numbers`() throws {
        let full = try Self.verdict(
            "ports-used-up", of: "EADDRNOTAVAIL", Self.scene { $0.connect([.timeWait: 28_232]) })
        #expect(
            full
                == .found("28 232 of 28 232 ports in use for 10.0.0.5 → 10.0.0.9:5432 (100 %)"))
        let half = try Self.verdict(
            "ports-used-up", of: "EADDRNOTAVAIL", Self.scene { $0.connect([.timeWait: 15_000]) })
        #expect(half.isPossible)
        let few = try Self.verdict(
            "ports-used-up", of: "EADDRNOTAVAIL", Self.scene { $0.connect([.timeWait: 500]) })
        #expect(few.isNotFound && few.evidence.contains("500 of 28 232"))
        #expect(
            try Self.verdict("ports-used-up", of: "EADDRNOTAVAIL", Scene().situation).isNotFound)
    }

    @Test func `reuse is not taken for granted where the peer's timestamps are not known`() throws {
        let host: (Bool?) -> Situation = { usesTimestamps in
            Self.scene {
                $0.set("net.ipv4.tcp_tw_reuse", "1")
                $0.connect([.timeWait: 28_232])
                $0.now.tuples[0].usesTimestamps = usesTimestamps
            }
        }
        #expect(try Self.verdict("reuse-off", of: "EADDRNOTAVAIL", host(false)).isFound)
        #expect(try Self.verdict("ports-used-up", of: "EADDRNOTAVAIL", host(false)).isFound)
        #expect(try Self.verdict("reuse-off", of: "EADDRNOTAVAIL", host(nil)).isPossible)
        #expect(try !Self.verdict("ports-used-up", of: "EADDRNOTAVAIL", host(nil)).isNotFound)
        #expect(try Self.verdict("reuse-off", of: "EADDRNOTAVAIL", host(true)).isNotFound)
    }

    @Test func `a destination that the line names is the one that is judged`() throws {
        let host = Self.scene {
            $0.connect([.timeWait: 28_232])
            $0.connect([.established: 3], port: 6379)
        }
        let named = try Self.verdict(
            "ports-used-up", of: "dial tcp 10.0.0.9:6379: cannot assign requested address", host)
        #expect(named.isNotFound && named.evidence.contains("10.0.0.9:6379"))
    }

    @Test
    func `a line about UDP, a Unix socket or another host is told nothing of this host's TCP`()
        throws
    {
        var scene = Scene()
        scene.connect([.established: 20], to: IPAddress(v4: 0x0a42_0002), port: 80)
        scene.connect([.synSent: 3], to: IPAddress(v4: 0x0a42_020b), port: 5432)
        scene.now.loopbackUp = false
        let situation = scene.situation
        let line =
            "upstream timed out (110: Connection timed out), upstream: \"http://10.66.0.2:80/\""
        #expect(try Self.verdict("syn-unanswered", of: line, situation).isNotFound)
        #expect(try Self.verdict("loopback-down", of: line, situation).isNotFound)
        let other = "connect to 10.66.2.11:5432 failed: Connection timed out"
        #expect(try Self.verdict("syn-unanswered", of: other, situation).isPossible)
        #expect(
            try Self.verdict(
                "syn-unanswered", of: "dial unix /run/d.sock: i/o timeout", situation)
                == .notFound("the line is about a Unix socket"))
        let assessment = Assessment(situation: situation, findings: [])
        let udp = try #require(
            Explainer(assessment).explain("listen udp 0.0.0.0:53: bind: address already in use"))
        #expect(
            !udp.causes.isEmpty && udp.causes.allSatisfy { $0.verdict.word == "cannot_be_seen" })
    }

    @Test func `bound ports are found by their number, or not seen`() throws {
        let seen: ([BoundSockets]?) -> Situation = { bound in Self.scene { $0.now.bound = bound } }
        let id = "bound-ports-used-up"
        #expect(
            try Self.verdict(
                id, of: "EADDRNOTAVAIL",
                seen([BoundSockets(address: .unspecifiedV4, sockets: 28_232, portsInRange: 28_232)])
            ).isFound)
        #expect(
            try Self.verdict(
                id, of: "EADDRNOTAVAIL",
                seen([BoundSockets(address: .unspecifiedV4, sockets: 20_000, portsInRange: 20_000)])
            ).isPossible)
        #expect(try Self.verdict(id, of: "EADDRNOTAVAIL", seen([])).isNotFound)
        guard case .cannotBeSeen = try Self.verdict(id, of: "EADDRNOTAVAIL", seen(nil)) else {
            Issue.record("nobody asked for bound sockets")
            return
        }
        let spread = { destinations, shared in
            Self.scene {
                $0.now.sourcePorts = [
                    SourcePorts(
                        address: Scene.source, sockets: 28_232 + shared, distinct: 28_232,
                        shared: shared, even: 14_116, destinations: destinations)
                ]
            }
        }
        #expect(try Self.verdict(id, of: "EADDRINUSE", spread(50, 0)).isFound)
        // To one destination connect() takes each port once as well.
        let one = try Self.verdict(id, of: "EADDRNOTAVAIL", spread(1, 0))
        #expect(one.isPossible, "\(one)")
        // Ports that two destinations share were chosen by connect(), however many are in use.
        let shared = try Self.verdict(id, of: "EADDRNOTAVAIL", spread(2, 5000))
        #expect(shared.isPossible, "\(shared)")
    }

    @Test func `a port in the way is told with its holder, or not at all`() throws {
        let line = "bind() to 0.0.0.0:8080 failed (98: Address already in use)"
        let served = Self.scene {
            $0.listen(
                8080, owner: Owner(name: "java", pids: [71], confidence: .certain, reason: ""))
        }
        #expect(
            try Self.verdict("port-listened", of: line, served)
                == .found("java (pid 71) listens on 0.0.0.0:8080"))
        #expect(try Self.verdict("port-listened", of: line, Scene().situation).isNotFound)
        #expect(
            try Self.verdict("port-listened", of: "EADDRINUSE", served)
                == CauseEvidence.noPortNamed)
        let connection = LocalSocket(
            address: Scene.loopback, port: 8080, peer: Scene.loopback, peerPort: 8500,
            state: .established, owner: .unknown)
        let holders = PortHolders(ports: [8080], sockets: [connection])
        #expect(
            try Self.verdict(
                "port-taken-by-connection", of: line, Scene().situation, holders: holders
            ).isFound)
        // A server's own connections are not in its way.
        #expect(
            try Self.verdict("port-taken-by-connection", of: line, served, holders: holders)
                .isNotFound)
        var closed = connection
        closed.state = .timeWait
        #expect(
            try Self.verdict(
                "port-in-time-wait", of: line, Scene().situation,
                holders: PortHolders(ports: [8080], sockets: [closed])
            ).isPossible)
    }

    @Test func `nobody listens here, or that cannot be told of another host`() throws {
        let id = "nothing-listens"
        #expect(
            try Self.verdict(id, of: "connect 127.0.0.1:81: connection refused", Scene().situation)
                .isFound)
        #expect(
            try Self.verdict(id, of: "connect 127.0.0.1:22: connection refused", Scene().situation)
                .isNotFound)
        guard
            case .cannotBeSeen = try Self.verdict(
                id, of: "connect 203.0.113.7:22: connection refused", Scene().situation)
        else {
            Issue.record("203.0.113.7 is another host")
            return
        }
        // The client's own port is not the one that refused.
        #expect(
            try Self.verdict(
                id, of: "dial tcp 127.0.0.1:45000->127.0.0.1:22: connect: connection refused",
                Scene().situation
            ).isNotFound)
        let elsewhere = try Self.verdict(
            id, of: "connect 10.0.0.5:8080: connection refused",
            Self.scene {
                $0.listen(8080, address: Scene.loopback)
                $0.connect([.established: 1])
            })
        #expect(elsewhere.isFound && elsewhere.evidence.contains("only to 127.0.0.1"))
    }

    @Test func `refused timestamps show no NAT, and none refused excludes it`() throws {
        let growing = try Self.verdict(
            "paws", of: "ETIMEDOUT", QueueFixtures.grown(["TcpExt.PAWSTimewait": 12]))
        #expect(growing.isPossible && growing.evidence.contains("12 in 2 s"))
        #expect(try Self.verdict("paws", of: "ETIMEDOUT", QueueFixtures.grown()).isNotFound)
    }

    @Test func `a counter that stood before says no more than that it may be`() throws {
        let id = "aborts-on-memory"
        let old = QueueFixtures.once(["TcpExt.TCPAbortOnMemory": 5])
        #expect(try Self.verdict(id, of: "ECONNRESET", old).isPossible)
        #expect(
            try Self.verdict(
                id, of: "ECONNRESET", QueueFixtures.grown(["TcpExt.TCPAbortOnMemory": 5])
            ).isFound)
        #expect(try Self.verdict(id, of: "ECONNRESET", QueueFixtures.once()).isNotFound)
    }

    @Test func `an abort on overflow needs the setting and the overflow`() throws {
        let id = "abort-on-overflow"
        let on = ["net.ipv4.tcp_abort_on_overflow": "1"]
        let overflow = ["TcpExt.ListenOverflows": 9]
        #expect(
            try Self.verdict(id, of: "ECONNRESET", QueueFixtures.grown(overflow, settings: on))
                .isFound)
        #expect(
            try Self.verdict(id, of: "ECONNRESET", QueueFixtures.grown(overflow)).isNotFound)
        #expect(
            try Self.verdict(id, of: "ECONNRESET", QueueFixtures.grown(settings: on)).isNotFound)
    }

    @Test func `memory and orphans are judged apart`() throws {
        let pressed = QueueFixtures.once(["sockstat.TCP.mem": 575_000])
        #expect(try Self.verdict("tcp-memory", of: "ENOMEM", pressed).isFound)
        #expect(try Self.verdict("tcp-memory", of: "ENOMEM", QueueFixtures.once()).isNotFound)
        let orphaned = Self.scene { $0.now.counters["sockstat.TCP", "orphan"] = 131_000 }
        #expect(try Self.verdict("orphans", of: "out of socket memory", orphaned).isFound)
        #expect(
            try Self.verdict("orphans", of: "out of socket memory", Scene().situation).isNotFound)
    }

    @Test func `what nothing on this host tells is out of sight, with where to look`() throws {
        for (id, name) in [
            ("no-route", "ENETUNREACH"), ("cgroup-memory", "ENOMEM"),
            ("address-absent", "EADDRNOTAVAIL"),
        ] {
            let verdict = try Self.verdict(id, of: name, QueueFixtures.once())
            #expect(verdict.word == "cannot_be_seen" && verdict.evidence.contains(":"))
        }
    }

    @Test func `are counted in the verdict`() throws {
        let situation = Self.scene { $0.connect([.timeWait: 28_232]) }
        let assessment = Assessment(
            situation: situation, findings: Rules.all.flatMap { $0.findings(in: situation) })
        let explanation = try #require(Explainer(assessment).explain("EADDRNOTAVAIL"))
        #expect(explanation.verdict.hasPrefix("7 known causes: "))
        #expect(explanation.findings.contains { $0.rule == .portsExhausting })
        #expect(explanation.causes[0].foundAt == ["10.0.0.5 → 10.0.0.9:5432 (ports-exhausting)"])
    }

    @Test(arguments: [Int64.min, -1, 0, 1, 1 << 40])
    func `outlive any number`(value: Int64) throws {
        let size = Int(clamping: value)
        var now = QueueFixtures.snapshot(
            QueueFixtures.idleCounters.mapValues { _ in size },
            settings: QueueFixtures.idleSettings.mapValues { _ in "\(value)" },
            listeners: [QueueFixtures.listener(queue: size, backlog: size)])
        now.bound = [BoundSockets(address: .unspecifiedV4, sockets: size, portsInRange: size)]
        now.sourcePorts = [SourcePorts(address: Scene.source, sockets: size, distinct: size)]
        now.unixListeners = UnixListeners(
            count: size, waiting: [UnixListener(path: "/a.sock", inode: 1, queue: size, backlog: 0)]
        )
        let situation = QueueFixtures.situation(now)
        for symptom in Symptom.all {
            #expect(
                Explainer(Assessment(situation: situation, findings: [])).explain(symptom.name)
                    != nil)
        }
    }
}
