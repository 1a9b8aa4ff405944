import Model
import Testing

@testable import Audit

@Suite struct `CLOSE_WAIT leak` {
    private let rule = CloseWaitLeak()
    private let java = Owner(name: "java", pids: [42], confidence: .certain, reason: "holds it")

    @Test func `is found for a listener, and says that no setting helps`() throws {
        var scene = Scene()
        scene.listen(8080, [.closeWait: 812, .established: 100], owner: java)
        scene.now.processes = [
            ProcessInUse(pid: 42, name: "java", openFiles: 1000, openFilesLimit: 1024)
        ]
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .warning)
        #expect(finding.subject == "0.0.0.0:8080")
        #expect(finding.count("open_files_limit") == 1024)
        #expect(!finding.remedies.contains { $0.kind == .knob })
        #expect(finding.remedies[0].snippets.map(\.stack) == ["JVM"])
        #expect(finding.commands == ["ss -K state close-wait 'sport = :8080'"])
    }

    @Test func `is found for a tuple from fifty and a fifth on`() {
        func found(_ closeWait: Int, _ established: Int) -> Bool {
            var scene = Scene()
            scene.connect([.closeWait: closeWait, .established: established, .timeWait: 900])
            return !scene.findings(of: rule).isEmpty
        }
        #expect(found(50, 200))
        #expect(!found(49, 10))
        #expect(!found(50, 201))
    }

    @Test func `is summed over the destinations of one program`() {
        var scene = Scene()
        for port in UInt16(1)...10 { scene.connect([.closeWait: 20], port: port, owner: java) }
        #expect(scene.findings(of: rule).map(\.subject) == ["java"])
        #expect(scene.findings(of: rule).first?.count("close_wait_sockets") == 200)
    }

    @Test func `is told of sockets that are not listed from two hundred on`() {
        var scene = Scene()
        scene.now.states[.closeWait] = 199
        #expect(scene.findings(of: rule).isEmpty)
        scene.now.states[.closeWait] = 200
        #expect(scene.findings(of: rule).map(\.subject) == ["CLOSE_WAIT"])
    }

    @Test func `is silent about a wave that ebbs`() {
        var scene = Scene()
        scene.connect([.closeWait: 300])
        scene.passTenSeconds()
        scene.now.tuples[0].states[.closeWait] = 150
        scene.now.states[.closeWait] = 150
        #expect(scene.findings(of: rule).count == 1)
        scene.now.tuples[0].states[.closeWait] = 149
        scene.now.states[.closeWait] = 149
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `does not ask to close what nobody has accepted`() throws {
        var scene = Scene()
        scene.listen(
            8080, [.closeWait: 80, .established: 21], queue: 101, withoutInode: 101, owner: java)
        scene.now.listeners[1].withoutInodeStates = StateCounts([.closeWait: 80, .established: 21])
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.count("unaccepted_close_wait") == 80)
        #expect(!finding.remedies.contains { $0.text.hasPrefix("close the connection") })
        // Half of them accepted and not closed: that is a leak.
        scene.now.listeners[1].withoutInodeStates = StateCounts([.closeWait: 39])
        #expect(
            scene.findings(of: rule).first?.remedies.first?.text.hasPrefix("close the connection")
                == true)
    }

    @Test func `is found for one process over many peers, where its sockets were counted`() {
        var scene = Scene()
        for port in UInt16(1)...100 { scene.connect([.closeWait: 1, .established: 1], port: port) }
        #expect(scene.findings(of: rule).isEmpty)
        scene.now.processes = [
            ProcessInUse(
                pid: 42, name: "java", states: StateCounts([.closeWait: 50, .established: 200])),
            ProcessInUse(
                pid: 43, name: "ok", states: StateCounts([.closeWait: 50, .established: 201])),
        ]
        #expect(scene.findings(of: rule).map(\.subject) == ["java (42)"])
    }

    @Test func `is found by a sample where no list names the program`() throws {
        var scene = Scene()
        scene.now.states[.closeWait] = 100
        scene.now.stateSamples = [
            StateSample(
                state: .closeWait, held: 100, owners: [OwnerShare(owner: java, sockets: 8)])
        ]
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.subject == "java" && finding.owner?.pids == [42])
        scene.now.states[.closeWait] = 49
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `says that the program does not read where data is unread on half of them`() throws {
        var scene = Scene()
        scene.listen(8080, [.closeWait: 100], owner: java)
        func finding(unread: Int?) throws -> Finding {
            scene.now.stateSamples = [StateSample(state: .closeWait, held: 100, unread: unread)]
            return try #require(scene.findings(of: rule).first)
        }
        let hanging = try finding(unread: 50)
        #expect(hanging.cause.contains("has not read") && hanging.cause.contains("hangs"))
        #expect(hanging.count("unread_close_wait") == 50)
        #expect(hanging.remedies.first?.text.contains("waits for") == true)
        for unread in [49, 0, nil] {
            let leaking = try finding(unread: unread)
            #expect(leaking.cause.contains("has not called close()"))
            #expect(leaking.count("unread_close_wait") == nil)
        }
        // As many unread may be those of others.
        scene.now.states[.closeWait] = 160
        let shared = try finding(unread: 109)
        #expect(shared.count("unread_close_wait") == nil)
    }

    private static func sample(_ inode: UInt32, port: UInt16) -> SocketSample {
        SocketSample(inode: inode, uid: 0, cgroup: 0, localPort: port, state: .closeWait)
    }

    @Test(arguments: [
        // CLOSE_WAIT, ESTABLISHED, at one look, at two
        (2, 0, nil as Severity?, nil as Severity?), (3, 0, nil, .notice), (3, 1, nil, nil),
        (9, 0, nil, .notice), (9, 1, nil, nil), (10, 0, .notice, .warning),
        (39, 1, .notice, .warning), (39, 5, nil, nil),
    ])
    func `of a whole pool is found however small, if the same sockets stay`(
        closeWait: Int, established: Int, once: Severity?, twice: Severity?
    ) {
        for isListener in [true, false] {
            var scene = Scene()
            let states: [TCPState: Int] = [.closeWait: closeWait, .established: established]
            if isListener {
                scene.listen(8080, states, owner: java)
            } else {
                scene.connect(states, owner: java)
            }
            #expect(scene.findings(of: rule).first?.severity == once)
            scene.passTenSeconds()
            #expect(scene.findings(of: rule).first?.severity == twice)
        }
    }

    @Test func `of a whole pool is none where other sockets are in CLOSE_WAIT later`() throws {
        var scene = Scene()
        scene.connect([.closeWait: 10], owner: java)
        scene.now.tuples[0].samples = (1...4).map { Self.sample($0, port: 40000) }
        scene.passTenSeconds()
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432" && finding.owner?.name == "java")
        #expect(finding.observed.contains("10 of 10 sockets in CLOSE_WAIT"))
        scene.now.tuples[0].samples = (3...6).map { Self.sample($0, port: 40000) }
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `of several pools of a program is one finding`() {
        var scene = Scene()
        for port in UInt16(1)...4 { scene.connect([.closeWait: 3], port: port, owner: java) }
        scene.passTenSeconds()
        let findings = scene.findings(of: rule)
        #expect(findings.map(\.subject) == ["java"] && findings.map(\.severity) == [.warning])
    }

    @Test func `is the old process's after a reload, not that of the one that listens now`() {
        let old = Owner(name: "nginx-old", pids: [7], confidence: .certain, reason: "")
        let new = Owner(name: "nginx-new", pids: [8], confidence: .certain, reason: "")
        func owner(port: UInt16, _ shares: [OwnerShare], unaccepted: Int = 0) -> Owner? {
            var scene = Scene()
            scene.listen(80, [.closeWait: 100], owner: new)
            scene.now.listeners[1].withoutInodeStates = StateCounts([.closeWait: unaccepted])
            let samples = (1...4).map { Self.sample($0, port: $0 == 4 ? port : 80) }
            scene.now.stateSamples = [
                StateSample(state: .closeWait, held: 100, samples: samples, owners: shares)
            ]
            return scene.findings(of: rule).first?.owner
        }
        let all = OwnerShare(owner: old, sockets: 4)
        #expect(owner(port: 80, [all])?.name == "nginx-old")
        #expect(owner(port: 81, [all])?.pids == [7])
        // Some may be another listener's, nobody has accepted them, or the listener's process has them.
        let three = OwnerShare(owner: old, sockets: 3)
        #expect(owner(port: 81, [three])?.name == "nginx-new")
        #expect(owner(port: 80, [all], unaccepted: 50)?.name == "nginx-new")
        #expect(owner(port: 80, [OwnerShare(owner: new, sockets: 4)])?.reason == "")
    }

    @Test func `blames the accept queue where nobody has accepted them`() {
        var scene = Scene()
        scene.listen(8080, [.closeWait: 129], queue: 129, withoutInode: 129, owner: java)
        #expect(scene.findings(of: rule).first?.cause.contains("wait for accept()") == true)
    }
}

@Suite struct `FIN_WAIT2 orphans` {
    private let rule = FinWait2Orphans()

    private func findings(_ orphans: Int, held: Int = 0, timeout: String? = "60") -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_fin_timeout", timeout)
        scene.connect([.finWait2: orphans + held], withoutInode: orphans)
        return scene.findings(of: rule)
    }

    @Test func `are found where they hold a tenth of the ports`() {
        // 2823.2
        #expect(findings(2823).map(\.severity) == [.notice])
        #expect(findings(2824).map(\.severity) == [.warning])
        #expect(findings(2824).first?.observed.contains("(10 %)") == true)
    }

    @Test func `are counted over the namespace from a thousand on`() {
        #expect(findings(999).isEmpty)
        #expect(findings(1000).map(\.severity) == [.notice])
    }

    @Test func `are not those that a program holds`() {
        #expect(findings(10, held: 5000).isEmpty)
    }

    @Test func `are what the timeout is for, up to a point`() {
        #expect(findings(1200).first?.commands == ["tcptune apply fin-wait-relief"])
        #expect(findings(1200).first?.remedies.last?.effect.hasPrefix("about 600 instead") == true)
        #expect(findings(1200, timeout: "30").first?.commands.isEmpty == true)
        #expect(findings(1200, timeout: nil).first?.commands.isEmpty == true)
    }
}

@Suite struct `FIN timeout trap` {
    private let rule = FinTimeoutTrap()

    private func findings(_ value: String?, in file: String? = nil) -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_fin_timeout", value, in: file)
        scene.connect([.finWait2: 3], withoutInode: 3)
        return scene.findings(of: rule)
    }

    @Test func `cites the line of the myth, and the orphans`() throws {
        let finding = try #require(findings("30", in: "/etc/sysctl.d/90-tuning.conf").first)
        #expect(finding.severity == .myth)
        #expect(finding.subject == "/etc/sysctl.d/90-tuning.conf:4")
        #expect(finding.observed.contains("does not shorten TIME_WAIT"))
        #expect(finding.count("fin_wait2_orphans") == 3)
        #expect(finding.commands == ["sysctl -w net.ipv4.tcp_fin_timeout=60"])
    }

    @Test func `warns of 61 to 89, and below 5`() {
        for value in ["61", "89", "4", "0", "-1"] {
            #expect(findings(value).map(\.severity) == [.warning], "\(value)")
        }
        #expect(findings("61").first?.number("fin_wait2_lifetime_seconds") == 2)
        #expect(findings("89").first?.number("fin_wait2_lifetime_seconds") == 58)
        for value in ["60", "90", "120"] { #expect(findings(value).isEmpty, "\(value)") }
        for value in ["5", "59"] { #expect(findings(value).map(\.severity) == [.myth], "\(value)") }
    }

    @Test func `sees what boot will set`() throws {
        var scene = Scene()
        let line = Assignment(value: "15", file: "/etc/sysctl.conf", line: 9)
        scene.now.settings.removeAll { $0.key == "net.ipv4.tcp_fin_timeout" }
        scene.now.settings.append(
            Setting(
                key: "net.ipv4.tcp_fin_timeout", value: "60",
                boot: BootSetting(systemd: nil, procps: line, rule: .procps)))
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.subject == "/etc/sysctl.conf:9")
        #expect(finding.commands.isEmpty)
    }

    @Test func `is silent where the setting was not read`() {
        #expect(findings(nil).isEmpty)
        #expect(findings("sixty").isEmpty)
    }
}

@Suite struct `Orphans near limit` {
    private let rule = OrphansNearLimit()

    private func findings(_ orphans: Int64?, limit: String? = "1000") -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_max_orphans", limit)
        scene.now.counters["sockstat.TCP", "orphan"] = orphans
        return scene.findings(of: rule)
    }

    @Test func `grow worse from a quarter on`() {
        #expect(findings(249).isEmpty)
        #expect(findings(250).map(\.severity) == [.notice])
        #expect(findings(499).map(\.severity) == [.notice])
        #expect(findings(500).map(\.severity) == [.warning])
        #expect(findings(949).map(\.severity) == [.warning])
        #expect(findings(950).map(\.severity) == [.critical])
    }

    @Test func `are answered by the program, then fewer tries, then a higher limit`() {
        #expect(
            findings(500).first?.commands == [
                "sysctl -w net.ipv4.tcp_orphan_retries=4",
                "sysctl -w net.ipv4.tcp_max_orphans=2000",
            ])
    }

    @Test func `are not judged where a number is missing`() {
        #expect(findings(nil).isEmpty)
        #expect(findings(5000, limit: nil).isEmpty)
        #expect(findings(5000, limit: "0").isEmpty)
    }
}

@Suite struct `LAST_ACK stuck` {
    private let rule = LastAckStuck()

    private func findings(_ lastAck: Int, established: Int = 0, before: Int? = nil) -> [Finding] {
        var scene = Scene()
        scene.now.states = StateCounts()
        scene.connect([.lastAck: lastAck, .established: established, .timeWait: 5000])
        if let before {
            scene.passTenSeconds()
            scene.earlier?.states[.lastAck] = before
        }
        return scene.findings(of: rule)
    }

    @Test func `is found from a hundred and a tenth on`() {
        #expect(findings(99).isEmpty)
        #expect(findings(100, established: 900).map(\.severity) == [.notice])
        #expect(findings(100, established: 901).isEmpty)
        #expect(findings(1000).map(\.severity) == [.warning])
        #expect(findings(100).first?.commands == ["sysctl -w net.ipv4.tcp_orphan_retries=4"])
    }

    @Test func `is silent where they have halved`() {
        #expect(findings(200, before: 400).count == 1)
        #expect(findings(200, before: 401).isEmpty)
    }
}
