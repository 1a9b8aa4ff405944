import Model
import Testing

@testable import Audit

@Suite struct `FIN_WAIT2 held` {
    private let rule = FinWait2Held()
    private let java = Owner(name: "java", pids: [42], confidence: .certain, reason: "holds it")

    private func scene(_ held: Int, established: Int = 0, orphans: Int = 0) -> Scene {
        var scene = Scene()
        scene.listen(
            8080, [.finWait2: held + orphans, .established: established], withoutInode: orphans,
            owner: java)
        scene.now.listeners[1].withoutInodeStates = StateCounts([.finWait2: orphans])
        scene.now.withoutInode[.finWait2] = orphans
        return scene
    }

    @Test func `is found from fifty and a fifth on, and warns from two hundred on`() {
        #expect(scene(49).findings(of: rule).isEmpty)
        #expect(scene(50, established: 200).findings(of: rule).map(\.severity) == [.notice])
        #expect(scene(50, established: 201).findings(of: rule).isEmpty)
        #expect(scene(199).findings(of: rule).map(\.severity) == [.notice])
        #expect(scene(200).findings(of: rule).map(\.severity) == [.warning])
        #expect(scene(200).findings(of: rule).first?.owner?.name == "java")
    }

    @Test func `are not orphans, which a timer ends`() {
        #expect(scene(0, orphans: 5000).findings(of: rule).isEmpty)
        #expect(scene(49, orphans: 5000).findings(of: rule).isEmpty)
    }

    @Test func `are not judged where they were not told apart`() {
        var scene = scene(60)
        scene.now.listeners[1].withoutInodeStates = nil
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `warns where they grow, and is silent where they have halved`() {
        for (before, severities) in [(60, [.notice]), (59, [Severity.warning]), (121, [])] {
            var scene = scene(60)
            scene.passTenSeconds()
            scene.earlier?.listeners[1].states[.finWait2] = before
            #expect(scene.findings(of: rule).map(\.severity) == severities)
        }
    }

    @Test func `is told of a tuple, and of what is spread`() {
        var scene = Scene()
        scene.connect([.finWait2: 60], owner: java)
        scene.now.tuples[0].heldFinWait2 = 60
        #expect(
            scene.findings(of: rule).map(\.subject) == ["10.0.0.5 → 10.0.0.9:5432"])
        scene = Scene()
        scene.now.states[.finWait2] = 199
        #expect(scene.findings(of: rule).isEmpty)
        scene.now.states[.finWait2] = 200
        #expect(scene.findings(of: rule).map(\.subject) == ["FIN_WAIT2"])
    }
}

@Suite struct `FIN_WAIT1 stuck` {
    private let rule = FinWait1Stuck()

    private func findings(
        _ count: Int, again: Int = 0, closings: [Int]? = Array(repeating: 0, count: 61),
        before: Int? = nil
    ) -> [Finding] {
        var scene = Scene()
        scene.listen(8080, [.finWait1: count], withoutInode: count)
        scene.now.withoutInode[.finWait1] = count
        scene.now.retransmitting[.finWait1] = again
        scene.now.closings = closings ?? []
        if let before {
            scene.passTenSeconds()
            scene.earlier?.states[.finWait1] = before
        }
        return scene.findings(of: rule)
    }

    @Test func `is found where none of fifty leaves`() {
        #expect(findings(49).isEmpty)
        #expect(findings(50).map(\.severity) == [.notice])
        #expect(findings(1000).map(\.severity) == [.warning])
        #expect(findings(50).first?.subject == "0.0.0.0:8080")
        #expect(findings(50).first?.cause.contains("do not read") == true)
        // A closed window is asked again and again: fewer tries of an orphan end nothing sooner.
        #expect(findings(50).first?.commands.contains { $0.contains("orphan") } == false)
    }

    /// 100 of them at 10/s that leave stay 10 s each; at 11/s, 9.1 s.
    @Test func `is silent about a crowd that passes`() {
        #expect(findings(100, closings: Array(repeating: 10, count: 61)).count == 1)
        #expect(findings(100, closings: Array(repeating: 11, count: 61)).isEmpty)
        #expect(findings(5000, closings: Array(repeating: 1500, count: 61)).isEmpty)
    }

    @Test func `is found by what was sent again, where no ages were read`() {
        #expect(findings(60, again: 49, closings: nil).isEmpty)
        let finding = findings(60, again: 50, closings: nil)
        #expect(finding.map(\.severity) == [.notice])
        #expect(finding.first?.commands.last == "sysctl -w net.ipv4.tcp_orphan_retries=4")
    }

    @Test func `is silent where they have halved`() {
        #expect(findings(60, before: 120).count == 1)
        #expect(findings(60, before: 121).isEmpty)
    }
}

@Suite struct `Peers silent` {
    private let rule = PeersSilent()

    private func findings(_ again: Int, of established: Int) -> [Finding] {
        var scene = Scene()
        scene.connect([.established: established])
        scene.now.tuples[0].retransmitting = again
        scene.now.retransmitting[.established] = again
        return scene.findings(of: rule)
    }

    @Test func `warns where half of ten or more get no answer`() throws {
        #expect(findings(9, of: 9).isEmpty)
        #expect(findings(10, of: 20).map(\.severity) == [.warning])
        #expect(findings(10, of: 21).isEmpty)
        let finding = try #require(findings(30, of: 30).first)
        #expect(finding.subject == "10.0.0.5 → 10.0.0.9:5432")
        #expect(finding.observed.hasPrefix("30 of 30 open connections (100 %)"))
    }

    @Test func `is a notice from twenty and a fifth on`() {
        #expect(findings(20, of: 100).map(\.severity) == [.notice])
        #expect(findings(20, of: 101).isEmpty)
    }

    @Test func `is silent about loss, and about idle connections`() {
        #expect(findings(60, of: 2000).isEmpty)
        #expect(findings(0, of: 5000).isEmpty)
    }

    @Test func `counts what is spread over the namespace from fifty and a tenth on`() {
        var scene = Scene()
        scene.now.states[.established] = 500
        scene.now.retransmitting[.established] = 49
        #expect(scene.findings(of: rule).isEmpty)
        scene.now.retransmitting[.established] = 50
        #expect(scene.findings(of: rule).map(\.severity) == [.notice])
        scene.now.states[.established] = 501
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `offers fewer tries only where there are many`() {
        for (value, count) in [("15", 1), ("8", 0)] {
            var scene = Scene()
            scene.set("net.ipv4.tcp_retries2", value)
            scene.connect([.established: 30])
            scene.now.tuples[0].retransmitting = 30
            scene.now.retransmitting[.established] = 30
            let commands = scene.findings(of: rule).first?.commands ?? []
            #expect(commands.filter { $0.contains("tcp_retries2") }.count == count)
        }
    }
}

@Suite struct `Self-connected` {
    @Test func `is found with its program, and the port reserved`() throws {
        var scene = Scene()
        #expect(scene.findings(of: SelfConnected()).isEmpty)
        scene.now.selfConnected = []
        #expect(scene.findings(of: SelfConnected()).isEmpty)
        scene.connect(
            [.established: 1], from: Scene.loopback, to: Scene.loopback, port: 40000,
            owner: Owner(name: "worker", pids: [5], confidence: .certain, reason: ""))
        scene.now.selfConnected = [SelfConnection(address: Scene.loopback, port: 40000)]
        let finding = try #require(scene.findings(of: SelfConnected()).first)
        #expect(finding.severity == .warning)
        #expect(finding.subject == "127.0.0.1:40000")
        #expect(finding.owner?.name == "worker")
        #expect(
            finding.commands == [
                "ss -K src 127.0.0.1:40000 dst 127.0.0.1:40000",
                "sysctl -w net.ipv4.ip_local_reserved_ports=40000",
            ])
        scene.set("net.ipv4.ip_local_reserved_ports", "8080,9000-9010")
        #expect(
            scene.findings(of: SelfConnected()).first?.commands.last
                == "sysctl -w net.ipv4.ip_local_reserved_ports=8080,9000-9010,40000")
    }

    @Test func `blames no single program for what many hold`() throws {
        var scene = Scene()
        for number in 0..<20 {
            scene.listen(
                UInt16(3000 + number), [.closeWait: 49],
                owner: Owner(
                    name: "svc\(number)", pids: [Int32(number + 1)], confidence: .certain,
                    reason: "holds it"))
        }
        let shares = (0..<15).map {
            OwnerShare(
                owner: Owner(
                    name: "svc\($0)", pids: [Int32($0 + 1)], confidence: .certain, reason: ""),
                sockets: $0 == 2 ? 2 : 1)
        }
        scene.now.stateSamples = [StateSample(state: .closeWait, held: 980, owners: shares)]
        let finding = try #require(scene.findings(of: CloseWaitLeak()).first)
        #expect(finding.owner == nil)
        #expect(finding.observed.contains("980 sockets"))
        #expect(finding.observed.contains("20 programs"))
        #expect(finding.cause.contains("several programs"))
    }

    @Test func `is silent where each CLOSE_WAIT of the first look is closed by the second`() {
        func severities(_ before: [UInt32], _ now: [UInt32]) -> [Severity] {
            var scene = Scene()
            scene.connect([.closeWait: 99])
            func sample(_ inode: UInt32) -> SocketSample {
                SocketSample(inode: inode, uid: 0, cgroup: 0, localPort: 1, state: .closeWait)
            }
            scene.now.tuples[0].samples = before.map(sample)
            scene.passTenSeconds()
            scene.now.tuples[0].samples = now.map(sample)
            return scene.findings(of: CloseWaitLeak()).map(\.severity)
        }
        #expect(severities([1, 2, 3, 4], [201, 202, 203, 204]).isEmpty)
        #expect(severities([1, 2, 3, 4], [1, 2, 3, 4]) == [.warning])
        #expect(severities([1, 2, 3, 4], [4, 202, 203, 204]) == [.warning])
        #expect(severities([1], [201]) == [.warning])
    }
}
