import Model
import Testing

@testable import Audit

@Suite struct `Peers that do not read` {
    private let rule = PeersNotReading()
    private let proxy = Owner(name: "haproxy", pids: [42], confidence: .certain, reason: "holds it")

    private func scene(
        probing: Int, established: Int, asked: Int = 8, closed: Int = 8
    ) -> Scene {
        var scene = Scene()
        scene.connect([.established: established])
        scene.now.stalledPeers = [
            StalledPeer(
                address: Scene.destination, port: 5432, probing: probing, bytes: 4 << 20,
                asked: min(asked, probing), closed: min(closed, probing),
                owners: [OwnerShare(owner: proxy, sockets: min(8, probing))])
        ]
        return scene
    }

    @Test(arguments: [
        // probing, established, severity
        (1, 1, nil), (2, 2, Severity.warning), (2, 4, .warning), (2, 5, nil), (9, 100, nil),
        (10, 100, .notice), (50, 100, .warning),
    ])
    func `are told from two on that are half, or ten`(
        probing: Int, established: Int, severity: Severity?
    ) {
        let findings = scene(probing: probing, established: established).findings(of: rule)
        #expect(findings.first?.severity == severity)
    }

    @Test func `are named with destination, program and what waits`() throws {
        let finding = try #require(scene(probing: 5, established: 5).findings(of: rule).first)
        #expect(finding.subject == "10.0.0.9:5432")
        #expect(finding.owner?.name == "haproxy")
        #expect(finding.observed.contains("5 of 5 open connections: the peer does not read"))
        #expect(finding.observed.contains("4.0 MiB"))
        #expect(!finding.cause.contains("gone"))
    }

    @Test func `count only whose window was closed for long`() {
        #expect(scene(probing: 8, established: 8, closed: 0).findings(of: rule).isEmpty)
        #expect(scene(probing: 8, established: 8, asked: 0, closed: 0).findings(of: rule).isEmpty)
        // One of eight: so many of the others, too.
        #expect(scene(probing: 8, established: 8, closed: 1).findings(of: rule).isEmpty)
        #expect(
            scene(probing: 80, established: 100, closed: 1).findings(of: rule).map(\.severity) == [
                .notice
            ])
    }

    @Test func `are not judged where nobody asked`() {
        var scene = scene(probing: 8, established: 8)
        scene.now.stalledPeers = nil
        #expect(scene.findings(of: rule).isEmpty)
    }
}
