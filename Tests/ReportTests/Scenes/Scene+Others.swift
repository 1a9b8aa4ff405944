import Audit
import Model

extension Scene {
    /// Nothing to find, and nothing going out.
    static let idle = Scene(name: "idle", host: small, assessments: [quiet])

    private static let small = Host(name: "box", kernel: "6.18.0", machine: "aarch64")

    private static let quiet = quiet("init")

    private static func quiet(_ name: String) -> Assessment {
        var snapshot = Snapshot(
            name, inode: 4_026_531_841, isInit: name == "init",
            states: [.listen: 2, .established: 1])
        snapshot.dumpSeconds = 0.000_4
        snapshot.settings = [
            Setting(key: "net.core.somaxconn", value: "4096"),
            Setting(key: "net.ipv4.ip_local_port_range", value: "32768\t60999"),
        ]
        snapshot.listeners = [
            Listener(
                address: .unspecifiedV4, port: 22, backlog: 128,
                states: StateCounts([.established: 1]),
                owner: Owner(
                    name: "sshd", pids: [512], confidence: .certain,
                    reason: "it holds the listening socket")),
            Listener(address: .unspecifiedV6, port: 8080, backlog: 4096),
        ]
        return Assessment(
            situation: Situation(host: small, view: .init(now: snapshot)), findings: [])
    }

    /// Three namespaces of one host: one full, one quiet, one with a leak.
    static let several: Scene = {
        var pod = Snapshot(
            "payments (pid 4242)", inode: 4_026_532_500, isInit: false,
            states: [.closeWait: 900, .established: 40, .listen: 1])
        pod.tuples = [
            PortLedger(
                "10.244.1.7", "10.96.0.10", 443, states: [.closeWait: 900, .established: 40])
        ]
        pod.tupleCount = 1
        let leak = Finding(
            rule: .closeWaitLeak, severity: .warning, subject: "10.244.1.7 → 10.96.0.10:443",
            observed: "900 sockets in CLOSE_WAIT", evidence: ["close_wait": 900],
            cause: "the peer closed and the program did not",
            remedies: [
                Remedy(
                    .application, "close() when read() returns 0", effect: "no knob ends it",
                    risk: "none", undo: "none needed")
            ], proof: "net/ipv4/tcp_input.c:tcp_fin")
        let leaking = Assessment(
            situation: Situation(host: web, view: .init(now: pod)), findings: [leak])
        return Scene(
            name: "several", host: web, assessments: busy.assessments + [leaking, quiet("build")])
    }()

    /// What a process, a file and a unit can be named by somebody who means harm.
    static let evil =
        "\u{1b}[31mred\u{1b}]0;t\u{7}\u{9b}2J<script>alert(1)</script><img src=http://example.invalid/x onerror=alert(2)>\u{202e}dr\u{2066}|`*_[x](y)\n# h\r\u{0}&\"'>é漢字👩‍💻"

    static let hostile = hostile(evil)

    /// With that text wherever there is room for one.
    static func hostile(_ evil: String) -> Scene {
        let host = Host(name: "h<b>\(evil)", kernel: "6.1.0\(evil)", machine: "x\u{85}86")
        var snapshot = Snapshot(
            "ns \(evil)", inode: 7, isInit: false, states: [.established: 1, .listen: 1])
        let owner = Owner(
            name: evil, pids: [1], unit: evil, confidence: .possible, reason: "named \(evil)")
        snapshot.tuples = [
            PortLedger(
                "10.0.0.5", "10.0.0.9", 80, states: [.established: 1, .timeWait: 40],
                closings: Array(repeating: 1, count: 40), owner: owner)
        ]
        snapshot.listeners = [Listener(address: .unspecifiedV4, port: 80, backlog: 1, owner: owner)]
        snapshot.processes = [
            ProcessInUse(
                pid: 1, name: evil, unit: evil, openFiles: 3,
                states: StateCounts([.established: 1]))
        ]
        snapshot.settings = [
            Setting(
                key: "net.x.\(evil)", value: evil,
                boot: BootSetting(
                    systemd: Assignment(value: evil, file: evil, line: 1), procps: nil,
                    rule: .systemd))
        ]
        snapshot.unseen = [Unseen(what: evil, why: evil)]
        let finding = Finding(
            rule: .settingUnknown, severity: .notice, subject: evil, owner: owner,
            observed: evil, evidence: ["evil": .text(evil), "never": .number(.infinity)],
            cause: evil,
            remedies: [
                Remedy(
                    .knob, evil, command: evil, effect: evil, risk: evil, undo: evil,
                    snippets: [Snippet(evil, programs: [], code: evil)])
            ], proof: evil)
        return Scene(
            name: "hostile", host: host,
            assessments: [
                Assessment(
                    situation: Situation(host: host, view: .init(now: snapshot)),
                    findings: [finding])
            ])
    }
}
