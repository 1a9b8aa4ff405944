import Model
import Testing

@testable import Audit

@Suite struct `Bind before connect` {
    private let rule = BindBeforeConnect()

    private func findings(_ tuples: [(used: Int, even: Int)]) -> [Finding] {
        var scene = Scene()
        for (index, tuple) in tuples.enumerated() {
            scene.connect([.timeWait: tuple.used], port: 8000 + UInt16(index), even: tuple.even)
        }
        return scene.findings(of: rule)
    }

    @Test func `is found by the half that connect() tries last`() throws {
        let finding = try #require(findings([(3000, 100), (2000, 100)]).first)
        #expect(finding.severity == .notice)
        #expect(finding.subject == "10.0.0.5")
        #expect(finding.count("destinations") == 2)
        #expect(finding.observed.contains("4800 of 5000 ports in use are odd (96 %)"))
        #expect(finding.remedies[0].text.contains("IP_BIND_ADDRESS_NO_PORT"))
    }

    @Test func `weighs the ports of all destinations of a source together`() {
        // 45 % of 28 232 is 12 704.4, 95 % is 26 820.4.
        #expect(findings([(6352, 0), (6352, 0)]).map(\.severity) == [.notice])
        #expect(findings([(6352, 0), (6353, 0)]).map(\.severity) == [.warning])
        #expect(findings([(14000, 0), (12821, 2682)]).map(\.severity) == [.critical])
    }

    @Test func `needs nine tenths of one parity and thirty-two ports`() {
        #expect(findings([(1000, 101)]).isEmpty)
        #expect(findings([(1000, 100)]).count == 1)
        #expect(findings([(31, 0)]).isEmpty)
        #expect(findings([(32, 0)]).count == 1)
    }

    @Test func `is silent for connect() alone`() {
        #expect(findings([(5000, 5000)]).isEmpty)
        #expect(findings([(20000, 14116)]).isEmpty)
    }

    @Test func `follows the parity of the range's low end`() {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", "20001 40000")
        scene.connect([.timeWait: 500], even: 500)
        #expect(scene.findings(of: rule).first?.observed.contains("are even") == true)
    }

    @Test func `takes clients of a service that no longer listens for what they are`() {
        // All on one local port: one row a tuple.
        #expect(findings(Array(repeating: (1, 0), count: 100)).isEmpty)
    }

    @Test func `is silent where the range was not read`() {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", nil)
        scene.connect([.timeWait: 500], even: 0)
        #expect(scene.findings(of: rule).isEmpty)
    }
}
