package import HostState

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
        /// Relative to the first byte of either side: `seq 1, ack 1`.
        package var detail: String
        package var frame: [UInt8]
    }

    package enum Mark: Sendable, Hashable {
        /// Of the socket between these ends, seen from a side; nil where it is gone.
        case state(Side, client: Segment.End, server: Segment.End, TCPState?)
        case note(Side?, String)
    }

    package internal(set) var passages: [Passage] = []
    package internal(set) var marks: [(at: Int64, mark: Mark)] = []

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
        var events: [(at: Int64, kind: Exchange.Kind)] = []
        let start = min(
            passages.map(\.sent).min() ?? .max, marks.map(\.at).min() ?? .max)
        func seconds(_ time: Int64) -> Double { Double(time - start) / 1e9 }
        func place(_ side: Side) -> Int { side == .client ? 0 : 1 }
        for passage in passages {
            let message = Exchange.Message(
                from: place(passage.from), to: 1 - place(passage.from), passage.segment.label,
                detail: passage.detail, arrives: passage.arrived.map(seconds),
                isLost: passage.isLost, origin: passage.origin)
            events.append((passage.sent, .message(message)))
        }
        for (at, mark) in marks {
            switch mark {
            case .state(let side, _, _, let state):
                events.append((at, .state(actor: place(side), state?.name ?? "CLOSED")))
            case .note(let side, let text):
                events.append((at, .note(actor: side.map(place), text)))
            }
        }
        // Stable: what was seen at one time stays in the order in which it was written down.
        let ordered = events.enumerated().sorted {
            ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
        }
        return Exchange(
            actors: sides.map {
                Exchange.Actor(
                    $0 == .client ? "client" : "server", detail: "\(PrivateNetwork.address($0, 0))")
            },
            events: ordered.map {
                Exchange.Event(at: seconds($0.element.at), $0.element.kind)
            })
    }
}
