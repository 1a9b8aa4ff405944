import Catalogue
import Kernel
import Model

@testable import Tuning

/// A host for the planner, made in code: settings as the kernel prints them.
struct PlanScene {
    var host: PlanningHost

    static let untuned = [
        "net.ipv4.ip_local_port_range": "32768\t60999",
        "net.ipv4.ip_unprivileged_port_start": "1024", "net.ipv4.ip_local_reserved_ports": "",
        "net.ipv4.tcp_tw_reuse": "2", "net.ipv4.tcp_timestamps": "1",
        "net.core.somaxconn": "4096", "net.ipv4.tcp_fin_timeout": "60",
        "net.ipv4.tcp_rmem": "4096\t131072\t33554432", "net.ipv4.tcp_max_tw_buckets": "131072",
        "net.netfilter.nf_conntrack_max": "262144", "net.netfilter.nf_conntrack_buckets": "262144",
        "net.core.rmem_max": "4194304", "net.ipv4.tcp_congestion_control": "cubic",
        "net.ipv4.tcp_available_congestion_control": "reno cubic",
    ]

    init(_ changes: [String: String?] = [:], listening ports: [UInt16] = []) {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 4_026_531_840, name: "init", isInit: true), time: 0,
            uptime: 0, source: .diag)
        let given = changes.compactMapValues(\.self)
        for (key, value) in Self.untuned.merging(given, uniquingKeysWith: { $1 })
        where changes[key] != .some(nil) {
            snapshot.settings.append(Setting(key: key, value: value))
        }
        for (key, value) in changes where value == nil {
            snapshot.settings.append(Setting(key: key, missing: .absent))
        }
        snapshot.listeners = ports.map {
            Listener(
                address: .unspecifiedV4, port: $0, backlog: 4096,
                owner: Owner(name: "nginx", confidence: .certain, reason: ""))
        }
        var access: [String: SysctlAccess] = [:]
        for setting in snapshot.settings where setting.value != nil {
            access[setting.key] = .writable
        }
        host = PlanningHost(
            host: Host(
                name: "web-3", kernel: "6.18.44", machine: "x86_64", bootID: "b",
                processors: 4, memory: ["MemTotal": 8 << 30]),
            snapshot: snapshot, ticksPerSecond: 250, access: access)
    }

    func plan(
        _ settings: [(String, Wish)], requires: [Requirement] = []
    ) throws(Refusal) -> Plan {
        try Planner.plan(Self.profile(settings, requires: requires), on: host)
    }

    static func profile(
        _ settings: [(String, Wish)], requires: [Requirement] = []
    ) -> Profile {
        Profile(
            name: "test", summary: "a test", requires: requires,
            settings: settings.enumerated().map {
                ProfileSetting(
                    key: $1.0, wish: $1.1, why: "why \($1.0)", place: "test.toml:\($0 + 1)")
            }, path: "test.toml", digest: "d")
    }
}

extension Wish {
    static func exact(_ text: String) -> Wish { .exact(.text(text)) }
    static func atLeast(_ text: String) -> Wish { .atLeast(.text(text)) }
    static func atMost(_ text: String) -> Wish { .atMost(.text(text)) }
}
