import Catalogue
import Model

@testable import Audit

/// Builds situations for the rules about queues, tables, counters and settings.
enum QueueFixtures {
    /// Counters of a host without traffic, as Linux 6.18 showed them.
    static let idleCounters: [String: Int] = [
        "Tcp.ActiveOpens": 35, "Tcp.PassiveOpens": 26, "Tcp.AttemptFails": 0,
        "Tcp.EstabResets": 14, "Tcp.CurrEstab": 0, "Tcp.InSegs": 3349, "Tcp.OutSegs": 1807,
        "Tcp.RetransSegs": 0, "Tcp.OutRsts": 14, "TcpExt.SyncookiesSent": 0,
        "TcpExt.SyncookiesRecv": 0, "TcpExt.SyncookiesFailed": 0, "TcpExt.PruneCalled": 0,
        "TcpExt.RcvPruned": 0, "TcpExt.EmbryonicRsts": 0, "TcpExt.OfoPruned": 0, "TcpExt.TW": 20,
        "TcpExt.PAWSEstab": 0,
        "TcpExt.PAWSTimewait": 0, "TcpExt.TSEcrRejected": 0, "TcpExt.ListenOverflows": 0,
        "TcpExt.ListenDrops": 0, "TcpExt.TCPTimeouts": 2, "TcpExt.TCPSynRetrans": 0,
        "TcpExt.TCPReqQFullDoCookies": 0, "TcpExt.TCPReqQFullDrop": 0, "TcpExt.TCPRcvQDrop": 0,
        "TcpExt.TCPMemoryPressures": 0, "TcpExt.TCPAbortOnData": 0, "TcpExt.TCPAbortOnClose": 0,
        "TcpExt.TCPAbortOnMemory": 0, "TcpExt.TCPAbortOnTimeout": 0, "sockstat.TCP.mem": 115,
        "nf_conntrack.count": 0, "nf_conntrack.max": 262144, "nf_conntrack.drop": 0,
        "nf_conntrack.early_drop": 0, "nf_conntrack.insert_failed": 0,
    ]

    /// Settings of the same host.
    static let idleSettings: [String: String] = [
        "net.core.somaxconn": "4096", "net.ipv4.tcp_syncookies": "1", "net.ipv4.tcp_rfc1337": "0",
        "net.ipv4.tcp_timestamps": "1", "net.ipv4.tcp_mem": "287898\t383867\t575796",
        "net.ipv4.tcp_rmem": "4096\t131072\t33554432", "net.ipv4.tcp_syn_retries": "6",
        "net.ipv4.tcp_synack_retries": "5", "net.ipv4.tcp_fin_timeout": "60",
        "net.ipv4.ip_local_port_range": "32768\t60999", "net.ipv4.ip_local_reserved_ports": "",
        "net.ipv4.tcp_abort_on_overflow": "0", "net.netfilter.nf_conntrack_max": "262144",
        "net.netfilter.nf_conntrack_tcp_timeout_time_wait": "120", "fs.nr_open": "1048576",
        "fs.file-max": "2466170", "net.ipv4.tcp_tw_reuse": "2",
    ]

    static let initNamespace = Namespace(inode: 4_026_531_840, name: "init", isInit: true)

    static func host(kernel: String = "6.18.44") -> Host {
        Host(
            name: "web-3", kernel: kernel, machine: "x86_64", processors: 2,
            memory: ["MemAvailable": 20 << 30],
            files: FileTable(allocated: 955, maximum: 2_466_170), pressure: ["memory": 0])
    }

    /// A snapshot with these counters, `GROUP.NAME`, on top of those of an idle host.
    static func snapshot(
        _ counters: [String: Int] = [:], settings: [String: String] = [:], uptime: Double = 2485,
        namespace: Namespace = initNamespace, listeners: [Listener] = []
    ) -> Snapshot {
        var snapshot = Snapshot(
            namespace: namespace, time: 1_795_353_060, uptime: uptime, source: .diag)
        for (path, value) in idleCounters.merging(counters, uniquingKeysWith: { $1 }) {
            let parts = path.split(separator: ".")
            snapshot.counters[
                parts.dropLast().joined(separator: "."), String(parts[parts.endIndex - 1])] = Int64(
                    value)
        }
        snapshot.settings = idleSettings.merging(settings, uniquingKeysWith: { $1 })
            .sorted { $0.key < $1.key }.map { Setting(key: $0.key, value: $0.value) }
        snapshot.listeners = listeners
        return snapshot
    }

    static func situation(
        _ now: Snapshot, earlier: Snapshot? = nil, host: Host = host(), neighbours: [Snapshot] = []
    ) -> Situation {
        Situation(
            host: host, view: Observation.View(now: now, earlier: earlier), neighbours: neighbours)
    }

    /// One look at these counters.
    static func once(
        _ counters: [String: Int] = [:], settings: [String: String] = [:],
        listeners: [Listener] = []
    ) -> Situation {
        situation(snapshot(counters, settings: settings, listeners: listeners))
    }

    /// Two looks, two seconds apart, between which the counters grew from those of an idle host to these.
    static func grown(
        _ counters: [String: Int] = [:], settings: [String: String] = [:],
        listeners: [Listener] = []
    ) -> Situation {
        situation(
            snapshot(counters, settings: settings, listeners: listeners),
            earlier: snapshot(settings: settings, uptime: 2483))
    }

    static func listener(
        queue: Int = 0, backlog: Int = 128, states: [TCPState: Int] = [:], retransmitted: Int = 0,
        sockets: Int = 1, address: IPAddress = .unspecifiedV4, port: UInt16 = 443
    ) -> Listener {
        Listener(
            address: address, port: port, sockets: sockets, queue: queue, backlog: backlog,
            states: StateCounts(states), retransmittedRequests: retransmitted,
            owner: Owner(name: "nginx", pids: [812], confidence: .certain, reason: "holds it"))
    }

    /// A host whose boot-time files hold this line for the key, whose value is now another, or none.
    static func booting(
        _ key: String, line: String, now: String?, shadowed: [Assignment] = [],
        procps: Assignment? = nil, kernel: String = "6.18.44"
    ) -> Situation {
        var snapshot = snapshot()
        snapshot.settings.removeAll { $0.key == key }
        let winner = Assignment(value: line, file: "/etc/sysctl.d/90-tuning.conf", line: 4)
        snapshot.settings.append(
            Setting(
                key: key, value: now, missing: now == nil ? .absent : nil,
                boot: BootSetting(
                    systemd: winner, procps: procps ?? winner, shadowed: shadowed, rule: .systemd)))
        return situation(snapshot, host: host(kernel: kernel))
    }

    /// A line of a file whose key was not looked for.
    static func stray(_ key: String, _ value: String = "1", kernel: String = "6.18.44") -> Situation
    {
        var snapshot = snapshot()
        snapshot.strayAssignments = [
            StrayAssignment(
                key: key,
                assignment: Assignment(value: value, file: "/etc/sysctl.d/90-tuning.conf", line: 7))
        ]
        return situation(snapshot, host: host(kernel: kernel))
    }
}

extension Rule {
    func severities(in situation: Situation) -> [Severity] {
        findings(in: situation).map(\.severity)
    }
}
