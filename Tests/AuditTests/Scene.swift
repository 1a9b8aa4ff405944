import Model

@testable import Audit

/// A host to be judged, healthy and idle until a test changes it.
///
/// Kernel 6.1 with its defaults and 24 GiB; sshd listens; two snapshots are ten seconds apart where one asks.
struct Scene {
    var host = Host(
        name: "web-3", kernel: "6.1.0-18-amd64", machine: "x86_64",
        memory: ["MemTotal": 24 << 30])
    var now = Scene.snapshot(at: 1000)
    var earlier: Snapshot?

    static let source = IPAddress(v4: 0x0a00_0005)
    static let destination = IPAddress(v4: 0x0a00_0009)
    static let loopback = IPAddress(v4: 0x7f00_0001)

    init() {
        for (key, value) in [
            "net.ipv4.ip_local_port_range": "32768\t60999",
            "net.ipv4.ip_local_reserved_ports": "", "net.ipv4.tcp_tw_reuse": "2",
            "net.ipv4.tcp_timestamps": "1", "net.ipv4.tcp_fin_timeout": "60",
            "net.ipv4.tcp_max_tw_buckets": "131072", "net.ipv4.tcp_max_orphans": "131072",
            "net.ipv4.tcp_orphan_retries": "0", "net.ipv4.ip_autobind_reuse": "0",
        ] {
            now.settings.append(Setting(key: key, value: value))
        }
        now.counters = Counters([
            "sockstat.TCP": ["tw": 2, "orphan": 1], "TcpExt": ["TCPTimeWaitOverflow": 0],
        ])
        listen(
            22, [.established: 2],
            owner: Owner(name: "sshd", pids: [700], confidence: .certain, reason: "holds it"))
    }

    private static func snapshot(at uptime: Double) -> Snapshot {
        Snapshot(
            namespace: Namespace(inode: 1, name: "init", isInit: true), time: 1_800_000_000,
            uptime: uptime, source: .diag)
    }

    mutating func set(_ key: String, _ value: String?, in file: String? = nil) {
        now.settings.removeAll { $0.key == key }
        let line = file.map { Assignment(value: value ?? "", file: $0, line: 4) }
        let boot = line.map { BootSetting(systemd: $0, procps: $0, rule: .systemd) }
        now.settings.append(
            Setting(key: key, value: value, missing: value == nil ? .unreadable : nil, boot: boot))
    }

    mutating func listen(
        _ port: UInt16, _ counts: [TCPState: Int] = [:],
        address: IPAddress = .unspecifiedV4, queue: Int = 0, withoutInode: Int = 0,
        owner: Owner = .unknown
    ) {
        let states = StateCounts(counts)
        now.listeners.append(
            Listener(
                address: address, port: port, queue: queue, backlog: 128, states: states,
                withoutInode: withoutInode, owner: owner))
        now.states = now.states + states
        now.states[.listen] += 1
    }

    /// Sockets of one tuple; the ports are those that connect() would have chosen, unless `even` says otherwise.
    mutating func connect(
        _ counts: [TCPState: Int], from source: IPAddress = source, to: IPAddress = destination,
        port: UInt16 = 5432, even: Int? = nil, closings: [Int]? = nil, withoutInode: Int = 0,
        outsideRange: Int = 0, owner: Owner = .unknown
    ) {
        let states = StateCounts(counts)
        let inRange = states.total - outsideRange
        now.tuples.append(
            PortLedger(
                tuple: Tuple(source: source, destination: to, port: port), states: states,
                outsideRange: outsideRange, evenPorts: even ?? min(inRange, 14116),
                closings: closings ?? Self.steady(states[.timeWait]), withoutInode: withoutInode,
                owner: owner))
        now.states = now.states + states
    }

    /// What the sockets of a source hold over all destinations, beside the tuples.
    mutating func count(
        _ distinct: Int, of sockets: Int, shared: Int = 0, even: Int, destinations: Int,
        privileged: Int = 0, at source: IPAddress = source
    ) {
        now.sourcePorts =
            (now.sourcePorts ?? []) + [
                SourcePorts(
                    address: source, sockets: sockets, distinct: distinct, shared: shared,
                    even: even, destinations: destinations, privileged: privileged)
            ]
    }

    /// So many closings, as evenly as whole numbers can be, over the last minute.
    static func steady(_ count: Int) -> [Int] {
        (0..<60).map { (count * ($0 + 1)) / 60 - (count * $0) / 60 } + [0]
    }

    /// Takes what is here now as the earlier snapshot, ten seconds ago.
    mutating func passTenSeconds() {
        earlier = now
        now.uptime += 10
        now.time += 10
    }

    var situation: Situation {
        Situation(host: host, view: Observation.View(now: now, earlier: earlier))
    }

    func findings(of rule: some Rule) -> [Finding] { rule.findings(in: situation) }

    /// What all the rules of these tests say.
    var findings: [Finding] {
        let situation = situation
        return Rules.all.flatMap { $0.findings(in: situation) }
    }
}

extension Finding {
    func count(_ name: String) -> Int? {
        if case .count(let count) = evidence[name] { count } else { nil }
    }

    func number(_ name: String) -> Double? {
        if case .number(let number) = evidence[name] { number } else { nil }
    }

    var commands: [String] { remedies.compactMap(\.command) }
}
