import Kernel
import Model
import Testbed
import Testing
import Tuning

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `A twin` {
        private static let host = HostValues(values: [
            SettingValue(key: "net.ipv4.ip_local_port_range", value: "512 2511"),
            SettingValue(key: "net.ipv4.ip_unprivileged_port_start", value: "256"),
            SettingValue(key: "net.ipv4.tcp_fin_timeout", value: "33"),
            SettingValue(key: "net.ipv4.tcp_tw_reuse", value: "0"),
            SettingValue(key: "net.ipv4.tcp_sack", value: "1"),
            SettingValue(key: "net.ipv4.tcp_keepalive_time", value: "7200"),
        ])

        private func plan(
            _ changes: [(key: String, before: String, wanted: String, scope: String)]
        ) -> Plan {
            var plan = Plan(
                profile: ProfileIdentity(name: "made-up", path: "/x.toml", digest: "00"),
                namespace: Namespace(inode: 1, name: "init"), bootID: "b")
            plan.changes = changes.map {
                PlannedChange(
                    key: $0.key, before: $0.before, wanted: $0.wanted, landed: $0.wanted,
                    scope: $0.scope, reversible: .proven, reason: "")
            }
            return plan
        }

        private func values(_ arm: Arm) -> [String: String] {
            Dictionary(arm.settings.map { ($0.key.name, $0.value) }) { $1 }
        }

        @Test func `has the host's values, in an order that a namespace takes`() throws {
            let twin = try Twin(host: Self.host, plan: plan([]), scaling: .none)
            #expect(twin.carried == Self.host.values && twin.notCarried.isEmpty)
            let arm = try twin.armNow()
            // What a fresh namespace has by itself is not written.
            #expect(values(arm)["net.ipv4.tcp_sack"] == nil)
            let network = try PrivateNetwork.make()
            let settings = arm.settings
            let read = try network.run(in: .server) { () throws(KernelError) -> [String?] in
                let writer = try SysctlWriter.open()
                for setting in settings { try writer.write(setting.value, to: setting.key) }
                var reader = SysctlReader()
                return Self.host.values.map { value in
                    guard let key = SysctlKey(value.key), case .value(let text) = reader.read(key)
                    else { return nil }
                    return text.split { $0 == "\t" }.joined(separator: " ")
                }
            }
            #expect(read == Self.host.values.map(\.value))
        }

        @Test func `says what it does not have, and why`() throws {
            var host = Self.host
            host.values += [
                SettingValue(key: "net.ipv4.tcp_syn_retries", value: "999"),
                SettingValue(key: "net.ipv4.tcp_mem", value: "1 2 3"),
            ]
            host.unread = [MissingValue(key: "net.ipv4.tcp_ecn", value: "", why: "unread")]
            let twin = try Twin(host: host, plan: plan([]), scaling: .none)
            #expect(
                Set(twin.notCarried.map(\.key)) == [
                    "net.ipv4.tcp_syn_retries", "net.ipv4.tcp_mem", "net.ipv4.tcp_ecn",
                ])
            #expect(twin.notCarried.allSatisfy { !$0.why.isEmpty })
        }

        @Test func `tries a plan's changes, and lists what no namespace can show`() throws {
            let twin = try Twin(
                host: Self.host,
                plan: plan([
                    ("net.ipv4.tcp_tw_reuse", "0", "1", "namespace"),
                    ("net.ipv4.tcp_fin_timeout", "33", "20", "namespace"),
                    ("fs.file-max", "1", "2", "host"),
                    ("net.core.rmem_max", "1", "2", "readOnlyElsewhere"),
                    ("net.netfilter.nf_conntrack_tcp_timeout_time_wait", "120", "60", "namespace"),
                ]), scaling: .none)
            #expect(twin.tried.map(\.key) == ["net.ipv4.tcp_tw_reuse", "net.ipv4.tcp_fin_timeout"])
            #expect(
                twin.notShown.map(\.key) == [
                    "fs.file-max", "net.core.rmem_max",
                    "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
                ])
            let (now, then) = (try twin.armNow(), try twin.arm("made-up"))
            #expect(values(now)["net.ipv4.tcp_fin_timeout"] == "33")
            #expect(values(then)["net.ipv4.tcp_fin_timeout"] == "20")
            let without = try twin.arm("x", leavingOut: ["net.ipv4.tcp_fin_timeout"])
            #expect(values(without)["net.ipv4.tcp_fin_timeout"] == "33")
            #expect(values(without)["net.ipv4.tcp_tw_reuse"] == "1")
        }

        @Test func `reads what this machine's namespaces have, and carries all of it`() throws {
            let host = HostValues.read()
            #expect(host.values.count > 50)
            let twin = try Twin(host: host, plan: plan([]), scaling: .none)
            #expect(twin.notCarried.isEmpty, "\(twin.notCarried)")
        }

        // 0.6 s: 269 connections on 200 ports, and on 316.
        private static var small: Workload {
            var workload = Workload.outboundClient
            workload.plan.seconds = 0.6
            workload.scaling = .ports(room: 200)
            return workload
        }

        private static let useless = [
            (key: "net.ipv4.tcp_fin_timeout", before: "60", wanted: "30", scope: "namespace"),
            (key: "net.ipv4.tcp_keepalive_time", before: "7200", wanted: "300", scope: "namespace"),
        ]

        private func prove(
            _ changes: [(key: String, before: String, wanted: String, scope: String)],
            attributes: Bool = false
        ) throws -> Proof {
            let host = HostValues(values: [
                SettingValue(key: "net.ipv4.ip_local_port_range", value: "32768 60999"),
                SettingValue(key: "net.ipv4.tcp_fin_timeout", value: "60"),
                SettingValue(key: "net.ipv4.tcp_keepalive_time", value: "7200"),
            ])
            return try ProofRun(
                .init(
                    plan: plan(changes), host: host, workload: Self.small, reason: "a test",
                    attributes: attributes)
            ).run()
        }

        @Test func `shows what helps, and which of three lines it is`() throws {
            let range = [
                (
                    key: "net.ipv4.ip_local_port_range", before: "32768 60999",
                    wanted: "16384 60999", scope: "namespace"
                )
            ]
            let proof = try prove(range + Self.useless, attributes: true)
            #expect(proof.verdict == .helps, "\(proof.sentence)")
            let errors = try #require(proof.metrics.first)
            #expect(
                (67...70).contains(errors.before) && errors.after == 0
                    && errors.verdict == .better)
            let attribution = try #require(proof.attribution)
            #expect(
                attribution.lines.filter { $0.effect == .matters }.map(\.keys) == [
                    ["net.ipv4.ip_local_port_range"]
                ])
            #expect(attribution.lines.count == 3 && attribution.of == 3)
            #expect(attribution.sentence.hasPrefix("1 of 3 settings matters"))
        }

        @Test func `says of settings that do nothing here that they have no effect`() throws {
            // Where the machine was too slow for a run, the others are too few to call them the same: it is said, and proven anew.
            var proof = try prove(Self.useless)
            for _ in 0..<2 where proof.verdict == .inconclusive { proof = try prove(Self.useless) }
            #expect(proof.verdict == .noEffect, "\(proof.sentence)")
            let errors = try #require(proof.metrics.first)
            #expect((67...70).contains(errors.before), "\(errors.before)")
            #expect(proof.sentence.contains("does not help"))
            // Half the ports bear half the connections: what the law predicts is what the twin does.
            let checks = try #require(proof.lawChecks)
            #expect(checks.count == 1 && checks.allSatisfy(\.holds), "\(checks)")
            #expect(checks[0].predicted == 135)
        }

        @Test func `is void where a run is not as long as its law says`() throws {
            var workload = Workload.outboundClient
            workload.plan.seconds = 0.5
            workload.leastSeconds = 0.5
            workload.hostRate = 450 * 0.6 / 60 * 28_232 / 270
            // A minute in 0.6 s, of which the run has but 0.5.
            workload.scaling = .measured(ports: 270.0 / 28_232, minute: 0.01)
            let host = HostValues(values: [
                SettingValue(key: "net.ipv4.ip_local_port_range", value: "32768 60999"),
                SettingValue(key: "net.ipv4.tcp_keepalive_time", value: "7200"),
            ])
            let proof = try ProofRun(
                .init(
                    plan: plan([Self.useless[1]]), host: host, workload: workload,
                    reason: "a test", runs: 2)
            ).run()
            #expect(proof.void?.contains("did not follow its scaling law") == true)
            #expect(proof.verdict == .inconclusive)
            #expect(proof.metrics.allSatisfy { $0.verdict == .unclear })
            #expect(proof.lawChecks?.first?.holds == false)
            #expect(proof.sentence.contains("did not follow its scaling law"))
        }

        @Test func `knows what makes it worse`() throws {
            let narrow = [
                (
                    key: "net.ipv4.ip_local_port_range", before: "32768 60999",
                    wanted: "40000 50000", scope: "namespace"
                )
            ]
            let proof = try prove(narrow)
            #expect(proof.verdict == .hurts && proof.verdict.makesWorse, "\(proof.sentence)")
        }

        @Test func `ended early keeps what it has, and is marked`() throws {
            let stop = StopSign()
            let proof = try ProofRun(
                .init(
                    plan: plan(Self.useless), host: Self.host, workload: Self.small,
                    reason: "a test"),
                stop: stop
            ).run { if $0.run == 3 { stop.set() } }
            #expect(proof.wasInterrupted && proof.verdict == .inconclusive)
            #expect(proof.arms.allSatisfy { (1...2).contains($0.trials.count) })
        }
    }
}

@Suite struct `The lines left out` {
    @Test func `are single while there is time, then neighbours together`() {
        #expect(Attribution.groups(["a", "b", "c"], most: 3) == [["a"], ["b"], ["c"]])
        #expect(
            Attribution.groups(["a", "b", "c", "d", "e"], most: 3) == [
                ["a", "b"], ["c", "d"], ["e"],
            ])
    }
}
