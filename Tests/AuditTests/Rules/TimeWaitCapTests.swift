import Model
import Testing

@testable import Audit

@Suite struct `TIME_WAIT overflow` {
    private let rule = TimeWaitOverflow()

    private func scene(cap: String? = "1000", tw: Int64, overflows: Int64?) -> Scene {
        var scene = Scene()
        scene.set("net.ipv4.tcp_max_tw_buckets", cap, in: "/etc/sysctl.d/tw.conf")
        scene.now.counters["sockstat.TCP", "tw"] = tw
        scene.now.counters["TcpExt", "TCPTimeWaitOverflow"] = overflows
        return scene
    }

    @Test func `is found by its rate over an interval`() throws {
        var scene = scene(tw: 1000, overflows: 100)
        scene.passTenSeconds()
        scene.now.counters["TcpExt", "TCPTimeWaitOverflow"] = 150
        let finding = try #require(scene.findings(of: rule).first)
        #expect(finding.severity == .warning)
        #expect(finding.number("overflows_per_second") == 5)
        #expect(finding.cause.contains("/etc/sysctl.d/tw.conf:4 lowers the limit"))
        #expect(finding.commands == ["sysctl -w net.ipv4.tcp_max_tw_buckets=131072"])
    }

    @Test func `is silent where the counter stands still over an interval`() {
        var scene = scene(tw: 1000, overflows: 100)
        scene.passTenSeconds()
        #expect(scene.findings(of: rule).isEmpty)
    }

    @Test func `without an interval needs a counter and nine tenths of the limit`() {
        #expect(scene(tw: 900, overflows: 1).findings(of: rule).count == 1)
        #expect(scene(tw: 899, overflows: 1).findings(of: rule).isEmpty)
        #expect(scene(tw: 1000, overflows: 0).findings(of: rule).isEmpty)
    }

    @Test func `is silent without limit, counter or setting`() {
        #expect(scene(cap: "-1", tw: 9_000_000, overflows: 1).findings(of: rule).isEmpty)
        #expect(scene(tw: 1000, overflows: nil).findings(of: rule).isEmpty)
        #expect(scene(cap: nil, tw: 1000, overflows: 5).findings(of: rule).isEmpty)
    }
}

@Suite struct `TIME_WAIT cap near` {
    private let rule = TimeWaitCapNear()

    private func findings(
        cap: String, tw: Int64, overflows: Int64 = 0, file: String? = nil
    ) -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_max_tw_buckets", cap, in: file)
        scene.now.counters["sockstat.TCP", "tw"] = tw
        scene.now.counters["TcpExt", "TCPTimeWaitOverflow"] = overflows
        return scene.findings(of: rule)
    }

    @Test func `begins at 80 per cent`() {
        #expect(findings(cap: "131072", tw: 104_857).isEmpty)
        #expect(findings(cap: "131072", tw: 104_858).map(\.severity) == [.warning])
        #expect(
            findings(cap: "131072", tw: 104_858).first?.commands
                == ["sysctl -w net.ipv4.tcp_max_tw_buckets=262144"])
    }

    @Test func `takes 0 for none allowed and a negative limit for none`() {
        #expect(findings(cap: "0", tw: 0).map(\.severity) == [.warning])
        #expect(findings(cap: "-1", tw: 9_000_000).isEmpty)
    }

    @Test func `calls a lowered limit a myth, with its line`() throws {
        let finding = try #require(findings(cap: "5000", tw: 10, file: "/etc/sysctl.conf").first)
        #expect(finding.severity == .myth)
        #expect(finding.subject == "/etc/sysctl.conf:4")
        #expect(finding.observed.contains("the kernel's default here is 131 072"))
        #expect(findings(cap: "65535", tw: 10, file: "/etc/sysctl.conf").count == 1)
        #expect(findings(cap: "65536", tw: 10, file: "/etc/sysctl.conf").isEmpty)
        // Whoever lowered it, and by whatever means.
        #expect(findings(cap: "5000", tw: 10).map(\.severity) == [.myth])
    }

    @Test func `is silent while the overflow speaks, and for values no kernel takes`() {
        #expect(findings(cap: "1000", tw: 1000, overflows: 3).isEmpty)
        #expect(findings(cap: "9223372036854775807", tw: .max).count == 1)
    }
}
