import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

/// Trees that were taken from another machine, or made up by somebody who means harm.
@Suite struct `A captured tree` {
    /// A file outside of a tree, and links in the tree that point to it in every way.
    private func escaping() throws -> (outer: SysctlScratch, root: Root) {
        let outer = try SysctlScratch()
        try outer.write("/secret", "outside")
        try outer.write("/tree/inside", "inside")
        try outer.directory("/tree/a/b")
        for (name, target) in [
            ("/absolute", outer.path + "/secret"), ("/upwards", "../secret"),
            ("/far", "../../../../../../../../../..\(outer.path)/secret"),
            ("/a/b/up", "../../../secret"), ("/loop", "loop"), ("/good", "/inside"),
            ("/a/b/good", "../../inside"), ("/folder", ".."),
        ] { try outer.link("/tree" + name, to: target) }
        return (outer, Root(path: outer.path + "/tree"))
    }

    private static let outwards = [
        "/absolute", "/upwards", "/far", "/a/b/up", "/folder/secret", "/../secret",
    ]

    @Test func `is not left by links`() throws {
        let (outer, root) = try escaping()
        for name in Self.outwards {
            #expect(throws: KernelError.self, "\(name)") { try root.bytes(name) }
            #expect(!root.exists(name), "\(name)")
            #expect(root.inode(of: name) == nil, "\(name)")
        }
        #expect(throws: KernelError.self) { try root.bytes("/loop") }
        #expect(try root.names(in: "/folder").contains("inside"))
        for name in ["/good", "/a/b/good", "/folder/good", "/inside"] {
            #expect(try root.text(name) == "inside", "\(name)")
        }
        #expect(try root.target(of: "/absolute") == outer.path + "/secret")
        #expect(try root.target(of: "/a/b/good") == "../../inside")
    }

    /// As on a kernel before 5.6, which has no openat2(2).
    @Test func `is not left by links where they are followed by name`() throws {
        let (outer, root) = try escaping()
        for name in Self.outwards + ["/loop"] {
            #expect(throws: KernelError.self, "\(name)") {
                _ = try RootedFile.openByName(name, flags: O_RDONLY, under: root)
            }
        }
        for name in ["/good", "/a/b/good", "/folder/good", "/inside"] {
            let file = try RootedFile.openByName(name, flags: O_RDONLY, under: root)
            let bytes = try file.readToEnd(first: 64, subject: name)
            #expect(bytes == Array("inside".utf8))
        }
        withExtendedLifetime(outer) {}
    }

    /// tar(1) and rsync(1) believe the length that stat(2) tells of a file of /proc, which is 0.
    @Test func `of files without a byte was not read, and tells of no idle host`() throws {
        let scratch = try SysctlScratch()
        let files = ["tcp", "tcp6", "snmp", "netstat", "sockstat", "softnet_stat"]
        for file in files { try scratch.write("/proc/net/\(file)", "") }
        for key in ["tcp_fin_timeout", "ip_local_reserved_ports", "tcp_available_ulp"] {
            try scratch.write("/proc/sys/net/ipv4/\(key)", "")
        }
        let root = Root(path: scratch.path)
        for isIPv6 in [false, true] {
            #expect(throws: KernelError.self) {
                try NetTCP.read(root: root, isIPv6: isIPv6) { _ in }
            }
        }
        let (counters, unseen) = CounterFiles.read(root: root)
        #expect(counters["TcpExt", "ListenDrops"] == nil)
        for file in files.dropFirst(2) {
            #expect(
                unseen.contains {
                    $0.what == "counters of /proc/net/\(file)" && $0.why.contains("is empty")
                }, "\(file)")
        }
        var reader = SysctlReader(root: root)
        func reading(_ key: String) throws -> SysctlReader.Reading {
            reader.read(try #require(SysctlKey(key)))
        }
        #expect(try reading("net.ipv4.tcp_fin_timeout") == .unreadable)
        // Those may be empty, and a shell's $(…) takes the newline.
        #expect(try reading("net.ipv4.ip_local_reserved_ports") == .value(""))
        #expect(try reading("net.ipv4.tcp_available_ulp") == .value(""))
        try scratch.write("/proc/net/tcp", "  sl  local_address\n")
        let notUnderstood = try NetTCP.read(root: root, isIPv6: false) { _ in }
        #expect(notUnderstood == 0)
    }

    @Test func `gives no value from outside of it`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/outside", "stolen")
        try scratch.directory("/tree/proc/net")
        let links = [
            "/proc/sys/kernel/hostname", "/proc/sys/kernel/osrelease",
            "/proc/sys/net/ipv4/tcp_sack", "/proc/net/snmp", "/etc/sysctl.conf",
            "/etc/sysctl.d/9.conf", "/proc/814/comm",
        ]
        for link in links { try scratch.link("/tree" + link, to: scratch.path + "/outside") }
        let root = Root(path: scratch.path + "/tree")
        #expect(HostFacts.read(root: root).0.name == "unknown")
        var reader = SysctlReader(root: root)
        #expect(reader.read(try #require(SysctlKey("net.ipv4.tcp_sack"))) == .absent)
        #expect(BootFiles(root: root).files.isEmpty)
        #expect(ProcessFacts.name(of: 814, root: root) == nil)
    }

    @Test(
        arguments: [
            ("s390x", "5.14.0-1.el9.s390x", true), ("ppc64", "4.18.0", true),
            ("", "5.14.0-1.el9.s390x", true), ("", "6.1.0-18-powerpc64", true),
            ("x86_64", "6.8.0", false), ("ppc64le", "6.8.0", false),
            ("", "6.1.0-18-amd64", false), ("", "6.8.0", nil),
        ] as [(String, String, Bool?)])
    func `knows the order of bytes by the machine's name`(
        _ machine: String, _ release: String, _ isBig: Bool?
    ) throws {
        let scratch = try SysctlScratch()
        if !machine.isEmpty { try scratch.write("/proc/sys/kernel/arch", machine + "\n") }
        try scratch.write("/proc/sys/kernel/osrelease", release + "\n")
        #expect(CapturedMachine(root: Root(path: scratch.path)).isBigEndian == isBig)
    }

    @Test(
        arguments: [
            ("aarch64", "5.14.0-1.el9.aarch64+64k", 65536), ("aarch64", "6.4.0-1-64kb", 65536),
            ("aarch64", "5.14.0-1.el9.aarch64", nil), ("x86_64", "6.8.0", 4096),
            ("s390x", "6.8.0", 4096), ("ppc64le", "6.8.0", nil), ("", "6.8.0", nil),
        ] as [(String, String, Int?)])
    func `has pages of a size that its kernel tells, or of none that is known`(
        _ machine: String, _ release: String, _ size: Int?
    ) throws {
        let scratch = try SysctlScratch()
        if !machine.isEmpty { try scratch.write("/proc/sys/kernel/arch", machine + "\n") }
        try scratch.write("/proc/sys/kernel/osrelease", release + "\n")
        #expect(HostFacts.read(root: Root(path: scratch.path)).0.pageSize == size)
    }

    private static let row =
        "   0: 7F000001:0CEA 0A000009:1538 01 00000000:00000000 00:00000000 00000000 0 0 20001 1\n"

    @Test(arguments: [("s390x", "127.0.0.1:3306"), ("x86_64", "1.0.0.127:3306")])
    func `shows addresses as the machine that wrote them stored them`(
        _ machine: String, _ address: String
    ) throws {
        let scratch = try SysctlScratch()
        try scratch.write("/proc/sys/kernel/arch", machine)
        try scratch.write("/proc/net/tcp", "  sl  local_address\n" + Self.row)
        var facts: [SocketFacts] = []
        try NetTCP.read(root: Root(path: scratch.path), isIPv6: false) {
            facts.append(SocketFacts($0))
        }
        #expect(facts.map(\.source) == [address])
    }

    @Test func `shows IPv6 addresses so, too`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/proc/sys/kernel/arch", "s390x")
        let none = String(repeating: "0", count: 32)
        try scratch.write(
            "/proc/net/tcp6",
            "   0: 20010DB8000000000000000000000001:0050 \(none):0000 0A 0:0 00:0 0 0 0 7 1\n")
        var facts: [SocketFacts] = []
        try NetTCP.read(root: Root(path: scratch.path), isIPv6: true) {
            facts.append(SocketFacts($0))
        }
        #expect(facts.map(\.source) == ["[2001:db8::1]:80"])
    }
}
