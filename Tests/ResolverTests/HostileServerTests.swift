import Model
import Synchronization
import Testing

@testable import Kernel
@testable import Resolver

/// A server of this test's own, at a loopback address, that says whatever it is told to.
final class HostileServer: Sendable {
    private let socket: UDPSocket
    private let isOver = Atomic<Bool>(false)
    let address: SocketAddress

    private init(_ socket: UDPSocket, _ address: SocketAddress) {
        self.socket = socket
        self.address = address
    }

    /// Runs the body while it answers each question with the datagrams that are made of it.
    static func run<Found: Sendable>(
        _ reply: @escaping @Sendable ([UInt8]) -> [[UInt8]],
        _ body: (SocketAddress) throws -> Found
    ) throws -> Found {
        let socket = try UDPSocket.open(at: SocketAddress(IPAddress(v4: 0x7F00_0001), port: 0))
        let server = HostileServer(socket, try #require(socket.localAddress()))
        let thread = try SystemThread.start { () throws(KernelError) in server.answer(reply) }
        defer {
            server.isOver.store(true, ordering: .releasing)
            _ = try? thread.join()
            socket.close()
        }
        return try body(server.address)
    }

    private func answer(_ reply: ([UInt8]) -> [[UInt8]]) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isOver.load(ordering: .acquiring) {
            guard socket.awaitInput(milliseconds: 50),
                let (count, from) = socket.receiveAny(into: &buffer)
            else { continue }
            for datagram in reply(Array(buffer[..<count])) {
                _ = socket.send(datagram.span, to: from)
            }
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct `A hostile server` {
    private static let question = DNSQuestion(
        DNSName("a.example"), .a, recursionDesired: true)

    private func ask(
        patience: Double = 30, _ reply: @escaping @Sendable ([UInt8]) -> [[UInt8]]
    ) throws -> ServerExchange.Outcome {
        try HostileServer.run(reply) {
            ServerExchange(server: $0, patience: patience).askByUDP([Self.question])[0]
        }
    }

    /// The answer to a question, with an address.
    private static func answer(_ question: [UInt8], address: [UInt8] = [192, 0, 2, 1]) -> [UInt8] {
        let id = UInt16(question[0]) << 8 | UInt16(question[1])
        return DNSBytes.header(id: id, answers: 1) + DNSBytes.question("a.example")
            + DNSBytes.record(DNSBytes.pointer(12), .a, address)
    }

    @Test func `cannot have another answer taken for ours`() throws {
        let outcome = try ask { question in
            var other = Self.answer(question, address: [6, 6, 6, 6])
            other[1] ^= 1
            var unlike = Self.answer(question, address: [6, 6, 6, 7])
            unlike[13] = UInt8(ascii: "b")
            var asking = Self.answer(question, address: [6, 6, 6, 8])
            asking[2] &= 0x7F
            return [other, unlike, asking, [], [1], Self.answer(question)]
        }
        #expect(outcome.message?.answers.map(\.text) == ["192.0.2.1"])
    }

    @Test func `that sends what is no message is said to`() throws {
        for garbage in [[UInt8](), DNSBytes.pointer(12), [UInt8](repeating: 0xC0, count: 600)] {
            var outcome = try ask(patience: 1) { [[$0[0], $0[1]] + garbage] }
            // On a busy machine nothing may have come within a second.
            for _ in 0..<20 where outcome.failure == .timedOut {
                outcome = try ask(patience: 2) { [[$0[0], $0[1]] + garbage] }
            }
            #expect(outcome.message == nil && outcome.failure == .unreadable)
        }
        let silent = try ask(patience: 0.5) { _ in [] }
        #expect(silent.failure == .timedOut)
    }

    /// A server that names, for every name, servers one label further down, and never answers.
    @Test func `that refers for ever is given up`() throws {
        let queries = try HostileServer.run { question in
            guard let asked = DNSMessage(question)?.question else { return [] }
            let id = UInt16(question[0]) << 8 | UInt16(question[1])
            let labels = asked.name.text.split(separator: ".")
            let head = DNSBytes.header(id: id, flags: 0x8000, authorities: 2)
            let owner = labels.suffix(1).joined(separator: ".")
            let servers = ["x\(Int.random(in: 0..<1_000_000_000)).\(owner)x", "y.\(owner)y"]
            return [
                head + DNSBytes.question(asked.name.text, asked.type)
                    + servers.flatMap {
                        DNSBytes.record(DNSBytes.name(owner), .ns, DNSBytes.name($0))
                    }
            ]
        } _: { address in
            var resolver = IterativeResolver(
                hints: RootHints([RootHints.Server(name: "a.root", addresses: [address.address])]),
                port: address.port)
            resolver.patience = 20
            resolver.mostSeconds = 300
            let found = resolver.resolve("www.example.org")
            #expect(found.failure != nil && found.addresses.isEmpty)
            return found.queries.count
        }
        #expect(queries <= 100)
    }

    @Test func `cannot give the address of another zone's server`() throws {
        let found = try HostileServer.run { question in
            guard let asked = DNSMessage(question)?.question else { return [] }
            let id = UInt16(question[0]) << 8 | UInt16(question[1])
            let head = DNSBytes.question(asked.name.text, asked.type)
            // The root refers to org, org to example.org, with an address for a server in com.
            let zone = asked.name.isWithin(DNSName("org")) ? "example.org" : "com"
            return [
                DNSBytes.header(id: id, flags: 0x8000, authorities: 1, additional: 1) + head
                    + DNSBytes.record(
                        DNSBytes.name(zone), .ns, DNSBytes.name("ns.bank.com"))
                    + DNSBytes.record(DNSBytes.name("ns.bank.com"), .a, [127, 0, 0, 1])
            ]
        } _: { address in
            var walk = IterativeWalk(
                IterativeResolver(
                    hints: RootHints([
                        RootHints.Server(name: "ns.org", addresses: [address.address])
                    ]), port: address.port))
            walk.begin(at: DNSName("org"), server: DNSName("ns.org"))
            _ = walk.find(DNSName("www.example.org"))
            return walk.log
        }
        #expect(
            found.notes.contains {
                $0.contains("ns.bank.com") && $0.contains("ignored the address")
            })
        #expect(found.queries.first?.response?.referral?.glue.isEmpty == true)
    }

    /// What comes after the whole lookup's end is not waited for, whatever a server's own time would be.
    @Test func `has no more time than the lookup has`() throws {
        let start = MonotonicClock.now
        let outcome = try HostileServer.run({ _ in [] }) { address in
            ServerExchange(server: address, patience: 60, end: MonotonicClock.now + 0.2)
                .askByUDP([Self.question])[0]
        }
        #expect(outcome.failure == .timedOut)
        #expect(MonotonicClock.now - start < 20)
        #expect(
            ServerExchange.Failure.timedOut.text(
                SocketAddress(IPAddress(v4: 1), port: 53), patience: min(60, outcome.seconds)
            ).contains("60 s") == false)
    }

    /// Thousands of servers for a zone, and thousands of addresses outside of it.
    @Test func `that names thousands of servers is heard in time, and so many are asked`() throws {
        let names = (0..<3000).map { "s\($0).example" }
        let message = try #require(
            DNSMessage(
                DNSBytes.header(id: 1, flags: 0x8000, authorities: 700, additional: 700)
                    + DNSBytes.question("www.example", .a)
                    + names.prefix(700).flatMap {
                        DNSBytes.record(DNSBytes.name("example"), .ns, DNSBytes.name($0))
                    }
                    + names.prefix(700).flatMap {
                        DNSBytes.record(DNSBytes.name($0), .a, [192, 0, 2, 1])
                    }))
        #expect(message.authorities.count == 700)
        let question = DNSQuestion(DNSName("www.example"), .a, recursionDesired: false)
        guard case .referral(_, let servers) = ServerVerdict(message, to: question, in: .root)
        else {
            Issue.record("no referral")
            return
        }
        #expect(servers.count == 700)
        let hints = RootHints(
            names.map { RootHints.Server(name: $0, addresses: [IPAddress(v4: 1)]) })
        let walk = IterativeWalk(IterativeResolver(hints: hints))
        #expect(
            walk.log.notes == [". has 3000 servers; tcptune considered only the first 64"])
    }
}
