package import Model

/// What a wire saw: each segment that went over it, and the states of the sockets at both ends.
package struct WireRecord: Sendable {
    package typealias Side = PrivateNetwork.Side

    /// One segment on its way.
    package struct Passage: Sendable {
        package var segment: Segment
        package var from: Side
        package var origin: Exchange.Origin
        /// CLOCK_MONOTONIC in nanoseconds: when it was put on the wire.
        package var sent: Int64
        /// When it was handed to the other side; nil while it is under way, and where it was lost.
        package var arrived: Int64?
        package var isLost: Bool
        /// Held up on its way until the experiment let it go on.
        package var isDelayed = false
        /// Relative to the first byte of either side: `seq 1, ack 1`.
        package var detail: String
        package var frame: [UInt8]
    }

    /// Word of a segment that a kernel could not deliver, on its way back.
    package struct Notice: Sendable {
        package var notice: UnreachableNotice
        package var from: Side
        /// As of a ``Passage``.
        package var sent: Int64
        package var arrived: Int64?
        package var frame: [UInt8]
    }

    package enum Mark: Sendable, Hashable {
        /// Of the socket between these ends, seen from a side; nil where it is gone.
        case state(Side, client: Segment.End, server: Segment.End, TCPState?)
        case note(Side?, String)
    }

    /// What was seen or said, and when.
    package struct Entry: Sendable {
        /// CLOCK_MONOTONIC in nanoseconds.
        package var at: Int64
        package var mark: Mark
        /// Of a state: when it was last looked for in vain; nil at the first look.
        package var notBefore: Int64?
    }

    /// What the addresses of its sides are of.
    package internal(set) var family = InternetFamily.v4
    package internal(set) var passages: [Passage] = []
    package internal(set) var notices: [Notice] = []
    package internal(set) var marks: [Entry] = []

    /// The segments that a side's kernel sent, in their order.
    package func sent(by side: Side) -> [Segment] {
        passages.filter { $0.from == side && $0.origin == .sent }.map(\.segment)
    }

    /// The states that the socket of a side went through, in their order; nil for one that is gone.
    ///
    /// - Parameter client: the port of the connection's client; nil for all of them.
    package func states(of side: Side, client port: UInt16? = nil) -> [TCPState?] {
        marks.compactMap { entry -> TCPState?? in
            guard case .state(side, let client, _, let state) = entry.mark,
                port == nil || client.port == port
            else { return nil }
            return .some(state)
        }
    }

    /// As it is drawn: the client to the left, from the first thing that happened on.
    package func exchange() -> Exchange {
        let sides: [Side] = [.client, .server]
        var events: [(at: Int64, kind: Exchange.Kind, port: UInt16?, notBefore: Int64?)] = []
        let start = min(
            passages.map(\.sent).min() ?? .max, marks.map(\.at).min() ?? .max)
        func seconds(_ time: Int64) -> Double { Double(time - start) / 1e9 }
        func place(_ side: Side) -> Int { side == .client ? 0 : 1 }
        for passage in passages {
            let message = Exchange.Message(
                from: place(passage.from), to: 1 - place(passage.from), passage.segment.label,
                detail: passage.detail, arrives: passage.arrived.map(seconds),
                isLost: passage.isLost, origin: passage.origin,
                segment: Exchange.Segment(passage.segment))
            let end =
                passage.from == .client ? passage.segment.source : passage.segment.destination
            events.append((passage.sent, .message(message), end.port, nil))
        }
        for notice in notices {
            let message = Exchange.Message(
                from: place(notice.from), to: 1 - place(notice.from), notice.notice.label,
                detail: "about \(notice.notice.destination.socketAddress)",
                arrives: notice.arrived.map(seconds))
            events.append((notice.sent, .message(message), notice.notice.source.port, nil))
        }
        for entry in marks {
            switch entry.mark {
            case .state(let side, let client, _, let state):
                events.append(
                    (
                        entry.at, .state(actor: place(side), state?.name ?? TCPState.close.name),
                        client.port, entry.notBefore
                    ))
            case .note(let side, let text):
                events.append((entry.at, .note(actor: side.map(place), text), nil, nil))
            }
        }
        // Stable: what was seen at one time stays in the order in which it was written down.
        let ordered = events.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        return Exchange(
            actors: sides.map {
                Exchange.Actor(
                    $0 == .client ? "client" : "server", detail: "\(Wire.address($0, family))")
            },
            events: ordered.map {
                Exchange.Event(
                    at: seconds($0.element.at), $0.element.kind, port: $0.element.port,
                    notBefore: $0.element.notBefore.map(seconds))
            })
    }
}

extension Exchange.Segment {
    init(_ segment: Segment) {
        self.init(
            sequence: segment.sequence,
            acknowledgement: segment.flags.contains(.ack) ? segment.acknowledgement : nil,
            bytes: segment.payload.count, timestamp: segment.options.timestamps?.value)
    }
}
