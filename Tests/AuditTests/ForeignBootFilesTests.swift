import Model
import Testing

@testable import Audit

/// Boot-time files set the host's own namespace: no other one's values are theirs.
@Suite struct `A file of the host` {
    private static let file = "/etc/sysctl.d/90-tuning.conf"

    /// Values that a file of the host names, and that rules speak about.
    private func scene(isInit: Bool?) -> Scene {
        var scene = Scene()
        scene.now.namespace = Namespace(inode: 5, name: "shop", isInit: isInit)
        scene.set("net.ipv4.tcp_max_tw_buckets", "50", in: Self.file)
        scene.set("net.ipv4.tcp_fin_timeout", "30", in: Self.file)
        scene.set("net.ipv4.tcp_rfc1337", "1", in: Self.file)
        scene.set("net.ipv4.ip_local_port_range", "40000\t40999", in: Self.file)
        scene.now.states[.timeWait] = 49
        scene.now.counters["sockstat.TCP", "tw"] = 49
        scene.now.strayAssignments = [
            StrayAssignment(
                key: "net.ipv4.tcp_tw_recycle",
                assignment: Assignment(value: "1", file: Self.file, line: 4))
        ]
        return scene
    }

    private static func mentions(_ findings: [Finding]) -> [RuleID] {
        findings.filter { finding in
            ([finding.subject, finding.observed, finding.cause]
                + finding.remedies.flatMap { [$0.text, $0.command ?? "", $0.undo] }
                + finding.evidence.values.map { "\($0)" }).contains { $0.contains(Self.file) }
        }.map(\.rule)
    }

    @Test func `is not blamed for what another namespace has`() {
        let scene = scene(isInit: false)
        #expect(Self.mentions(scene.findings).isEmpty)
        #expect(scene.situation.now.settings.allSatisfy { $0.boot == nil })
        #expect(scene.findings.contains { $0.rule == .finTimeoutTrap })
    }

    @Test(arguments: [true, nil])
    func `is named where it may be what set the value`(isInit: Bool?) {
        let rules = Self.mentions(scene(isInit: isInit).findings)
        for rule in [RuleID.finTimeoutTrap, .portRangeNarrow, .rfc1337, .settingRemoved] {
            #expect(rules.contains(rule), "\(rules)")
        }
    }
}

@Suite struct `Boot files without a kernel` {
    private func rules(_ change: (inout Snapshot, inout Host) -> Void) -> [RuleID] {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: "captured", entry: .elsewhere), time: 0,
            uptime: 0, source: .none)
        snapshot.strayAssignments = [
            StrayAssignment(
                key: "net.ipv4.tcp_tw_recycle",
                assignment: Assignment(value: "1", file: "/etc/sysctl.d/9.conf", line: 1))
        ]
        var host = Host(name: "unknown", kernel: "unknown", machine: "unknown")
        change(&snapshot, &host)
        let situation = Situation(host: host, view: Observation.View(now: snapshot))
        return SettingRemoved().findings(in: situation).map(\.rule)
    }

    @Test func `are judged by what today's kernels have`() {
        #expect(rules { _, _ in } == [.settingRemoved])
    }

    @Test func `with a kernel of an unknown release are left alone`() {
        #expect(
            rules { snapshot, _ in
                snapshot.settings = [Setting(key: "net.ipv4.tcp_fin_timeout", value: "5")]
            }.isEmpty)
        #expect(rules { snapshot, _ in snapshot.source = .proc }.isEmpty)
        #expect(rules { _, host in host.kernel = "6.8.0" } == [.settingRemoved])
    }
}
