import Model
import ScratchFiles
import Testing

@testable import Kernel
@testable import Resolver

@Suite(
    .enabled(if: NameServers.arePossible, NameServers.reason), .nameServers,
    .timeLimit(.minutes(20)))
struct `A host's own resolver` {
    static let unbound = "nameserver \(NameServers.unbound)\noptions timeout:20\n"

    /// Inside the namespace of the servers.
    private func resolve(
        _ name: String, _ family: AddressFamily = .any, resolv: String = unbound,
        hosts: String? = "files dns", file: String = ""
    ) throws -> NameResolution {
        let servers = try #require(NameServersRunning.servers)
        let tree = try HostTree(resolv: resolv, hosts: hosts, file: file)
        return try servers.run { tree.resolve(name, family) }
    }

    @Test func `has its name server recurse, for both families`() throws {
        let found = try resolve("www.glued.test")
        #expect(found.failure == nil && found.answeredBy == .dns)
        #expect(found.order == ["files", "dns"])
        #expect(found.queries.map(\.type) == ["A", "AAAA"])
        for query in found.queries {
            #expect(query.leg == .recursive && query.zone == nil)
            #expect(query.server == "\(NameServers.unbound):53" && query.transport == .udp)
            #expect(query.recursionDesired && query.response?.recursionAvailable == true)
            #expect(query.response?.code == "NOERROR" && query.attempts == 1)
            #expect(query.response?.answers.allSatisfy { $0.life <= 3600 } == true)
        }
        #expect(
            Set(found.addresses.map(\.description)) == ["192.0.2.1", "192.0.2.2", "2001:db8::1"])
        #expect(found.configuration?.servers.map(\.kind) == [.local])
        #expect(try resolve("www.glued.test", .v6).addresses == [IPAddress("2001:db8::1")])
    }

    @Test func `follows aliases`() throws {
        let found = try resolve("chain1.glued.test", .v4)
        #expect(found.aliases == ["chain2.glued.test", "far.glueless.test"])
        #expect(found.addresses == [IPAddress("192.0.2.11")])
    }

    @Test func `tells a name that is not there from one without an address`() throws {
        let missing = try resolve("nowhere.glued.test.")
        #expect(missing.failure?.reason == .noSuchName)
        #expect(missing.queries.allSatisfy { $0.response?.code == "NXDOMAIN" })
        #expect(missing.queries.first?.response?.negativeLife.map { $0 <= 300 } == true)
        let empty = try resolve("words.glued.test")
        #expect(empty.failure?.reason == .noData)
        let four = try resolve("only4.glued.test")
        #expect(four.failure == nil && four.addresses == [IPAddress("192.0.2.4")])
    }

    @Test func `looks for short names in the domains of its search list`() throws {
        let resolv = Self.unbound + "search glueless.test glued.test\n"
        let found = try resolve("only4", .v4, resolv: resolv)
        #expect(found.queries.map(\.name) == ["only4.glueless.test", "only4.glued.test"])
        #expect(found.asked == "only4.glued.test" && found.name == "only4")
        #expect(found.notes.contains { $0.contains("found only4 as only4.glued.test") })
        // A name with a dot is whole first, and only then looked for.
        let dotted = try resolve("any.wild", .v4, resolv: resolv)
        #expect(
            dotted.queries.map(\.name) == [
                "any.wild", "any.wild.glueless.test", "any.wild.glued.test",
            ])
        #expect(dotted.addresses == [IPAddress("192.0.2.9")])
        let more = try resolve("any.wild", .v4, resolv: resolv + "options ndots:2\n")
        #expect(more.queries.map(\.name) == ["any.wild.glueless.test", "any.wild.glued.test"])
        // A final dot says that it is whole.
        #expect(try resolve("any.wild.", .v4, resolv: resolv).queries.map(\.name) == ["any.wild"])
        #expect(try resolve("none", .v4, resolv: resolv).failure?.reason == .noSuchName)
    }

    @Test func `names the server that fails`() throws {
        let broken = try resolve("www.broken.test", .v4)
        #expect(broken.failure?.reason == .serverFailure)
        #expect(broken.failure?.text == "\(NameServers.unbound):53 answered SERVFAIL")
        #expect(broken.queries.allSatisfy { $0.response?.code == "SERVFAIL" })
    }

    @Test func `waits, asks again, and names the server that does not answer`() throws {
        let resolv = "nameserver \(NameServers.silent)\noptions timeout:1 attempts:2\n"
        let found = try resolve("www.glued.test", resolv: resolv)
        #expect(found.failure?.reason == .timedOut)
        #expect(found.failure?.text.contains("\(NameServers.silent):53") == true)
        #expect(found.queries.count == 2)
        #expect(found.queries.allSatisfy { $0.attempts == 2 && $0.seconds >= 2 })
        #expect(found.queries.allSatisfy { $0.sent.count == 2 && $0.sent[1] - $0.sent[0] >= 1 })
    }

    @Test func `goes on to the next server`() throws {
        for first in [NameServers.silent, NameServers.absent, NameServers.root] {
            let resolv =
                "nameserver \(first)\nnameserver \(NameServers.unbound)\noptions timeout:3 attempts:4\n"
            let found = try resolve("www.glued.test", .v4, resolv: resolv)
            #expect(found.failure == nil)
            let servers = found.queries.map(\.server)
            #expect(Array(servers.prefix(2)) == ["\(first):53", "\(NameServers.unbound):53"])
            #expect(found.queries.first?.failure?.contains("\(first):53") == true)
            #expect(found.queries.last?.failure == nil)
        }
        let absent = try resolve("www.glued.test", resolv: "nameserver \(NameServers.absent)\n")
        #expect(absent.failure?.reason == .unreachable)
        #expect(absent.failure?.text.contains("Connection refused") == true)
        // The root has neither heard of recursion nor of the name.
        let root = try resolve("www.glued.test", resolv: "nameserver \(NameServers.root)\n")
        #expect(root.failure?.reason == .serverFailure)
        #expect(root.failure?.text.contains("neither knows it nor asks other servers") == true)
    }

    @Test func `fetches by TCP what did not fit a datagram`() throws {
        let found = try resolve("big.glued.test", .v4)
        #expect(found.addresses.count == 200)
        #expect(found.queries.map(\.transport) == [.udp, .tcp])
        #expect(found.queries.map(\.response?.truncated) == [true, false])
        let only = try resolve(
            "www.glued.test", .v4, resolv: Self.unbound + "options use-vc\n")
        #expect(only.queries.map(\.transport) == [.tcp] && only.addresses.count == 2)
    }

    @Test func `does as its options say`() throws {
        let one = try resolve(
            "www.glued.test", resolv: Self.unbound + "options single-request edns0\n")
        #expect(one.addresses.count == 3 && one.queries.count == 2)
        #expect(one.queries[1].sent[0] >= one.queries[0].sent[0] + one.queries[0].seconds)
        let without = try resolve("www.glued.test", resolv: Self.unbound + "options no-aaaa\n")
        #expect(without.queries.map(\.type) == ["A"])
        var first: Set<String> = []
        let resolv =
            "nameserver \(NameServers.absent)\n\(Self.unbound)options rotate timeout:20\n"
        for _ in 0..<64 where first.count < 2 {
            let found = try resolve("www.glued.test", .v4, resolv: resolv)
            #expect(found.failure == nil)
            if let server = found.queries.first?.server { first.insert(server) }
        }
        #expect(first.count == 2)
    }

    @Test func `asks in the order of nsswitch.conf`() throws {
        let file = "192.0.2.99 www.glued.test\n"
        let files = try resolve("www.glued.test", .v4, file: file)
        #expect(files.answeredBy == .hosts(place: "/etc/hosts:1") && files.queries.isEmpty)
        let servers = try resolve("www.glued.test", .v4, hosts: "dns files", file: file)
        #expect(servers.answeredBy == .dns && servers.addresses.count == 2)
        let after = try resolve(
            "nowhere.glued.test", .v4, hosts: "dns files", file: "192.0.2.98 nowhere.glued.test\n")
        #expect(after.answeredBy == .hosts(place: "/etc/hosts:1") && after.failure == nil)
        #expect(!after.queries.isEmpty)
        let others = try resolve(
            "www.glued.test", hosts: "files mdns4_minimal [NOTFOUND=return] resolve dns")
        #expect(others.answeredBy == .dns)
        #expect(
            others.notes.contains {
                $0.hasPrefix("tcptune did not ask mdns4_minimal, which /etc/nsswitch.conf")
            })
        #expect(
            others.notes.contains {
                $0.hasPrefix("tcptune did not ask resolve, which /etc/nsswitch.conf")
            })
        let ended = try resolve("www.glued.test", hosts: "files [NOTFOUND=return] dns")
        #expect(ended.failure?.reason == .noSuchName && ended.queries.isEmpty)
        let none = try resolve("www.glued.test", hosts: "mymachines")
        #expect(none.failure?.reason == .notAsked)
        let standard = try resolve("www.glued.test", hosts: nil)
        #expect(standard.answeredBy == .dns && standard.order == ["files", "dns"])
    }

    @Test(.enabled(if: InternationalNames.libraryIsThere, "needs libidn2"))
    func `turns names of other scripts into ASCII`() throws {
        let found = try resolve("MÜNCHEN.glued.test", .v4)
        #expect(found.asked == "xn--mnchen-3ya.glued.test")
        #expect(found.addresses == [IPAddress("192.0.2.8")])
    }

    @Test func `asks at another port`() throws {
        let servers = try #require(NameServersRunning.servers)
        let tree = try HostTree(resolv: "nameserver \(NameServers.authority)\n")
        var options = tree.options(.v4)
        options.port = NameServers.otherPort
        let found = try servers.run { [options] in NameResolver(options).resolve("www.glued.test") }
        #expect(found.queries.map(\.server) == ["\(NameServers.authority):5353"])
        #expect(found.addresses.count == 2)
    }

    static let compared = [
        "www.glued.test", "only6.glued.test", "chain1.glued.test", "nowhere.glued.test",
        "words.glued.test", "big.glued.test", "only4", "any.wild", "inline", "localhost", "127.1",
        "0x7f000001", "::1", "www.broken.test", "dangling.glued.test", "second",
    ]

    /// What getaddrinfo(3) says of the same names with the same files, which getent(1) prints.
    @Test(arguments: compared) func `finds what getaddrinfo finds`(name: String) throws {
        let servers = try #require(NameServersRunning.servers)
        let tree = try HostTree(
            resolv: "search glued.test\n\(Self.unbound)",
            file: """
                127.0.0.1 localhost
                192.0.2.50 inline other
                # 192.0.2.51 inline
                2001:db8::50 inline # second
                192.0.2.52 Second second
                """)
        let path = tree.scratch.path
        let output = try tree.output(of: "getent ahosts \(name)", among: servers)
        let theirs = Set(
            output.split(separator: "\n").compactMap {
                $0.split(separator: " ").first.flatMap { IPAddress(String($0)) }
            })
        let ours = try servers.run { tree.resolve(name) }
        #expect(theirs == Set(ours.addresses), "\(output) \(ours)")
        // The running host's own files give the same by the other way.
        let host = try servers.run { () throws(KernelError) in
            try HostTree.mount(path)
            return NameResolver().resolve(name)
        }
        #expect(Set(host.addresses) == Set(ours.addresses))
        #expect(host.failure?.reason == ours.failure?.reason)
        #expect(host.answeredBy == ours.answeredBy)
        #expect(host.configuration == ours.configuration)
    }
}
