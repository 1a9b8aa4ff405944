import Kernel
import Model
import Resolver
import Synchronization
import Testbed

/// The least of a server that looks names up on others' behalf.
///
/// It goes down from the root, each zone naming the servers of the next, and keeps what it learned as long as it may. It follows
/// no aliases: the zones of the lab have none.
struct RecursiveServer: Sendable {
    private var kept: [DNSMessage.Question: Kept] = [:]
    private var zones: [DNSName: Servers]

    private struct Kept: Sendable {
        var code: DNSCode
        var answers: [DNSRecord]
        var authorities: [DNSRecord]
        /// CLOCK_MONOTONIC, in nanoseconds.
        var until: Int64
    }

    private struct Servers: Sendable {
        var name: DNSName
        /// Nil where it is to be looked up.
        var address: IPAddress?
        var until: Int64
    }

    /// More zones than that are below each other in no name of the lab.
    private static let mostSteps = 8
    /// How deep the servers of servers are looked up.
    private static let mostDepth = 3
    /// For one answer, in seconds.
    static let patience = 10.0

    init(root: IPAddress) {
        zones = [.root: Servers(name: .root, address: root, until: .max)]
    }

    /// Starts it in the namespace of the calling thread.
    static func start(
        at address: IPAddress, root: IPAddress, _ traffic: NameTraffic
    ) throws(KernelError) -> NameService {
        let server = Holder(RecursiveServer(root: root))
        return try traffic.serve(at: address) { bytes in
            server.state.withLock { $0.reply(to: bytes) }
        }
    }

    private final class Holder: Sendable {
        let state: Mutex<RecursiveServer>
        init(_ server: RecursiveServer) { state = Mutex(server) }
    }

    private mutating func reply(to bytes: [UInt8]) -> [UInt8]? {
        guard let question = DNSMessage(bytes)?.question else { return nil }
        var reply = DNSReply(offersRecursion: true)
        if let found = try? find(question, depth: 0) {
            let left = UInt32(clamping: max(found.until - LoadClock.now, 0) / 1_000_000_000)
            reply.code = found.code
            reply.answers = found.answers.map { Self.lowered($0, to: left) }
            reply.authorities = found.authorities.map { Self.lowered($0, to: left) }
        } else {
            reply.code = .serverFailure
        }
        return reply.message(to: bytes)
    }

    /// What is kept is given on with the time that it has left.
    private static func lowered(_ record: DNSRecord, to left: UInt32) -> DNSRecord {
        var record = record
        record.life = min(record.life, left)
        return record
    }

    /// Out of what is kept, or from the authority, down from the nearest zone whose servers are known.
    private mutating func find(
        _ question: DNSMessage.Question, depth: Int
    ) throws(KernelError) -> Kept {
        if let known = kept[question], known.until > LoadClock.now { return known }
        for _ in 0..<Self.mostSteps {
            let zone = nearest(to: question.name)
            let message = try ask(question, zone, depth: depth)
            let servers = message.authorities.first { $0.type == .ns && $0.name.depth > zone.depth }
            if message.answers.isEmpty, message.code == .noError, let servers,
                let name = servers.target
            {
                zones[servers.name] = Servers(
                    name: name,
                    address: message.additional.first { $0.name == name }?.address,
                    until: Self.end(of: servers.life))
                continue
            }
            let life = (message.answers + message.authorities).map(\.life).min() ?? 0
            let found = Kept(
                code: message.code, answers: message.answers, authorities: message.authorities,
                until: Self.end(of: life))
            kept[question] = found
            return found
        }
        throw KernelError("find", question.name.text, code: TCPSocket.timedOut)
    }

    private func nearest(to name: DNSName) -> DNSName {
        zones.filter { name.isWithin($0.key) && $0.value.until > LoadClock.now }.keys
            .max { $0.depth < $1.depth } ?? .root
    }

    /// Asks a server of a zone, looked up first where its address did not come with its name.
    private mutating func ask(
        _ question: DNSMessage.Question, _ zone: DNSName, depth: Int
    ) throws(KernelError) -> DNSMessage {
        guard let server = zones[zone], depth < Self.mostDepth else {
            throw KernelError("find", question.name.text, code: TCPSocket.timedOut)
        }
        var address = server.address
        if address == nil {
            address = try find(DNSMessage.Question(server.name, .a), depth: depth + 1)
                .answers.first?.address
            zones[zone]?.address = address
        }
        guard let address,
            let message = try PlainLookup.ask(
                question.name, [question.type], at: SocketAddress(address, port: 53),
                recursionDesired: false, within: Self.patience
            ).answers.first
        else { throw KernelError("find", server.name.text, code: TCPSocket.timedOut) }
        return message
    }

    private static func end(of life: UInt32) -> Int64 {
        LoadClock.now + Int64(life) * 1_000_000_000
    }
}
