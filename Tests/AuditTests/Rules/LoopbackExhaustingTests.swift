import Model
import Testing

@testable import Audit

@Suite struct `Loopback exhausting` {
    private let rule = LoopbackExhausting()

    private func scene(
        _ states: [TCPState: Int], to address: IPAddress = Scene.loopback, reuse: String = "2"
    ) -> Scene {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", reuse)
        scene.listen(
            6379, owner: Owner(name: "redis-server", confidence: .certain, reason: "holds it"))
        scene.connect(states, from: address, to: address, port: 6379)
        return scene
    }

    @Test func `is found where nothing is reused, and names the server and the socket`() throws {
        let finding = try #require(
            scene([.timeWait: 27500], reuse: "0").findings(of: rule).first)
        #expect(finding.severity == .critical)
        #expect(finding.cause.contains("the server is redis-server"))
        #expect(finding.remedies[1].text.contains("connect to redis-server through a Unix socket"))
        #expect(finding.commands.contains("tcptune apply outbound-reuse"))
    }

    @Test func `is found on an own address, to which the default does not apply`() throws {
        let finding = try #require(
            scene([.timeWait: 14000], to: Scene.source).findings(of: rule).first)
        #expect(finding.severity == .warning)
        #expect(finding.cause.contains("only for 127/8 and ::1"))
    }

    @Test func `is silent where the default reuses the ports`() {
        // Reuse that works leaves no more than the half that is tried first.
        #expect(scene([.timeWait: 14100]).findings(of: rule).isEmpty)
        #expect(!scene([.timeWait: 14100], reuse: "0").findings(of: rule).isEmpty)
    }

    @Test func `begins at 45 per cent of live connections`() {
        #expect(scene([.established: 12704]).findings(of: rule).isEmpty)
        #expect(scene([.established: 12705]).findings(of: rule).map(\.severity) == [.warning])
    }

    @Test func `is found where more ports wait than working reuse leaves, as after bind()`() {
        var scene = scene([.timeWait: 27500])
        // Something was reused some day: it may be of this destination.
        scene.now.counters["TcpExt", "TWRecycled"] = 3
        #expect(scene.findings(of: rule).map(\.severity) == [.warning])
        scene.now.counters["TcpExt", "TWRecycled"] = 0
        #expect(scene.findings(of: rule).map(\.severity) == [.critical])
        #expect(
            scene.findings(of: rule).first?.cause.contains("chooses the port with bind()") == true)
    }

    @Test func `offers a Unix socket only where the server is seen, and reuse only for TIME_WAIT`()
    {
        var scene = scene([.established: 27500], to: Scene.source)
        #expect(scene.findings(of: rule)[0].remedies.contains { $0.text.contains("Unix socket") })
        #expect(!scene.findings(of: rule)[0].commands.contains("tcptune apply outbound-reuse"))
        scene.now.listeners = []
        #expect(!scene.findings(of: rule)[0].remedies.contains { $0.text.contains("Unix socket") })
    }

    @Test func `leaves other hosts to ports exhausting`() {
        var scene = Scene()
        scene.connect([.timeWait: 28000])
        #expect(scene.findings(of: rule).isEmpty)
    }
}
