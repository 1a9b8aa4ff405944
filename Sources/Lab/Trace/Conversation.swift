import HostState
import Kernel

/// One request over a connection, and its response.
struct Conversation {
    let socket: TCPSocket
    let clock: TraceClock
    /// When time is up.
    let deadline: Double

    /// Seconds for which a server that says it closes is waited for.
    static let closePatience = 2.0

    /// What ended it.
    enum End: Sendable, Hashable {
        /// The response is whole, and the connection may stay.
        case done
        /// The server has closed.
        case peerEnded(Double)
        /// The server has reset the connection.
        case reset(Double)
        /// Another error of the socket's.
        case failed(String)
        case timedOut
        /// What came is no response.
        case bad
    }

    /// The lines of a request for what the address names.
    static func lines(_ url: TraceURL, authority: String, agent: String) -> [String] {
        [
            "GET \(url.target) HTTP/1.1", "Host: \(authority)", "User-Agent: \(agent)",
            "Accept: */*", "Connection: keep-alive",
        ]
    }

    /// Sends the request; nil where all of it has gone.
    func send(_ lines: [String], into request: inout Trace.Request) throws(KernelError) -> End? {
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        let began = clock.now
        var sent = 0
        defer {
            request.sent = Trace.Sent(
                span: .init(began: began, ended: clock.now), bytes: sent, lines: lines)
        }
        let events = try EventSet.open()
        _ = events.add(socket, token: 0, writable: true)
        while sent < bytes.count {
            let count = socket.send(bytes, from: sent, to: bytes.count)
            if count >= 0 {
                sent += count
            } else if count == TCPSocket.wouldBlock {
                guard wait(on: events) else { return .timedOut }
            } else if Int32(-count) == TCPSocket.wasReset {
                return .reset(clock.now)
            } else {
                return .failed(SocketErrno.name(Int32(-count)))
            }
        }
        return nil
    }

    private func wait(on events: borrowing EventSet) -> Bool {
        guard clock.now < deadline else { return false }
        _ = events.wait(nanoseconds: clock.nanoseconds(until: deadline))
        return true
    }

    /// Reads the response to its end.
    func receive(into request: inout Trace.Request) throws(KernelError) -> End {
        let began = request.sent?.span.ended ?? clock.now
        var reader = ResponseReader()
        var response = Trace.Response(
            span: .init(began: began, ended: began), headBytes: 0, bodyBytes: 0, extraBytes: 0,
            interim: 0, framing: "none")
        let end = try receive(by: &reader, into: &response)
        response.head = reader.head
        response.headBytes = reader.headBytes
        response.bodyBytes = reader.bodyBytes
        response.extraBytes = reader.extraBytes
        response.interim = reader.interim
        response.framing = reader.framingName
        response.keepsAlive = reader.head.map { $0.keepsAlive && reader.framingName != "close" }
        request.response = response
        return end
    }

    private func receive(
        by reader: inout ResponseReader, into response: inout Trace.Response
    ) throws(KernelError) -> End {
        let events = try EventSet.open()
        _ = events.add(socket, token: 0)
        var room = [UInt8](repeating: 0, count: 65_536)
        defer { if response.span.ended == response.span.began { response.span.ended = clock.now } }
        while true {
            let count = socket.receive(into: &room)
            let now = clock.now
            if count > 0 {
                response.firstByte = response.firstByte ?? now
                response.span.ended = now
                switch reader.take(room, count: count) {
                case .more: continue
                case .done: return .done
                case .bad(let why):
                    response.problem = why
                    return .bad
                }
            }
            if count == TCPSocket.wouldBlock {
                guard wait(on: events) else {
                    response.span.ended = now
                    return .timedOut
                }
                continue
            }
            if case .bad(let why) = reader.end() { response.problem = why }
            if count == 0 {
                // The end itself is the end of a response without a length.
                if response.problem != nil { response.span.ended = now }
                return .peerEnded(now)
            }
            response.span.ended = now
            let code = Int32(-count)
            return code == TCPSocket.wasReset ? .reset(now) : .failed(SocketErrno.name(code))
        }
    }

    /// Whether the server closes now, or within some seconds where it said that it would.
    func awaitEnd(seconds: Double) throws(KernelError) -> End? {
        let events = try EventSet.open()
        _ = events.add(socket, token: 0)
        let until = min(clock.now + seconds, max(deadline, clock.now))
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = socket.receive(into: &room)
            let now = clock.now
            if count == 0 { return .peerEnded(now) }
            if count < 0, count != TCPSocket.wouldBlock {
                return Int32(-count) == TCPSocket.wasReset
                    ? .reset(now) : .failed(SocketErrno.name(Int32(-count)))
            }
            guard now < until else { return nil }
            if count < 0 { _ = events.wait(nanoseconds: clock.nanoseconds(until: until)) }
        }
    }
}
