import Model
import ScratchFiles
import Testing

@testable import Kernel
@testable import Resolver

@Suite struct `Files that say how names are found` {
    @Test func `hosts gives all addresses of a name, and the first line`() throws {
        let text = """
            # comment
            127.0.0.1\tlocalhost loopback
            192.0.2.1 web.example.org web WEB2   # the front
            2001:db8::1 web

            192.0.2.2 web
            192.0.2.1 web
            broken web
            fe80::1%eth0 web
            #192.0.2.3 web
            """
        let web = try #require(HostsFile.find("Web", .any, in: text))
        #expect(web.line == 3 && web.canonical == "web.example.org")
        #expect(web.addresses.map(\.description) == ["192.0.2.1", "2001:db8::1", "192.0.2.2"])
        let six = try #require(HostsFile.find("web", .v6, in: text))
        #expect(six.line == 4 && six.canonical == nil)
        #expect(HostsFile.find("web2", .v4, in: text)?.line == 3)
        #expect(HostsFile.find("front", .any, in: text) == nil)
        #expect(HostsFile.find("localhost", .v6, in: text) == nil)
    }

    @Test func `nsswitch.conf gives sources and what ends the search`() {
        let parsed = NameServiceSwitch.parse(
            """
            # hosts: nothing
            passwd: files
            hosts:\tfiles mdns4_minimal [NOTFOUND=return] dns[!UNAVAIL=return SUCCESS=continue] x # y
            hosts: later
            """)
        #expect(parsed.services.map(\.name) == ["files", "mdns4_minimal", "dns", "x"])
        #expect(parsed.services[1].stopsAt == [.notFound])
        #expect(parsed.services[2].stopsAt == [.notFound, .tryAgain])
        #expect(NameServiceSwitch.parse("hosts dns\n[x]:\n") == .standard)
        #expect(NameServiceSwitch.parse("hosts: [NOTFOUND=return\n").services.isEmpty)
    }

    static let resolvers = [
        "nameserver 192.0.2.1\nnameserver 2001:db8::1\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n",
        "", "nameserver\nnameserver x\n nameserver 192.0.2.1\n", "nameserver\t192.0.2.9 # why\n",
        "nameserver 192.0.2.1#53\nnameserver 10.0.0.1;\n", "search a.example b.example\ndomain c\n",
        "domain c.example d.example\nsearch a b\nsearch\n",
        "options ndots:3 timeout:7 attempts:4 rotate edns0\nnameserver 127.0.0.53\n",
        "options ndots:99 timeout:99 attempts:99\noptions use-vc single-request\n",
        "options ndots:x timeout: attempts:2x rotate:1\n",
        "options single-request-reopen trust-ad\n",
        "# nameserver 192.0.2.1\n; nameserver 192.0.2.2\nnameservers 192.0.2.3\n",
        "search 1.x 2.x 3.x 4.x 5.x 6.x 7.x 8.x\nnameserver 127.0.0.1\n",
        "nameserver fe80::1%lo\nnameserver fe80::2%1\n", "search .\noptions no-aaaa debug\n",
        "nameserver 1.2\nnameserver 0x7f.1\nnameserver ::1\n",
        "options\tndots:0\n\n\nsearch\tx.y\n",
        "search a b \\\n c\nOptions rotate\nnameserver 192.0.2.1\r\n",
    ]

    @Test(
        .enabled(
            if: SysctlScratch.canUnshare && Root.host.exists(ResolvConf.path),
            "needs root and mount namespaces"), arguments: resolvers)
    func `resolv.conf says to us what it says to glibc`(text: String) throws {
        let tree = try HostTree(resolv: text)
        let theirs = try tree.mounted { () throws(KernelError) in
            try ResolverConfiguration.system()
        }
        var ours = ResolvConf.parse(text)
        // Of a host without a search list glibc makes one of the machine's own name.
        if ours.search.isEmpty { ours.search = theirs.search }
        #expect(ours == theirs)
    }

    @Test func `hints give the servers of the root`() throws {
        let builtin = RootHints.builtin
        #expect(builtin.servers.count == 13)
        #expect(builtin.servers.allSatisfy { $0.addresses.count == 2 })
        #expect(builtin.servers[0].addresses[0] == IPAddress("198.41.0.4"))
        #expect(Set(builtin.servers.flatMap(\.addresses)).count == 26)
        let hints = RootHints.parse(
            """
            ;  This file holds the information
            .                        3600000      NS    A.ROOT-SERVERS.NET.
            A.ROOT-SERVERS.NET.      3600000      A     198.41.0.4
                                     3600000  IN  AAAA  2001:503:ba3e::2:30
            .                        IN 3600000   NS    b.root-servers.net. ; old
            org.                     3600000      NS    c.root-servers.net.
            c.root-servers.net.                   A     192.0.2.1
            """)
        #expect(
            hints.servers == [
                RootHints.Server(
                    name: "a.root-servers.net",
                    addresses: ["198.41.0.4", "2001:503:ba3e::2:30"].compactMap { IPAddress($0) }),
                RootHints.Server(name: "b.root-servers.net", addresses: []),
            ])
        let scratch = try SysctlScratch()
        try scratch.write("/empty", "org. NS a.example.\n")
        #expect(throws: KernelError.self) { try RootHints.read(scratch.path + "/empty") }
        #expect(throws: KernelError.self) { try RootHints.read(scratch.path + "/missing") }
    }

    /// Four times the text takes some four times as long; it was sixteen times.
    @Test(arguments: 0..<4)
    func `hints of any length are read in a time that grows with it`(_ kind: Int) throws {
        func text(_ lines: Int) -> String {
            switch kind {
            // Many servers of the root.
            case 0: (0..<lines).map { ". NS s\($0).example." }.joined(separator: "\n")
            // One line of nothing but classes.
            case 1: ". " + String(repeating: "IN ", count: 10 * lines) + "NS a."
            // A name as long as all the rest, which every line goes on with.
            case 2:
                String(repeating: "a.", count: 3 * lines)
                    + String(repeating: "\n A 192.0.2.1", count: lines)
            // Many addresses of one.
            default:
                ". NS a.\na. A 192.0.2.1" + String(repeating: "\n A 192.0.2.1", count: lines)
            }
        }
        func seconds(_ lines: Int) -> Double {
            let text = text(lines)
            let times = (0..<3).map { _ in
                let start = LoadClock.usedByThread
                _ = RootHints.parse(text)
                return Double(LoadClock.usedByThread - start) / 1e9
            }
            return times.min() ?? 0
        }
        let (few, many) = (seconds(2000), seconds(8000))
        #expect(many < 8 * few, "\(few) s, then \(many) s")
    }

    @Test func `hints beyond all measure are refused, and a name that is none has no address`()
        throws
    {
        let scratch = try SysctlScratch()
        let line = ". NS a.\na. A 192.0.2.1\n"
        let count = RootHints.mostBytes / line.utf8.count + 1
        try scratch.write("/huge", String(repeating: line, count: count))
        #expect(throws: KernelError.self) { try RootHints.read(scratch.path + "/huge") }
        let long = String(repeating: "a", count: 2000)
        let hints = RootHints.parse(". NS \(long).\n. NS b.\n\(long). A 192.0.2.1\n A 192.0.2.2\n")
        #expect(hints.servers == [RootHints.Server(name: "b", addresses: [])])
    }
}
