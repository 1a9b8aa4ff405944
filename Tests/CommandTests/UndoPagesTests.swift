import FoundationEssentials
import Testing

/// What the pages of `rollback`, `recover` and `status` say where not all is as it should be.
@Suite(
    .serialized, .enabled(if: Scene.isPossible && Scene.isRoot, "needs root, to enter a namespace"))
struct `The pages of an undo` {
    private let finTimeout = "net.ipv4.tcp_fin_timeout"
    private let range = "net.ipv4.ip_local_port_range"
    private let start = "net.ipv4.ip_unprivileged_port_start"

    private struct Undone: Decodable {
        let data: Settings

        struct Settings: Decodable { let settings: [Row] }
        struct Row: Decodable {
            let key: String
            let namespace: String
            let outcome: String
            let cause: String?
        }
    }

    @Test func `name the namespace of each value, and recover goes on with all of them`() throws {
        try TunedHost.run { host in
            try host.shell("mount -t tmpfs none /run && ip netns add blue && ip netns add green")
            try host.profile("a", [(finTimeout, "30")])
            try host.profile("r", [(range, "\"40000 60999\"")])
            for place in ["blue", "green"] {
                let outcome = try host.tcptune(
                    "apply", "/var/lib/r.toml", "--yes", "--netns", place)
                #expect(outcome.status == 0, "\(outcome.errors)")
                try host.shell("ip netns exec \(place) sysctl -qw \(start)=35000")
            }
            #expect(try host.tcptune("apply", "/var/lib/a.toml", "--yes").status == 0)
            let all = try host.tcptune("rollback", "--all")
            #expect(all.status == 5, "\(all.output)")
            for place in ["blue", "green"] {
                #expect(
                    all.output.contains("not reverted · network namespace \(place)"),
                    "\(all.output)")
                #expect(
                    all.output.contains("ip netns exec \(place) sysctl -w"), "\(all.output)")
            }
            // What is printed first is typed: the other one still is as it was.
            try host.shell("ip netns exec blue sysctl -qw \(start)=1024")
            let half = try host.tcptune("recover")
            #expect(half.status == 5, "\(half.output)")
            #expect(half.output.contains("partly reverted"), "\(half.output)")
            // A program is told the same.
            let told = try host.tcptune("recover", "--json")
            #expect(told.status == 5)
            let rows = try JSONDecoder().decode(Undone.self, from: Data(told.output.utf8)).data
                .settings.filter { $0.outcome == "failed" }
            #expect(rows.map(\.namespace) == ["green"] && rows.map(\.key) == [range])
            #expect(rows.first?.cause?.isEmpty == false)
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: told.output, as: "transaction") == nil)
            }
            try host.shell("ip netns exec green sysctl -qw \(start)=1024")
            let recovery = try host.tcptune("recover")
            #expect(recovery.status == 0, "\(recovery.output)\(recovery.errors)")
            for place in ["blue", "green"] {
                let value = try host.shell(
                    "ip netns exec \(place) cat /proc/sys/net/ipv4/ip_local_port_range")
                #expect(value.hasPrefix("32768"), "\(place): \(value)")
            }
            #expect(try host.status().settings.isEmpty)
            try host.shell("ip netns delete blue && ip netns delete green")
        }
    }

    @Test func `tell what boot set by the network that boot sets`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            // Process 1 is the scene's own shell: the files of boot are for its network.
            let outcome = try host.scene.run([
                "unshare", "-pfm", "--mount-proc", "sh", "-c",
                """
                "$0" apply /var/lib/a.toml --yes --persist >/dev/null || exit 70
                cat /proc/sys/kernel/random/uuid >/var/lib/boot
                mount --bind /var/lib/boot /proc/sys/kernel/random/boot_id
                unshare -n "$0" status --drift || exit 71
                "$0" rollback --all >/dev/null
                """,
                Program.tcptune,
            ])
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("No drift"), "\(outcome.output)")
        }
    }

    @Test
    func `say of a damaged record that it is not known, by its id, and of a copy that it is none`()
        throws
    {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            #expect(
                try host.tcptune("apply", "/var/lib/a.toml", "--yes", "--persist").status == 0)
            let name = try host.shell("ls /var/lib/tcptune/history").dropLast()
            let id = name.dropFirst(9).prefix(8)
            let path = "/var/lib/tcptune/history/\(name)"
            try host.shell(
                "cp -p \(path) /var/lib/tcptune/history/00000009-\(name.dropFirst(9))")
            let copied = try host.tcptune("status")
            #expect(copied.output.contains("00000009-\(id)"), "\(copied.output)")
            try host.shell(
                "rm /var/lib/tcptune/history/00000009-* && truncate -s 100 \(path)")
            let status = try host.tcptune("status")
            #expect(status.output.contains("whose record is"), "\(status.output)")
            #expect(!status.output.contains("that is not active"), "\(status.output)")
            let rollback = try host.tcptune("rollback", String(id))
            #expect(rollback.status == 65)
            #expect(
                rollback.errors.contains("the record of transaction \(id) is damaged: \(path)"),
                "\(rollback.errors)")
        }
    }

    @Test func `say of an edited file of boot that it is left, not that nothing was done`() throws {
        try TunedHost.run { host in
            try host.profile("a", [(finTimeout, "30")])
            #expect(
                try host.tcptune("apply", "/var/lib/a.toml", "--yes", "--persist").status == 0)
            try host.shell("sed -i 's/= 30/= 31/' /etc/sysctl.d/60-tcptune.conf")
            let rollback = try host.tcptune("rollback", "--last")
            #expect(rollback.status == 7)
            #expect(
                rollback.output.contains("reverted, except for the boot file"),
                "\(rollback.output)")
            #expect(rollback.output.contains("tcptune left it"), "\(rollback.output)")
            for wrong in ["wrote nothing", "run the command again"] {
                #expect(!rollback.output.contains(wrong), "\(rollback.output)")
            }
            #expect(try host.value(finTimeout) == "60")
        }
    }

    @Test func `line up beneath a long key`() throws {
        try TunedHost.run { host in
            try host.profile("l", [(start, "1000"), (finTimeout, "30")])
            let apply = try host.tcptune("apply", "/var/lib/l.toml", "--yes")
            let columns = apply.output.split(separator: "\n").filter { $0.contains(" → ") }
                .map(\.secondColumn)
            #expect(columns.count == 2, "\(apply.output)")
            #expect(Set(columns).count == 1, "\(apply.output)")
            #expect(try host.tcptune("rollback", "--all").status == 0)
        }
    }
}

extension Substring {
    /// Where the second word of an indented line begins.
    fileprivate var secondColumn: Int {
        let first = drop { $0 == " " }
        let second = first.drop { $0 != " " }.drop { $0 == " " }
        return distance(from: startIndex, to: second.startIndex)
    }
}
