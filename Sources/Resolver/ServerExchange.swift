import CNetlink
import Glibc
import Kernel
import Model
import Text

/// Questions put to one server, once, and what came back.
struct ServerExchange {
    let server: SocketAddress
    /// For how long an answer is waited for, in seconds.
    let patience: Double
    /// When the whole lookup must be over, by CLOCK_MONOTONIC.
    var end = Double.infinity

    /// So many datagrams that were there when the time ran out are still looked at: as many as a socket's queue holds.
    private static let mostLate = 512

    /// What became of one question.
    struct Outcome {
        var transport: NameResolution.Transport
        /// Both by CLOCK_MONOTONIC.
        var sent: Double
        var ended: Double
        var message: DNSMessage?
        /// Nil where there is a message.
        var failure: Failure?

        var seconds: Double { ended - sent }
    }

    enum Failure: Hashable {
        case timedOut
        /// The errno: nobody is there (ECONNREFUSED), no way leads there (ENETUNREACH).
        case unreachable(CInt)
        /// What came is no message, or none of this question.
        case unreadable
        /// The name has no form in which it could be asked for.
        case unaskable
    }

    /// Sends all questions at once and waits for all answers, in the order of the questions.
    func askByUDP(_ questions: [DNSQuestion]) -> [Outcome] {
        var flights = questions.map { Flight($0) }
        let start = MonotonicClock.now
        let descriptor = UDPSocket.open(isIPv6: server.isIPv6)
        guard descriptor >= 0 else { return failed(flights, .unreachable(-descriptor), start) }
        let socket = UDPSocket(descriptor: descriptor)
        defer { socket.close() }
        // Connected, it hears what this server sends and nothing else, and that nobody is there.
        let connected = socket.connect(to: server)
        guard connected == 0 else { return failed(flights, .unreachable(-connected), start) }
        for place in flights.indices {
            guard let bytes = flights[place].bytes else {
                flights[place].end(.unaskable)
                continue
            }
            flights[place].sent = MonotonicClock.now
            let sent = socket.send(bytes)
            guard sent < 0 else { continue }
            // The error may be that of a datagram before this one: whoever is not there is there for none of them.
            for other in flights.indices {
                flights[other].sent = max(flights[other].sent, start)
                if flights[other].isOut { flights[other].end(.unreachable(CInt(-sent))) }
            }
            break
        }
        collect(from: socket, &flights)
        return flights.map { $0.outcome(.udp) }
    }

    private func collect(from socket: UDPSocket, _ flights: inout [Flight]) {
        let end = min(MonotonicClock.now + patience, end)
        var late = 0
        var buffer = [UInt8](repeating: 0, count: 65536)
        while flights.contains(where: \.isOut) {
            let left = end - MonotonicClock.now
            if left <= 0 { late += 1 }
            // What is there already counts, however late we come to look; a server that sends without end is not heard out.
            guard late <= Self.mostLate,
                socket.awaitInput(milliseconds: CInt(max(left, 0) * 1000 + 0.999))
            else {
                if left > 0 { continue }
                for place in flights.indices where flights[place].isOut {
                    flights[place].end(flights[place].wasUnreadable ? .unreadable : .timedOut)
                }
                return
            }
            let count = socket.receive(into: &buffer)
            if count < 0 {
                if count == -Int(EAGAIN) { continue }
                for place in flights.indices where flights[place].isOut {
                    flights[place].end(.unreachable(CInt(-count)))
                }
                return
            }
            let bytes = Array(buffer[..<count])
            // What answers nothing of ours is passed over: it may be forged, and the true answer still come.
            for place in flights.indices where flights[place].take(bytes) { break }
        }
    }

    private func failed(
        _ flights: [Flight], _ failure: Failure, _ start: Double
    ) -> [Outcome] {
        flights.map {
            var flight = $0
            flight.sent = start
            flight.end(failure)
            return flight.outcome(.udp)
        }
    }
}

/// A question under way.
private struct Flight {
    let question: DNSQuestion
    private let id: UInt16
    let bytes: [UInt8]?
    var sent = 0.0
    private var ended = 0.0
    private var message: DNSMessage?
    private var failure: ServerExchange.Failure?
    /// True where something came under the number of this question that is no answer.
    private(set) var wasUnreadable = false

    init(_ question: DNSQuestion) {
        self.question = question
        id = .random(in: 0...UInt16.max)
        bytes = question.message(id: id)
    }

    var isOut: Bool { message == nil && failure == nil }

    mutating func end(_ failure: ServerExchange.Failure) {
        self.failure = failure
        ended = MonotonicClock.now
    }

    /// True where the datagram answers this question.
    mutating func take(_ datagram: [UInt8]) -> Bool {
        guard isOut, datagram.count >= 2,
            UInt16(datagram[0]) << 8 | UInt16(datagram[1]) == id
        else { return false }
        guard let message = DNSMessage(datagram), question.isAnswered(by: message, id: id) else {
            wasUnreadable = true
            return false
        }
        self.message = message
        ended = MonotonicClock.now
        return true
    }

    func outcome(_ transport: NameResolution.Transport) -> ServerExchange.Outcome {
        ServerExchange.Outcome(
            transport: transport, sent: sent, ended: ended, message: message, failure: failure)
    }
}

extension ServerExchange {
    /// Asks over a connection of its own, as it is done where an answer does not fit a datagram.
    func askByTCP(_ question: DNSQuestion) -> Outcome {
        var flight = Flight(question)
        flight.sent = MonotonicClock.now
        guard let bytes = flight.bytes else {
            flight.end(.unaskable)
            return flight.outcome(.tcp)
        }
        let end = min(MonotonicClock.now + patience, end)
        switch DNSStream.exchange(bytes, with: server, until: end) {
        case .answer(let answer):
            if !flight.take(answer) { flight.end(.unreadable) }
        case .failed(let code): flight.end(.unreachable(code))
        case .timedOut: flight.end(.timedOut)
        }
        return flight.outcome(.tcp)
    }
}

extension ServerExchange.Failure {
    /// With the server: `10.0.0.2:53 did not answer within 5 s`.
    func text(_ server: SocketAddress, patience: Double) -> String {
        switch self {
        case .timedOut: "\(server) did not answer within \(patience.duration)"
        case .unreachable(let code):
            "\(server) cannot be reached: \(KernelError.reason(code))"
        case .unreadable: "\(server) sent something that is not an answer"
        case .unaskable: "the query for this name cannot be built"
        }
    }
}
