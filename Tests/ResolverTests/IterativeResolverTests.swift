import Model
import Testing

@testable import Resolver

@Suite(
    .enabled(if: NameServers.arePossible, NameServers.reason), .nameServers,
    .timeLimit(.minutes(20)))
struct `A walk from the root` {
    private func walk(
        _ name: String, _ family: AddressFamily = .any, port: UInt16 = 53,
        _ change: (inout IterativeResolver) -> Void = { _ in }
    ) throws -> NameResolution {
        let servers = try #require(NameServersRunning.servers)
        var resolver = IterativeResolver(hints: NameServers.hints, port: port, family: family)
        // No answer of a server that is there may be late on a busy machine.
        resolver.patience = 20
        resolver.mostSeconds = 300
        change(&resolver)
        return try servers.run { [resolver] in resolver.resolve(name) }
    }

    private func v4(_ text: String...) -> [IPAddress] { text.compactMap { IPAddress($0) } }

    @Test(arguments: [53, NameServers.otherPort])
    func `goes by referrals with glue, step by step`(port: UInt16) throws {
        let found = try walk("www.glued.test", .v4, port: port)
        #expect(found.failure == nil)
        #expect(found.answeredBy == .dns)
        #expect(Set(found.addresses) == Set(v4("192.0.2.1", "192.0.2.2")))
        #expect(found.queries.map(\.zone) == [".", "test", "glued.test"])
        #expect(
            found.queries.map(\.server) == [
                "\(NameServers.root):\(port)", "\(NameServers.top):\(port)",
                "\(NameServers.authority):\(port)",
            ])
        #expect(found.queries.map(\.serverName) == ["a.root", "ns.nic.test", "ns1.glued.test"])
        #expect(found.queries.allSatisfy { $0.leg == .iterative && !$0.recursionDesired })
        let referral = try #require(found.queries[0].response?.referral)
        #expect(referral.zone == "test" && referral.servers == ["ns.nic.test"])
        #expect(referral.glue.map(\.data) == ["\(NameServers.top)"])
        #expect(found.queries.last?.response?.authoritative == true)
        #expect(found.queries.last?.response?.answers.allSatisfy { $0.life == 3600 } == true)
        #expect(found.queries.allSatisfy { $0.attempts == 1 && $0.roundTrip != nil })
    }

    @Test func `finds the servers that came without an address by a walk of their own`() throws {
        let found = try walk("www.glueless.test", .v4)
        #expect(found.addresses == v4("192.0.2.10"))
        #expect(
            found.queries.map { "\($0.zone ?? "") \($0.name)" } == [
                ". www.glueless.test", "test www.glueless.test", ". ns.host.other",
                "other ns.host.other", "host.other ns.host.other",
                "glueless.test www.glueless.test",
            ])
        let referral = try #require(found.queries[1].response?.referral)
        #expect(referral.servers == ["ns.host.other"] && referral.glue.isEmpty)
    }

    @Test func `begins the second family at the zone that it knows already`() throws {
        let found = try walk("www.glued.test")
        #expect(
            found.queries.map { "\($0.zone ?? "") \($0.type)" } == [
                ". A", "test A", "glued.test A", "glued.test AAAA",
            ])
        #expect(found.addresses.count == 3)
        // No route leads to any of them: IPv6 first, the families in turns.
        #expect(found.addresses.first == IPAddress("2001:db8::1"))
    }

    @Test func `begins anew with an alias that leads to another zone`() throws {
        let found = try walk("chain1.glued.test", .v4)
        #expect(found.addresses == v4("192.0.2.11"))
        #expect(found.aliases == ["chain2.glued.test", "far.glueless.test"])
        #expect(found.queries.last?.zone == "glueless.test")
        #expect(try walk("alias.glued.test", .v4).aliases == ["www.glued.test"])
    }

    @Test func `tells a name that is not there from one without an address`() throws {
        let missing = try walk("nowhere.glued.test")
        #expect(missing.failure?.reason == .noSuchName)
        #expect(missing.queries.last?.response?.code == "NXDOMAIN")
        #expect(missing.queries.last?.response?.negativeLife == 300)
        // Nobody asks for AAAA of what is not there.
        #expect(missing.queries.allSatisfy { $0.type == "A" })
        for name in ["words.glued.test", "deep.glued.test"] {
            let empty = try walk(name)
            #expect(empty.failure?.reason == .noData, "\(name)")
            #expect(empty.queries.last?.response?.code == "NOERROR")
        }
        #expect(try walk("only4.glued.test", .v6).failure?.reason == .noData)
        #expect(try walk("only6.glued.test").addresses == [IPAddress("2001:db8::6")])
        #expect(try walk("dangling.glued.test").failure?.reason == .noSuchName)
        #expect(try walk("no.such.top.level").queries.map(\.zone) == ["."])
        #expect(try walk("away.glued.test").failure?.reason == .noSuchName)
        #expect(try walk("any.wild.glued.test", .v4).addresses == v4("192.0.2.9"))
    }

    @Test func `passes over a lame server, and says so`() throws {
        let found = try walk("www.lame.test", .v4)
        #expect(found.addresses == v4("192.0.2.12"))
        let lame = found.queries.filter { $0.server == "\(NameServers.root):53" && $0.zone != "." }
        // Which of the two is asked first is the server's to say.
        for query in lame { #expect(query.failure?.contains("refers to test") == true) }
        #expect(found.queries.last?.failure == nil)
        let none = try walk("www.alllame.test", .v4)
        #expect(none.failure?.reason == .serverFailure)
        #expect(none.failure?.text.contains("\(NameServers.top)") == true)
    }

    @Test func `fetches by TCP what did not fit a datagram`() throws {
        let found = try walk("big.glued.test", .v4)
        #expect(found.addresses.count == 200)
        let last = found.queries.suffix(2)
        #expect(last.map(\.transport) == [.udp, .tcp])
        #expect(last.map(\.response?.truncated) == [true, false])
        #expect(last.last?.response.map { $0.bytes > 1232 } == true)
    }

    @Test func `goes on to the next server where one does not answer`() throws {
        let found = try walk("www.slow.test", .v4) { $0.patience = 4 }
        #expect(found.addresses == v4("192.0.2.13"))
        let silent = found.queries.filter { $0.server == "\(NameServers.silent):53" }
        for query in silent {
            #expect(query.response == nil && query.failure?.contains("did not answer") == true)
            #expect(query.seconds >= 4)
        }
        let dead = try walk("www.dead.test", .v4) { $0.patience = 4 }
        #expect(dead.failure?.reason == .timedOut)
        #expect(dead.failure?.text.contains("\(NameServers.silent)") == true)
        // Asked twice, and that is one question.
        #expect(dead.queries.last?.attempts == 2)
        let gone = try walk("www.gone.test", .v4)
        #expect(gone.failure?.reason == .unreachable)
        #expect(gone.failure?.text.contains("Connection refused") == true)
    }

    @Test func `names the server that fails`() throws {
        let broken = try walk("www.broken.test", .v4)
        #expect(broken.failure?.reason == .serverFailure)
        #expect(broken.failure?.text.contains("SERVFAIL") == true)
        #expect(broken.queries.last?.response?.code == "SERVFAIL")
    }

    @Test func `ends where names lead to each other for ever`() throws {
        #expect(try walk("circle1.glued.test").failure?.reason == .endless)
        #expect(try walk("hop0.glued.test").failure?.reason == .endless)
        for name in ["www.ring1.test", "www.selfless.test"] {
            let found = try walk(name, .v4)
            #expect(found.failure?.reason == .unreachable, "\(name): \(found.failure?.text ?? "")")
            #expect(found.notes.contains { $0.contains("itself knows its address") })
        }
        let bounded = try walk("www.glueless.test", .v4) { $0.mostQuestions = 3 }
        #expect(bounded.failure?.reason == .endless && bounded.queries.count == 3)
    }

    @Test func `becomes a sequence between the host and the servers of each zone`() throws {
        let exchange = try walk("www.glueless.test", .v4).exchange
        #expect(
            exchange.actors.map(\.name) == [
                "host", "root", "top level test", "top level other", "authority host.other",
                "authority glueless.test",
            ])
        let messages = exchange.events.compactMap { event -> Exchange.Message? in
            guard case .message(let message) = event.kind else { return nil }
            return message
        }
        #expect(messages.count == 12)
        #expect(messages.first?.label == "A? www.glueless.test")
        #expect(messages[1].label == "ask the servers of test")
        #expect(messages.last?.label == "192.0.2.10")
        #expect(messages.allSatisfy { !$0.isLost })
    }
}
