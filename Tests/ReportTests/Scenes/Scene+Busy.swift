import Audit
import Model

extension Scene {
    /// A web server that has run out of ports to its database.
    static let busy = Scene(name: "busy", host: web, assessments: [assessment])

    static let web = Host(
        name: "web-3", kernel: "6.1.0-18-amd64", machine: "x86_64", processors: 8,
        memory: ["MemTotal": 33_554_432_000])

    private static var assessment: Assessment {
        let situation = Situation(host: web, view: .init(now: snapshot))
        return Assessment(situation: situation, findings: [exhausting, overflowing, myth])
    }

    /// A minute of closing at about so many a second, rising towards now.
    static func minute(_ perSecond: Int) -> [Int] {
        (0..<61).map { second in
            let wave = [0, 3, 7, 4, -2, -6, -3][second % 7]
            return max(0, perSecond + perSecond * (wave - second / 6) / 40)
        }
    }

    private static let php = Owner(
        name: "php-fpm", pids: [811, 812, 813], unit: "php8.2-fpm.service", confidence: .likely,
        reason: "31 live sockets to the same destination")
    private static let nginx = Owner(
        name: "nginx", pids: [640], unit: "nginx.service", confidence: .certain,
        reason: "it holds the listening socket")

    private static var snapshot: Snapshot {
        var snapshot = Snapshot(
            "init", inode: 4_026_531_840, isInit: true,
            states: [
                .established: 2011, .timeWait: 42_207, .closeWait: 812, .synReceived: 61,
                .finWait2: 3, .listen: 6,
            ])
        let database = minute(510)
        snapshot.tuples = [
            PortLedger(
                "10.0.0.5", "10.0.0.9", 5432, states: [.timeWait: 27_880, .established: 31],
                closings: database, owner: php),
            PortLedger(
                "10.0.0.5", "10.0.0.12", 6379, states: [.timeWait: 9421, .established: 8],
                closings: minute(172), owner: php),
            PortLedger(
                "127.0.0.1", "127.0.0.1", 9000, states: [.timeWait: 4021, .established: 240],
                closings: minute(74), owner: nginx),
            PortLedger(
                "2001:db8:12:3400:a00:27ff:fe4e:66a1", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:53", 443,
                states: [.timeWait: 885, .established: 112, .closeWait: 812],
                closings: minute(16),
                owner: Owner(
                    name: "node", pids: [2207], confidence: .possible,
                    reason: "its control group opened such sockets before")),
            PortLedger("10.0.0.5", "10.0.7.1", 53, states: [.established: 2]),
        ]
        snapshot.tupleCount = 412
        snapshot.listeners = [
            Listener(
                address: .unspecifiedV4, port: 443, sockets: 4, queue: 512, backlog: 511,
                states: StateCounts([.established: 1600, .timeWait: 0, .synReceived: 61]),
                owner: nginx),
            Listener(
                address: .unspecifiedV4, port: 80, backlog: 511,
                states: StateCounts([.established: 17]), owner: nginx),
            Listener(
                address: IPAddress(fixed: "127.0.0.1"), port: 9000, queue: 2, backlog: 4096,
                owner: php),
            Listener(
                address: .unspecifiedV6, port: 22, backlog: 128,
                states: StateCounts([.established: 1]),
                owner: Owner(
                    name: "sshd", pids: [512], confidence: .certain,
                    reason: "it holds the listening socket")),
        ]
        snapshot.settings = [
            Setting(key: "net.core.somaxconn", value: "4096"),
            Setting(key: "net.ipv4.ip_local_port_range", value: "32768\t60999"),
            Setting(
                key: "net.ipv4.tcp_fin_timeout", value: "30",
                boot: BootSetting(
                    systemd: Assignment(
                        value: "30", file: "/etc/sysctl.d/90-tuning.conf", line: 4),
                    procps: nil,
                    shadowed: [Assignment(value: "15", file: "/etc/sysctl.conf", line: 61)],
                    rule: .systemd)),
            Setting(key: "net.ipv4.tcp_tw_reuse", value: "2"),
            Setting(key: "net.ipv4.tcp_tw_reuse_delay", missing: .absent),
        ]
        snapshot.processes = [
            ProcessInUse(
                pid: 640, name: "nginx", unit: "nginx.service", openFiles: 2190,
                openFilesLimit: 65_535, states: StateCounts([.established: 1857, .listen: 5])),
            ProcessInUse(
                pid: 2207, name: "node", unit: "docker 3f9c2a71b0de", openFiles: 960,
                openFilesLimit: 1024, states: StateCounts([.closeWait: 812, .established: 112])),
        ]
        snapshot.unseen = [
            Unseen(what: "the processes of other users", why: "run as root")
        ]
        return snapshot
    }
}
