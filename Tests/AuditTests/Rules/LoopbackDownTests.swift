import Model
import Testing

@testable import Audit

@Suite struct `The loopback interface` {
    private let rule = LoopbackDown()

    @Test func `is told where it is down and somebody needs it`() {
        var scene = Scene()
        scene.now.loopbackUp = false
        #expect(scene.findings(of: rule).map(\.severity) == [.notice])
        scene.listen(
            6379, address: Scene.loopback,
            owner: Owner(name: "redis", confidence: .certain, reason: ""))
        #expect(scene.findings(of: rule).map(\.severity) == [.critical])
        #expect(scene.findings(of: rule).first?.observed.contains("127.0.0.1:6379") == true)
        scene.now.listeners = []
        #expect(scene.findings(of: rule).isEmpty)
        scene.connect([.synSent: 1], from: Scene.loopback, to: Scene.loopback)
        #expect(scene.findings(of: rule).map(\.severity) == [.critical])
    }

    @Test func `is no finding where it is up, or nobody looked`() {
        var scene = Scene()
        scene.listen(6379, address: Scene.loopback)
        #expect(scene.findings(of: rule).isEmpty)
        scene.now.loopbackUp = true
        #expect(scene.findings(of: rule).isEmpty)
    }
}
