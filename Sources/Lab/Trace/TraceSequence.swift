import Model
import Text

/// A trace as messages between the host, its name servers and the server.
///
/// No packet was seen: each message is concluded from what system calls gave and from the states of the sockets.
struct TraceSequence {
    private(set) var exchange = Exchange(actors: [Exchange.Actor("host")])
    /// Where the actors are, by their names and details as they came.
    private var places: [[String]: Int] = [:]

    init(_ trace: Trace) {
        for request in trace.requests { add(request) }
        if let failure = trace.failure {
            note(failure.reason, at: exchange.events.map(\.at).max() ?? 0, actor: 0)
        }
        let order = exchange.events.indices.sorted {
            (exchange.events[$0].at, $0) < (exchange.events[$1].at, $1)
        }
        exchange.events = order.map { exchange.events[$0] }
    }

    private mutating func add(_ request: Trace.Request) {
        if let name = request.name { add(name) }
        guard let connect = request.connect else { return }
        for attempt in connect.attempts { add(attempt, connect.connection?.roundTrip) }
        guard let connection = connect.connection else { return }
        let server = actor(
            "server", connection.destination.with(port: connection.destinationPort),
            program: connection.peer?.name)
        let half = (connection.roundTrip ?? 0) / 2
        if let tls = request.tls { add(tls, server, half) }
        if let sent = request.sent {
            message(
                0, server, sent.lines.first ?? "", at: sent.span.began,
                arrives: sent.span.ended + half, detail: "\(sent.bytes) bytes")
        }
        if let response = request.response, let read = response.firstByte {
            // When the kernel had it, which may be long before this program was woken.
            let first = response.firstArrived ?? read
            let last = response.lastArrived ?? response.span.ended
            let begun = max(first - half, request.sent?.span.ended ?? 0)
            let label =
                response.head.map { "\($0.status) \($0.reason)" } ?? "\(response.headBytes) bytes"
            message(
                server, 0, label, at: begun, arrives: first,
                detail: "\(response.headBytes + response.bodyBytes) bytes")
            if last - first > 0.001 {
                message(
                    server, 0, "last byte", at: max(last - half, begun), arrives: last, detail: nil)
            }
        }
        for state in request.states {
            exchange.events.append(
                .init(
                    at: state.at, .state(actor: state.side == .local ? 0 : server, state.state.name)
                ))
        }
        if let close = request.close { add(close, request.states, server, half) }
    }

    private mutating func add(_ name: Trace.Name) {
        let asked = name.resolution.exchange
        let places = asked.actors.indices.map { place in
            place == 0
                ? 0
                : actor(asked.actors[place].name, asked.actors[place].detail, program: nil)
        }
        for event in asked.events {
            let at = event.at + name.span.began
            switch event.kind {
            case .message(var message):
                message.from = places[message.from]
                message.to = places[message.to]
                message.arrives = message.arrives.map { $0 + name.span.began }
                exchange.events.append(.init(at: at, .message(message)))
            case .state(let actor, let state):
                exchange.events.append(.init(at: at, .state(actor: places[actor], state)))
            case .note(let actor, let text):
                exchange.events.append(.init(at: at, .note(actor: actor.map { places[$0] }, text)))
            }
        }
    }

    /// - Parameter roundTrip: of the connection that came about, by the kernel.
    private mutating func add(_ attempt: Trace.Attempt, _ roundTrip: Double?) {
        let server = actor("server", attempt.address.with(port: attempt.port), program: nil)
        let began = attempt.span.began
        var ended = attempt.span.ended
        var middle = (began + ended) / 2
        if attempt.outcome == .connected, let roundTrip, roundTrip <= attempt.span.seconds {
            // From SYN to SYN ACK; the rest of connect() passed until this program was woken, or before the SYN was sent again.
            if attempt.synRetries == 0 { ended = began + roundTrip }
            middle = ended - roundTrip / 2
        }
        let isSilent = attempt.outcome != .connected && attempt.errno != "ECONNREFUSED"
        if let errno = attempt.errno, attempt.synRetries == nil || attempt.span.seconds < 0.0001,
            isSilent
        {
            note("connect: \(errno)", at: ended, actor: 0)
            return
        }
        message(0, server, "SYN", at: began, arrives: isSilent ? nil : middle, detail: nil)
        if let retries = attempt.synRetries, retries > 0 {
            note("SYN retransmitted \(retries) times", at: middle, actor: 0)
        }
        switch attempt.outcome {
        case .connected:
            message(server, 0, "SYN ACK", at: middle, arrives: ended, detail: nil)
            message(0, server, "ACK", at: ended, arrives: ended + ended - middle, detail: nil)
        case .failed where attempt.errno == "ECONNREFUSED":
            message(server, 0, "RST ACK", at: middle, arrives: ended, detail: "refused")
        case .failed: note("connect: \(attempt.errno ?? "failed")", at: ended, actor: 0)
        case .overtaken: note("given up, because another address answered", at: ended, actor: 0)
        case .unanswered: note("no answer", at: ended, actor: 0)
        }
    }

    private mutating func add(
        _ close: Trace.Close, _ states: [Trace.StateSeen], _ server: Int, _ half: Double
    ) {
        let closed = close.closed
        func time(_ wanted: TCPState...) -> Double? {
            states.first { $0.side == .local && wanted.contains($0.state) && $0.at >= closed }?.at
        }
        let isClosed = states.contains { $0.side == .local && $0.state == .closeWait }
        if let reset = close.reset {
            if close.first == .peer, isClosed { addPeersEnd(close, states, server, half) }
            if reset == .local, close.first == .local,
                states.contains(where: { $0.side == .local && $0.state == .finWait1 })
            {
                message(0, server, "FIN ACK", at: closed, arrives: closed + half, detail: nil)
            }
            let isOwn = reset == .local
            let at = isOwn ? closed : max(close.span.began - half, 0)
            message(
                isOwn ? 0 : server, isOwn ? server : 0, "RST", at: at,
                arrives: isOwn ? closed + half : close.span.began, detail: nil)
            return
        }
        if close.first == .peer {
            addPeersEnd(close, states, server, half)
            message(0, server, "FIN ACK", at: closed, arrives: closed + half, detail: nil)
            if let gone = time(.close, .timeWait) {
                message(server, 0, "ACK", at: max(gone - half, closed), arrives: gone, detail: nil)
            }
        } else {
            message(0, server, "FIN ACK", at: closed, arrives: closed + half, detail: nil)
            let acknowledged = time(.finWait2)
            if let acknowledged {
                message(
                    server, 0, "ACK", at: max(acknowledged - half, closed), arrives: acknowledged,
                    detail: nil)
            }
            if let ended = time(.timeWait, .closing) {
                message(
                    server, 0, "FIN ACK", at: max(ended - half, acknowledged ?? closed),
                    arrives: ended, detail: nil)
                message(0, server, "ACK", at: ended, arrives: ended + half, detail: nil)
            }
        }
        let end = states.map(\.at).max() ?? close.span.ended
        for (actor, state, seconds) in [
            (0, close.held, close.heldSeconds), (server, close.peerHeld, close.peerHeldSeconds),
        ] where state == .timeWait {
            let time = seconds.map { " for \($0.duration)" } ?? ""
            note("TIME_WAIT stays\(time)", at: max(end, close.span.ended), actor: actor)
        }
    }

    /// TLS's messages, those that went one way without one between them as one.
    private mutating func add(_ tls: Trace.TLS, _ server: Int, _ half: Double) {
        var flight: [Trace.TLS.Message] = []
        func end(_ sequence: inout TraceSequence) {
            guard let first = flight.first, let last = flight.last else { return }
            let names = flight.map { ($0.alert == nil ? "" : "alert ") + $0.name }
            let label =
                names.count < 3
                ? names.joined(separator: ", ") : "\(names[0]) … \(names[names.count - 1])"
            let bytes = flight.reduce(0) { $0 + $1.bytes }
            let detail =
                (names.count < 3 ? "" : names.joined(separator: ", ") + "; ")
                + "TLS, \(bytes) bytes"
            if first.side == .local {
                sequence.message(
                    0, server, label, at: last.at, arrives: last.at + half, detail: detail)
            } else {
                let arrived = min(last.arrived ?? first.at, last.at)
                sequence.message(
                    server, 0, label, at: max(arrived - half, 0), arrives: arrived, detail: detail)
            }
            flight = []
        }
        for message in tls.messages {
            if let last = flight.last,
                last.side != message.side
                    || (message.arrived ?? message.at) - (last.arrived ?? last.at) > 0.001
                    || (last.alert == nil) != (message.alert == nil)
            {
                end(&self)
            }
            flight.append(message)
        }
        end(&self)
    }

    private mutating func addPeersEnd(
        _ close: Trace.Close, _ states: [Trace.StateSeen], _ server: Int, _ half: Double
    ) {
        // The kernel may have told when it came, which is before it was read.
        let told = states.first { $0.side == .local && $0.state == .closeWait }?.at
        let read = close.peerEnded ?? close.closed
        let ended = min(told ?? read, read)
        message(server, 0, "FIN ACK", at: max(ended - half, 0), arrives: ended, detail: nil)
    }

    /// The place of an actor with that name and detail; it is made if there is none.
    private mutating func actor(_ name: String, _ detail: String?, program: String?) -> Int {
        let key = [name, detail ?? ""]
        let place = places[key] ?? exchange.actors.count
        if places.updateValue(place, forKey: key) == nil {
            exchange.actors.append(Exchange.Actor(name, detail: detail))
        }
        if let program, let detail { exchange.actors[place].detail = "\(detail), \(program)" }
        return place
    }

    private mutating func message(
        _ from: Int, _ to: Int, _ label: String, at time: Double, arrives: Double?, detail: String?
    ) {
        exchange.events.append(
            .init(
                at: time,
                .message(
                    Exchange.Message(
                        from: from, to: to, label, detail: detail, arrives: arrives,
                        isLost: arrives == nil, origin: .concluded))))
    }

    private mutating func note(_ text: String, at time: Double, actor: Int?) {
        exchange.events.append(.init(at: time, .note(actor: actor, text)))
    }
}
