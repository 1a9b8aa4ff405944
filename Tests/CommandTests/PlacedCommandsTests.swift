import Glibc
import Testing

/// Commands that a page shows, typed as they stand.
@Suite(
    .serialized, .enabled(if: Scene.isPossible && Scene.isRoot, "needs root, to make namespaces"))
struct `Commands of an audit of another namespace` {
    /// A namespace with a name, in which one setting is a myth.
    private func named(_ body: (String) throws -> Void) throws {
        let name = "tcptune-placed-\(getpid())"
        _ = try Program.run(["ip", "netns", "add", name])
        defer { _ = try? Program.run(["ip", "netns", "delete", name]) }
        let set = try Program.run([
            "ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv4.tcp_fin_timeout=20",
        ])
        try #require(set.status == 0)
        try body(name)
    }

    private func value(in name: String) throws -> String {
        try Program.run([
            "ip", "netns", "exec", name, "cat", "/proc/sys/net/ipv4/tcp_fin_timeout",
        ]).output
    }

    private func command(_ page: String) -> String? {
        page.split(separator: "\n").first { $0.contains("$ ") }.map {
            String($0.drop { $0 == " " }.dropFirst(2))
        }
    }

    @Test func `change that namespace, and not the one they are typed in`() throws {
        let before = try Program.run(["cat", "/proc/sys/net/ipv4/tcp_fin_timeout"]).output
        try named { name in
            let page = try Program.run([Program.tcptune, "audit", "--netns", name]).output
            let command = try #require(self.command(page), "\(page)")
            #expect(command == "ip netns exec \(name) sysctl -w net.ipv4.tcp_fin_timeout=60")
            #expect(try Program.run(["sh", "-c", command]).status == 0)
            #expect(try value(in: name) == "60\n")
            #expect(
                try Program.run(["cat", "/proc/sys/net/ipv4/tcp_fin_timeout"]).output == before)
        }
    }

    @Test func `enter by a process where the namespace has no name`() throws {
        try Scene.run("settings", ["--set", "net.ipv4.tcp_fin_timeout=20"]) { scene in
            let pid = String(scene.facts.pid)
            let page = try Program.run([Program.tcptune, "audit", "--netns", pid]).output
            #expect(
                page.contains("$ nsenter -t \(pid) -n sysctl -w net.ipv4.tcp_fin_timeout=60"),
                "\(page)")
            let plain = page.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            #expect(plain.contains("tcptune explain fin-timeout-trap --netns \(pid)"))
        }
    }

    @Test func `of a snapshot say on which host`() throws {
        try named { name in
            let file = try Temporary.file("")
            defer { unlink(file) }
            _ = try Program.run([Program.tcptune, "audit", "--netns", name, "--save", file])
            let page = try Program.run([Program.tcptune, "audit", "--from", file]).output
            let command = try #require(self.command(page), "\(page)")
            #expect(
                command.hasPrefix("on ")
                    && command.hasSuffix(
                        ": ip netns exec \(name) sysctl -w net.ipv4.tcp_fin_timeout=60")
            )
            let plain = page.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            #expect(plain.contains("tcptune explain fin-timeout-trap --from \(file)"))
        }
    }

    @Test func `name the namespace without a socket beside others`() throws {
        try named { name in
            let page = try Program.run([
                "ip", "netns", "exec", name, Program.tcptune, "audit", "--listeners",
            ]).output
            let plain = page.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            #expect(plain.contains("other network namespace"), "\(page)")
            #expect(plain.contains("--netns all"), "\(page)")
        }
    }
}
