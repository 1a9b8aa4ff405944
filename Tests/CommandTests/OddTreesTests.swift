import Glibc
import Testing

/// Captured trees that were not captured from a host.
@Suite struct `A tree of any content` {
    private static let files = [
        "/proc/net/tcp", "/proc/net/tcp6", "/proc/net/snmp", "/proc/net/netstat",
        "/proc/net/sockstat", "/proc/net/softnet_stat", "/proc/net/stat/nf_conntrack",
        "/proc/meminfo", "/proc/pressure/cpu", "/proc/sys/kernel/osrelease",
        "/proc/sys/kernel/hostname", "/proc/sys/fs/file-nr", "/proc/sys/net/ipv4/tcp_mem",
        "/proc/sys/net/ipv4/ip_local_port_range", "/proc/sys/net/ipv4/ip_local_reserved_ports",
        "/proc/sys/net/ipv4/tcp_max_tw_buckets", "/proc/sys/net/ipv4/tcp_fin_timeout",
        "/proc/sys/net/core/somaxconn", "/proc/814/comm", "/proc/814/limits", "/proc/814/cgroup",
        "/etc/sysctl.conf", "/etc/sysctl.d/90-a.conf", "/usr/lib/sysctl.d/50-b.conf",
        "/sys/devices/system/cpu/online",
    ]
    private static let commands = [
        ["audit"], ["audit", "--netns", "all", "--processes", "--json"], ["knobs", "--origin"],
        ["explain", "tcp_mem"],
    ]

    private static func check(
        _ directory: String, statuses: ClosedRange<Int32> = 0...1
    ) throws {
        for command in commands {
            let outcome = try Program.run([Program.tcptune] + command + ["--root", directory])
            #expect(statuses ~= outcome.status, "\(command): \(outcome.errors)")
            #expect(outcome.output.isEmpty == (outcome.status > 1))
        }
    }

    @Test func `is read where every file is garbage, and the audit says so`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for (index, file) in Self.files.enumerated() {
            let bytes = (0..<(index * index * 40)).lazy.map {
                UInt8(truncatingIfNeeded: $0 &* $0 >> 3 ^ $0)
            }
            try Temporary.write(bytes, to: directory + file)
        }
        try Temporary.write("no row\n", to: directory + "/proc/net/tcp")
        try Self.check(directory)
        let outcome = try Program.run([Program.tcptune, "audit", "--root", directory])
        #expect(outcome.output.contains("lines of /proc/net/tcp"))
    }

    @Test func `is read where every number is the largest there is`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let numbers = String(
            repeating: "9223372036854775807 -9223372036854775808\t18446744073709551616\n", count: 40
        )
        for file in Self.files { try Temporary.write(numbers, to: directory + file) }
        try Self.check(directory)
    }

    @Test func `is read where files are pipes, devices and directories`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for (index, file) in Self.files.enumerated() {
            try Temporary.write("", to: directory + file)
            guard !file.hasPrefix("/proc/net/tcp") else { continue }
            unlink(directory + file)
            switch index % 3 {
            case 0: mkfifo(directory + file, 0o600)
            case 1: symlink("/dev/zero", directory + file)
            default: mkdir(directory + file, 0o700)
            }
        }
        try Self.check(directory)
    }

    /// One source that cannot be read ends no audit: what the others say is judged.
    @Test(arguments: ["a link to itself", "a pipe", "an endless device", "a directory", "nothing"])
    func `is judged without sockets where there is no table of them but`(_ kind: String) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let file = directory + "/proc/net/tcp"
        try Temporary.write("", to: file)
        try Temporary.write("30", to: directory + "/proc/sys/net/ipv4/tcp_fin_timeout")
        try Temporary.write(
            "TcpExt: ListenOverflows\nTcpExt: 7\n", to: directory + "/proc/net/netstat")
        unlink(file)
        switch kind {
        case "a link to itself": symlink("tcp", file)
        case "a pipe": mkfifo(file, 0o600)
        case "an endless device": symlink("/dev/zero", file)
        case "a directory": mkdir(file, 0o700)
        default: break
        }
        try Self.check(directory)
        let page = try Program.run([Program.tcptune, "audit", "--root", directory]).output
        for words in [
            "sockets not read", "not checked: sockets (", "queue-overflowing", "fin-timeout-trap",
        ] {
            #expect(page.contains(words), "\(words): \(page)")
        }
        #expect(!page.contains("No problems found"))
    }

    @Test func `is read where links go in circles`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        for file in Self.files { try Temporary.write("", to: directory + file) }
        for (link, target) in [
            ("/proc/814/fd", ".."), ("/proc/814/ns", "ns"), ("/run/netns", "netns"),
            ("/etc/sysctl.d/a.conf", "a.conf"), ("/etc/sysctl.d/up", ".."),
            ("/usr/local/lib/sysctl.d", "../lib/sysctl.d"), ("/proc/sys/net/ipv4/up", ".."),
        ] {
            try Temporary.write("", to: directory + link + "-beside")
            symlink(target, directory + link)
        }
        try Self.check(directory)
    }

    @Test func `of boot-time files alone is judged by them`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write(
            "net.ipv4.tcp_tw_recycle = 1\nnet.ipv4.tcp_tw_reuse = 1\n",
            to: directory + "/etc/sysctl.d/9.conf")
        try Self.check(directory)
        let page = try Program.run([Program.tcptune, "audit", "--root", directory]).output
        #expect(page.contains("setting-removed · /etc/sysctl.d/9.conf:1"), "\(page)")
        #expect(page.contains("/proc is not in the captured tree"))
        let origins = try Program.run([
            Program.tcptune, "knobs", "--origin", "--root", directory,
        ]).output
        #expect(origins.contains("net.ipv4.tcp_tw_reuse"), "\(origins)")
        Temporary.remove(directory + "/etc")
        let empty = try Program.run([Program.tcptune, "audit", "--root", directory])
        #expect(empty.status == 66)
    }

    @Test func `without settings is not one of an untuned kernel`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("  sl  local_address\n", to: directory + "/proc/net/tcp")
        try Temporary.write("6.8.0\n", to: directory + "/proc/sys/kernel/osrelease")
        for words in [["knobs"], ["knobs", "--changed"], ["knobs", "tcp_fin", "--changed"]] {
            let page = try Program.run([Program.tcptune] + words + ["--root", directory]).output
            #expect(page.contains("could not read any setting"), "\(words): \(page)")
            #expect(!page.contains("It is the default"))
        }
        let page = try Program.run([
            Program.tcptune, "explain", "tcp_fin_timeout", "--root", directory,
        ]).output
        #expect(
            page.contains("could not read the settings") && !page.contains("does not have it"),
            "\(page)")
        let audit = try Program.run([Program.tcptune, "audit", "--root", directory]).output
        #expect(audit.contains("not checked: settings ("), "\(audit)")
    }

    @Test func `without a release is not compared with defaults`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("  sl  local_address\n", to: directory + "/proc/net/tcp")
        try Temporary.write("5\n", to: directory + "/proc/sys/net/ipv4/tcp_fin_timeout")
        try Temporary.write(
            "net.ipv4.tcp_adv_win_scale = -2\n", to: directory + "/etc/sysctl.d/9.conf")
        let changed = try Program.run([
            Program.tcptune, "knobs", "--changed", "--root", directory,
        ]).output
        #expect(changed.contains("does not know which settings were changed"), "\(changed)")
        #expect(!changed.contains("It is the default"))
        let page = try Program.run([
            Program.tcptune, "explain", "tcp_fin_timeout", "--root", directory,
        ]).output
        #expect(page.contains("the release of its kernel is unknown"), "\(page)")
        let audit = try Program.run([Program.tcptune, "audit", "--root", directory]).output
        #expect(!audit.contains("setting-removed"), "\(audit)")
        try Temporary.write("6.8.0\n", to: directory + "/proc/sys/kernel/osrelease")
        let known = try Program.run([
            Program.tcptune, "knobs", "--changed", "--root", directory,
        ]).output
        #expect(known.contains("net.ipv4.tcp_fin_timeout"), "\(known)")
    }

    @Test func `names itself in the commands that read, and the host in those that change`() throws
    {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        try Temporary.write("  sl  local_address\n", to: directory + "/proc/net/tcp")
        try Temporary.write("30\n", to: directory + "/proc/sys/net/ipv4/tcp_fin_timeout")
        try Temporary.write("web-3\n", to: directory + "/proc/sys/kernel/hostname")
        for form in ["text", "markdown", "html", "json"] {
            let page = try Program.run([
                Program.tcptune, "audit", "--root", directory, "--format", form,
            ]).output
            #expect(page.contains("on web-3: sysctl -w net.ipv4.tcp_fin_timeout=60"), "\(page)")
            guard form != "json" else { continue }
            let plain = page.split { $0 == "\n" || $0 == " " }.joined(separator: " ")
            #expect(plain.contains("tcptune explain fin-timeout-trap --root"), "\(page)")
        }
    }
}
