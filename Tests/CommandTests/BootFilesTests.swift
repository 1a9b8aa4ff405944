import Glibc
import Testing

/// What files under /etc/sysctl.d say, against what the kernel has: those of the host that the tests run on.
///
/// Only the host's own namespace is set by them, so no namespace is made: the files are given in private mounts, and the
/// values are left as they are.
@Suite(
    .enabled(if: HostBoot.isPossible, "needs the host's own network namespace, and private mounts"))
struct `Boot files` {
    static let all = [
        "setting-removed", "setting-unknown", "setting-shadowed", "setting-drifted",
        "setting-misread",
    ]

    @Test(
        arguments: [
            ("setting-removed", ["90-a.conf=net.ipv4.tcp_tw_recycle = 1"]),
            ("setting-unknown", ["90-a.conf=net.ipv4.tcp_fin_timout = 30"]),
            (
                "setting-shadowed",
                [
                    "10-a.conf=net.ipv4.tcp_tw_reuse = OTHER",
                    "90-b.conf=net.ipv4.tcp_tw_reuse = NOW",
                ]
            ),
            ("setting-drifted", ["90-a.conf=net.ipv4.tcp_tw_reuse = OTHER"]),
            ("setting-misread", ["90-a.conf=net.ipv4.tcp_keepalive_time = OCTAL"]),
        ] as [(String, [String])])
    func `are found out`(_ rule: String, _ lines: [String]) throws {
        let audit = try HostBoot.audit(lines)
        #expect(audit.finding(rule) != nil, "found: \(audit.summary)")
        for other in Self.all where other != rule {
            #expect(audit.finding(other) == nil, "found: \(audit.summary)")
        }
    }

    @Test func `are named by what they would bring about`() throws {
        let audit = try HostBoot.audit(["90-a.conf=net.ipv4.tcp_fin_timeout = 30"])
        let finding = audit.finding("fin-timeout-trap")
        #expect(finding?.severity == "myth", "found: \(audit.summary)")
        #expect(finding?.subject == "/etc/sysctl.d/90-a.conf:1")
    }

    /// Nothing here is written to the kernel; the rules judge what boot will do.
    @Test(arguments: [
        ("net.ipv6.neigh.default.gc_thresh1 = 1024", "", ""),
        ("net.ipv4.tcp_bic = 1", "setting-unknown", "tcp_congestion_control"),
        (
            "net.ipv4.ip_conntrack_tcp_timeout_established = 600", "setting-unknown",
            "nf_conntrack_tcp_timeout_established"
        ),
        ("net.ipv4.tcp_nodelay = 1", "setting-unknown", "TCP_NODELAY"),
        ("net.ipv4.tcp_sack", "setting-unknown", "`=` is missing"),
        ("\u{FEFF}net.ipv4.tcp_fin_timeout = 31", "setting-unknown", "byte-order mark"),
        ("net.ipv4.tcp_rfc1337 = 1", "rfc1337", "boot will set"),
        ("net.ipv4.tcp_max_tw_buckets = 5000", "timewait-cap-near", "boot will set"),
        ("net.ipv4.tcp_sack = 0", "setting-harmful", "boot will set"),
    ])
    func `are judged by what each line does`(line: String, rule: String, words: String) throws {
        let audit = try HostBoot.audit(["90-a.conf=\(line)"])
        guard !rule.isEmpty else {
            for rule in Self.all { #expect(audit.finding(rule) == nil, "found: \(audit.summary)") }
            return
        }
        let finding = try #require(audit.finding(rule), "found: \(audit.summary)")
        #expect("\(finding)".contains(words), "\(finding)")
    }

    @Test func `that say what the kernel has are left in peace`() throws {
        let audit = try HostBoot.audit(
            [
                "90-a.conf=net.ipv4.tcp_tw_reuse = NOW",
                "90-a.conf=net.ipv4.tcp_keepalive_time = NOW",
            ]
        )
        for rule in Self.all { #expect(audit.finding(rule) == nil, "found: \(audit.summary)") }
    }
}

/// The host's own boot-time files, replaced for one command.
enum HostBoot {
    /// In a container the host's files are not to be seen, whatever lies in /etc.
    static let isPossible: Bool = {
        access("/proc/sys/net/ipv4/tcp_max_orphans", F_OK) == 0
            && (try? Program.run(["readlink", "/proc/self/ns/pid"]).output) == "pid:[4026531836]\n"
            && (try? Program.run(["unshare"] + mounts + ["true"]).status) == 0
    }()

    private static var mounts: [String] { geteuid() == 0 ? ["-m"] : ["-rm"] }

    /// - Parameter lines: `NAME=KEY = VALUE`; `NOW` stands for the present value, `OCTAL` for the same with a leading
    ///   zero, `OTHER` for another that the key takes.
    static func audit(_ lines: [String]) throws -> AuditOutput {
        var script = """
            for d in /etc /run /usr/local/lib /usr/lib; do
                [ -d $d/sysctl.d ] && mount -t tmpfs -o mode=755 none $d/sysctl.d
            done
            [ -e /etc/sysctl.conf ] && mount --bind /dev/null /etc/sysctl.conf

            """
        for line in lines {
            let parts = line.split(separator: "=", maxSplits: 1)
            let text = try filled(String(parts[1]))
            script += "echo '\(text)' >>/etc/sysctl.d/\(parts[0])\n"
        }
        let outcome = try Program.run(
            ["unshare"] + mounts + [
                "sh", "-c", script + "exec \(Program.tcptune) audit --json --listeners",
            ])
        guard outcome.status <= 1 else {
            throw Program.Failure("tcptune audit: status \(outcome.status): \(outcome.errors)")
        }
        return try AuditOutput(outcome)
    }

    private static func filled(_ line: String) throws -> String {
        let key = line.prefix { $0 != " " }
        let path = "/proc/sys/" + key.split(separator: ".").joined(separator: "/")
        let text = try Program.run(["cat", path]).output.split { $0 == "\n" }.joined()
        let now = Int(text) ?? 0
        let words: [String: String] = [
            "NOW": text, "OCTAL": "0" + String(now, radix: 8), "OTHER": String(now == 1 ? 0 : 1),
        ]
        return line.split(separator: " ").map { words[String($0)] ?? String($0) }
            .joined(separator: " ")
    }
}
