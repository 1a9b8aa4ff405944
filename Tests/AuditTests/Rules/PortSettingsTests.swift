import Model
import Testing

@testable import Audit

@Suite struct `Reuse disabled` {
    private let rule = ReuseDisabled()

    private func findings(reuse: String?, timestamps: String?, waiting: Int = 0) -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.tcp_tw_reuse", reuse)
        scene.set("net.ipv4.tcp_timestamps", timestamps)
        if waiting > 0 { scene.connect([.timeWait: waiting]) }
        return scene.findings(of: rule)
    }

    @Test func `is found where reuse is on and timestamps are off`() {
        let idle = findings(reuse: "1", timestamps: "0")
        #expect(idle.map(\.severity) == [.notice])
        #expect(idle.first?.commands == ["sysctl -w net.ipv4.tcp_timestamps=1"])
        #expect(idle.first?.remedies[0].effect.contains("from 470/s to 28 232/s") == true)
        #expect(findings(reuse: "1", timestamps: "0", waiting: 8000).map(\.severity) == [.warning])
    }

    @Test func `is found where a quarter of the ports waits for another host`() {
        // 28 232 / 4 = 7058
        #expect(findings(reuse: "2", timestamps: "1", waiting: 7057).isEmpty)
        let found = findings(reuse: "2", timestamps: "1", waiting: 7058)
        #expect(found.map(\.severity) == [.notice])
        #expect(
            found.first?.observed.contains("7058 of 28 232 ports (25 %) in TIME_WAIT") == true)
        #expect(findings(reuse: "0", timestamps: "1", waiting: 7058).count == 1)
    }

    @Test func `says why reuse does not help where the peer has no timestamps`() throws {
        func found(reuse: String, recycled: Int64? = nil, timestamps: Bool?) -> [Finding] {
            var scene = Scene()
            scene.set("net.ipv4.tcp_tw_reuse", reuse)
            scene.connect([.timeWait: 20000])
            scene.now.tuples[0].usesTimestamps = timestamps
            scene.now.counters["TcpExt", "TWRecycled"] = recycled
            return scene.findings(of: rule)
        }
        let seen = try #require(found(reuse: "1", timestamps: false).first)
        #expect(seen.severity == .warning)
        #expect(seen.observed.hasPrefix("tcp_tw_reuse is 1 and frees no port to 10.0.0.9:5432"))
        #expect(seen.remedies.contains { $0.text.contains("timestamps on at the peer") })
        #expect(!seen.commands.contains { $0.contains("reuse") })
        let two = try #require(found(reuse: "2", timestamps: false).first)
        #expect(two.severity == .notice && !two.commands.contains { $0.contains("reuse") })
        #expect(found(reuse: "1", recycled: 0, timestamps: nil).first?.severity == .warning)
        #expect(found(reuse: "1", recycled: 7, timestamps: nil).isEmpty)
    }

    @Test func `is silent where reuse works or its setting was not read`() {
        #expect(findings(reuse: "1", timestamps: "1", waiting: 20000).isEmpty)
        #expect(findings(reuse: nil, timestamps: "1", waiting: 20000).isEmpty)
        #expect(findings(reuse: "1", timestamps: nil, waiting: 20000).isEmpty)
        #expect(findings(reuse: "2", timestamps: "1").isEmpty)
    }
}

@Suite struct `Port range narrow` {
    private let rule = PortRangeNarrow()

    private func findings(_ range: String?, used: Int = 0, reserved: String = "") -> [Finding] {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", range, in: "/etc/sysctl.d/90-tuning.conf")
        scene.set("net.ipv4.ip_local_reserved_ports", reserved)
        if used > 0 { scene.connect([.established: used]) }
        return scene.findings(of: rule)
    }

    @Test func `begins below half of the kernel's own range`() {
        #expect(findings("40000 54115").isEmpty)
        let found = findings("40000 54114")
        #expect(found.map(\.severity) == [.notice])
        #expect(found.first?.commands.first?.hasSuffix("=\"32768 60999\"") == true)
        #expect(found.first?.remedies[0].undo.hasSuffix("=\"40000 54114\"") == true)
        #expect(found.first?.cause.contains("/etc/sysctl.d/90-tuning.conf:4") == true)
    }

    @Test func `warns where a quarter of it is taken`() {
        #expect(findings("40000 40999", used: 249).map(\.severity) == [.notice])
        #expect(findings("40000 40999", used: 250).map(\.severity) == [.warning])
    }

    @Test func `is critical where no port is left`() {
        let found = findings("40000 40999", reserved: "40000-40999")
        #expect(found.map(\.severity) == [.critical])
        #expect(found.first?.cause.contains("EADDRNOTAVAIL") == true)
    }

    @Test func `sees reserved ports`() {
        #expect(findings("32768 60999", reserved: "32768-46884").isEmpty == false)
        #expect(
            findings("32768 60999", reserved: "32768-46884").first?.observed
                .contains("14 117 reserved") == true)
        #expect(findings("32768 60999", reserved: "1-1000").isEmpty)
    }

    @Test func `is silent on the kernel's range, and where it was not read`() {
        #expect(findings("32768 60999", used: 20000).isEmpty)
        #expect(findings(nil).isEmpty)
    }
}

@Suite struct `Port range overlaps listener` {
    private let rule = PortRangeOverlapsListener()

    private func scene(_ ports: [UInt16], range: String, reserved: String? = "") -> Scene {
        var scene = Scene()
        scene.set("net.ipv4.ip_local_port_range", range)
        scene.set("net.ipv4.ip_local_reserved_ports", reserved)
        for port in ports {
            scene.listen(port, owner: Owner(name: "app", confidence: .certain, reason: ""))
        }
        return scene
    }

    @Test func `is found where a range was widened over a service`() throws {
        let found = scene([8080, 3306], range: "1024 65535", reserved: "9000-9010")
            .findings(of: rule)
        let finding = try #require(found.first)
        #expect(finding.severity == .warning)
        #expect(finding.observed.hasPrefix("listening on 3306 (app), 8080 (app) within"))
        // A write replaces the list: what was reserved must stay.
        #expect(
            finding.commands
                == ["sysctl -w net.ipv4.ip_local_reserved_ports=\"9000-9010,3306,8080\""])
        #expect(finding.remedies[1].undo.hasSuffix("=\"9000-9010\""))
    }

    @Test func `notes a chosen port of the kernel's own range, and passes over automatic ones`() {
        #expect(
            scene([33060], range: "32768 60999").findings(of: rule).map(\.severity) == [.notice])
        #expect(scene([33061], range: "32768 60999").findings(of: rule).isEmpty)
    }

    @Test func `takes the ends of the range as within`() {
        #expect(scene([8080], range: "8080 20000").findings(of: rule).count == 1)
        #expect(scene([8079], range: "8080 20000").findings(of: rule).isEmpty)
        #expect(scene([20001], range: "8080 20000").findings(of: rule).isEmpty)
    }

    @Test func `is silent where the port is reserved or reservations were not read`() {
        #expect(
            scene([8080], range: "1024 65535", reserved: "8000-8100,22").findings(of: rule)
                .allSatisfy { !$0.observed.contains("8080") })
        #expect(scene([8080], range: "1024 65535", reserved: nil).findings(of: rule).isEmpty)
    }
}
