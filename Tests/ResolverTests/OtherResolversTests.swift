import FoundationEssentials
import Model
import ScratchFiles
import Testing

@testable import Kernel
@testable import Resolver

/// The walk, held against the programs that people use for it.
@Suite(
    .enabled(if: NameServers.arePossible, NameServers.reason), .nameServers,
    .timeLimit(.minutes(20)))
struct `A walk from the root comes to the same as` {
    static let names = [
        "www.glued.test", "alias.glued.test", "chain1.glued.test", "big.glued.test",
        "any.wild.glued.test", "www.glueless.test", "www.lame.test", "only4.glued.test",
        "only6.glued.test", "words.glued.test", "deep.glued.test", "nowhere.glued.test",
        "dangling.glued.test", "no.such.top.level", "ns.host.other", "xn--mnchen-3ya.glued.test",
    ]

    private func walk(_ name: String, _ servers: NameServers) throws -> NameResolution {
        var resolver = IterativeResolver(hints: NameServers.hints, family: .v4)
        resolver.patience = 20
        resolver.mostSeconds = 300
        return try servers.run { [resolver] in resolver.resolve(name) }
    }

    @Test(arguments: names) func unbound(name: String) throws {
        let servers = try #require(NameServersRunning.servers)
        let question = DNSQuestion(DNSName(name), .a, recursionDesired: true)
        let exchange = ServerExchange(
            server: SocketAddress(NameServers.unbound, port: 53), patience: 60)
        let message = try #require(
            try servers.run { exchange.askByTCP(question).message })
        let ours = try walk(name, servers)
        let theirs = LookupOutcome(
            DNSName(name), family: .v4, messages: [message], failures: [])
        #expect(Set(ours.addresses) == Set(theirs.addresses))
        #expect(ours.aliases == theirs.aliases.map(\.text))
        #expect(ours.failure?.reason == theirs.failure?.reason)
        #expect(message.recursionAvailable)
    }

    static let hasDrill = FileManager.default.isExecutableFile(atPath: "/usr/bin/drill")
    static let hasDig = FileManager.default.isExecutableFile(atPath: "/usr/bin/dig")

    /// Records of a type in what such a program writes: name, life, class, type, data.
    private func data(_ type: String, of name: String, in output: String) -> Set<String> {
        Set(
            output.split(separator: "\n").compactMap { line in
                let words = line.split(whereSeparator: \.isWhitespace)
                guard words.count == 5, words[0] == "\(name).", words[2] == "IN", words[3] == type
                else { return nil }
                return String(words[4])
            })
    }

    /// Neither follows aliases nor looks at a second name.
    static let plain = [
        "www.glued.test", "any.wild.glued.test", "only4.glued.test", "www.glueless.test",
        "big.glued.test",
    ]

    private func compare(_ name: String, _ command: String) throws {
        let servers = try #require(NameServersRunning.servers)
        // They look for servers' addresses at the host's own resolver: here unbound is that.
        let tree = try HostTree(resolv: "nameserver \(NameServers.unbound)\n")
        let output = try tree.output(of: command, among: servers)
        let theirs = data("A", of: name, in: output)
        let ours = try walk(name, servers)
        #expect(theirs == Set(ours.addresses.map(\.description)), "\(output)")
    }

    @Test(.enabled(if: hasDrill, "needs drill(1)"), arguments: plain)
    func `drill -T`(name: String) throws {
        let servers = try #require(NameServersRunning.servers)
        try compare(name, "drill -4 -T -r \(servers.scratch.path)/hints \(name). A")
    }

    @Test(.enabled(if: hasDig, "needs dig(1)"), arguments: plain)
    func `dig +trace`(name: String) throws {
        for port in [53, NameServers.otherPort] {
            // It asks that server for the servers of the root, and then the root.
            try compare(
                name,
                "dig @\(NameServers.root) -p \(port) -4 +trace +nodnssec +time=20 \(name). A")
        }
    }
}
