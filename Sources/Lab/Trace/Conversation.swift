import Kernel
import Model
import Testbed

/// One request over a connection, and its response.
struct Conversation {
    let channel: TraceChannel
    private var clock: TraceClock { channel.clock }
    private var deadline: Double { channel.deadline }

    init(_ channel: TraceChannel) { self.channel = channel }

    /// Seconds for which a server that says it closes is waited for.
    static let closePatience = 2.0
    /// So many times what had come when time was up is still read, 64 KiB each: more than a socket holds by default.
    static let mostLateReads = 128

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
        /// The server has ended TLS, and not closed the connection.
        case notified
        /// TLS cannot go on.
        case broken(TLSFailure)
        /// Nothing was asked, for want of trust.
        case withheld
    }

    /// Sends the request; nil where all of it has gone.
    ///
    /// - Parameter shown: the lines as they may be shown.
    func send(
        _ lines: [String], shown: [String], into request: inout Trace.Request
    ) throws(KernelError) -> End? {
        let bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        let began = clock.now
        var sent = 0
        defer {
            request.sent = Trace.Sent(
                span: .init(began: began, ended: clock.now), bytes: sent, lines: shown)
        }
        let events = try EventSet.open()
        _ = events.add(channel.socket, token: 0, writable: true)
        while sent < bytes.count || !channel.hasSentAll {
            let count =
                sent < bytes.count
                ? channel.send(bytes, from: sent, to: bytes.count) : Int(channel.flush())
            if count >= 0 {
                sent += count
                if sent < bytes.count || channel.hasSentAll { continue }
            } else if count != TCPSocket.wouldBlock {
                return unsendable(Int32(-count))
            }
            guard wait(on: events) else { return .timedOut }
        }
        return nil
    }

    /// Why nothing can be sent: what TLS of the server said before it went, or the errno.
    private func unsendable(_ code: Int32) -> End {
        var room = [UInt8](repeating: 0, count: 16_384)
        if channel.engine != nil,
            case .broken(let failure) = channel.receive(into: &room, atMost: room.count)
        {
            return .broken(failure)
        }
        return code == TCPSocket.wasReset
            ? .reset(clock.now) : .failed(SocketErrno.name(code))
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
        _ = events.add(channel.socket, token: 0)
        var room = [UInt8](repeating: 0, count: 65_536)
        var lateReads = 0
        defer { if response.span.ended == response.span.began { response.span.ended = clock.now } }
        while true {
            // The first byte alone: the kernel tells when the last of what is read has come.
            let reading = channel.receive(
                into: &room, atMost: response.firstByte == nil ? 1 : room.count)
            let now = clock.now
            switch reading {
            case .bytes(let count, let arrived):
                note(arrived, at: now, in: &response)
                switch reader.take(room, count: count) {
                case .more:
                    // A server that sends without end, or a byte now and then, is not heard out.
                    if now >= deadline { lateReads += 1 }
                    guard lateReads <= Self.mostLateReads else { return .timedOut }
                case .done: return .done
                case .bad(let why):
                    response.problem = why
                    return .bad
                }
            case .waits:
                guard wait(on: events) else {
                    response.span.ended = now
                    return .timedOut
                }
            default: return end(by: reading, of: &reader, at: now, in: &response)
            }
        }
    }

    /// Notes bytes that were read, and when the last of them had come.
    private func note(_ arrived: Int64?, at now: Double, in response: inout Trace.Response) {
        let came = clock.arrival(arrived, readAt: now)
        if response.firstByte == nil {
            response.firstByte = now
            response.firstArrived = came
        }
        response.lastArrived = came
        response.span.ended = now
    }

    /// What it makes of a response that no more comes.
    private func end(
        by reading: TraceChannel.Reading, of reader: inout ResponseReader, at now: Double,
        in response: inout Trace.Response
    ) -> End {
        if case .bad(let why) = reader.end() { response.problem = why }
        switch reading {
        case .ended, .notified, .bytes, .waits:
            if reading == .ended, channel.engine != nil, response.problem == nil {
                response.problem =
                    "the connection ended without a TLS close_notify, so its end may be missing"
            }
            // The end itself is the end of a response without a length.
            if response.problem != nil { response.span.ended = now }
            return reading == .notified ? .notified : .peerEnded(now)
        case .failed(let code):
            response.span.ended = now
            return code == TCPSocket.wasReset ? .reset(now) : .failed(SocketErrno.name(code))
        case .broken(let failure):
            response.span.ended = now
            response.problem = nil
            return .broken(failure)
        }
    }

    /// Seconds for which a server that has ended TLS is waited for before it gets its answer: one that closes at once would
    /// answer that with a reset.
    private static let noticePatience = 0.05

    /// Whether the server closes now, or within some seconds where it said that it would.
    func awaitEnd(seconds: Double) throws(KernelError) -> End? {
        let events = try EventSet.open()
        _ = events.add(channel.socket, token: 0)
        let until = min(clock.now + seconds, max(deadline, clock.now))
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            let reading = channel.receiveAnything(into: &room)
            let now = clock.now
            let answer = channel.closeNotified.map { $0 + Self.noticePatience } ?? .infinity
            if now >= answer { channel.sayClose(isJoined: false) }
            switch reading {
            case .ended: return .peerEnded(now)
            case .failed(let code):
                return code == TCPSocket.wasReset ? .reset(now) : .failed(SocketErrno.name(code))
            case .bytes, .notified, .broken: guard now < until else { return nil }
            case .waits:
                guard now < until else { return nil }
                let next = now < answer ? min(until, answer) : until
                _ = events.wait(nanoseconds: clock.nanoseconds(until: next))
            }
        }
    }
}
