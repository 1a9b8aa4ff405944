import Model
import Testing

@testable import Audit

@Suite struct `An address that is gone` {
    private static func scene(_ counts: [TCPState: Int]) -> Scene {
        var scene = Scene()
        let share = OwnerShare(
            owner: Owner(name: "postgres", pids: [9], confidence: .certain, reason: ""), sockets: 2)
        scene.now.goneAddresses = [
            GoneAddress(
                address: IPAddress(v4: 0x0a00_0032), states: StateCounts(counts), retransmitting: 1,
                samples: (1...2).map {
                    SocketSample(
                        inode: $0, uid: 0, cgroup: 0, localPort: 1, state: .established)
                }, owners: [share])
        ]
        return scene
    }

    @Test(arguments: [(2, nil), (3, Severity.notice), (9, .notice), (10, .warning)])
    func `is told from three connections on`(count: Int, severity: Severity?) {
        let findings = Self.scene([.established: count]).findings(of: AddressGone())
        #expect(findings.first?.severity == severity)
    }

    @Test func `is named with its states, its owner and how to end its sockets`() throws {
        let scene = Self.scene([.established: 40, .synSent: 20])
        let finding = try #require(scene.findings(of: AddressGone()).first)
        #expect(finding.subject == "10.0.0.50")
        #expect(finding.observed.contains("ESTABLISHED 40, SYN_SENT 20"))
        #expect(finding.owner?.name == "postgres" && finding.owner?.confidence == .likely)
        #expect(finding.commands == ["ss -K src 10.0.0.50", "ip route get 10.0.0.50"])
    }

    @Test func `is none where all are there, and not checked where nobody asked`() {
        var scene = Scene()
        scene.connect([.established: 3])
        #expect(scene.findings(of: AddressGone()).isEmpty)
        #expect(Coverage.summary(of: [scene.situation])?.contains("local addresses") == true)
        scene.now.goneAddresses = []
        #expect(scene.findings(of: AddressGone()).isEmpty)
        #expect(Coverage.summary(of: [scene.situation])?.contains("local addresses") == false)
    }
}
