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
            let outcome = try Program.run(
                [Program.tcptune] + command + ["--root", directory], within: 10)
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

    @Test(arguments: ["a link to itself", "a pipe", "an endless device", "a directory", "nothing"])
    func `is refused where there is no table of sockets but`(_ kind: String) throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let file = directory + "/proc/net/tcp"
        try Temporary.write("", to: file)
        unlink(file)
        switch kind {
        case "a link to itself": symlink("tcp", file)
        case "a pipe": mkfifo(file, 0o600)
        case "an endless device": symlink("/dev/zero", file)
        case "a directory": mkdir(file, 0o700)
        default: break
        }
        try Self.check(directory, statuses: kind == "nothing" ? 66...66 : 2...2)
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
}
