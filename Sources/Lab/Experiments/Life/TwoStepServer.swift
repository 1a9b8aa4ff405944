import Model
import Testbed

/// A server in user space, on the wire in the place of a kernel's, that opens a connection at the SYN.
///
/// Its SYN ACK is the second step and the last: it waits for no third. All else it does as TCP does: it acknowledges, closes
/// when the client has closed, and heeds a reset.
final class TwoStepServer {
    private struct Connection {
        var client: Segment.End
        var server: Segment.End
        /// The number that it waits for, and the one that it sends next.
        var next: UInt32
        var own: UInt32
        var opened: Int64
        var hasClosed = false
    }

    private let ground: WireGround
    private var connections: [Connection] = []
    /// Places of the record that it has dealt with.
    private var done: Set<Int> = []
    /// How many connections its program was given, and how many bytes it has read.
    private(set) var accepted = 0
    private(set) var bytes = 0
    /// How long the connection was open that ended last.
    private(set) var lastHeldSeconds: Double?

    init(_ ground: WireGround) { self.ground = ground }

    /// Connections that it holds open.
    var held: Int { connections.count }

    /// Deals with what has arrived since.
    func serve(_ record: WireRecord) {
        let fresh = record.passages.enumerated().filter { place, passage in
            passage.from == .client && passage.arrived != nil && !passage.isLost
                && !done.contains(place)
        }.sorted { ($0.element.arrived ?? 0) < ($1.element.arrived ?? 0) }
        for (place, passage) in fresh {
            done.insert(place)
            take(passage.segment, at: passage.arrived ?? 0)
        }
    }

    private func take(_ segment: Segment, at time: Int64) {
        let place = connections.firstIndex { $0.client == segment.source }
        if segment.flags == .syn {
            if place == nil { open(segment, at: time) }
            return
        }
        guard let place else { return }
        if segment.flags.contains(.reset) {
            guard segment.sequence == connections[place].next else { return }
            ground.wire.note("the reset ends the connection", at: .server)
            return end(place, at: time)
        }
        if connections[place].hasClosed {
            // The ACK of its FIN.
            if segment.acknowledgement == connections[place].own { end(place, at: time) }
            return
        }
        guard segment.length > 0, segment.sequence == connections[place].next else { return }
        connections[place].next &+= segment.length
        bytes += segment.payload.count
        let isEnd = segment.flags.contains(.fin)
        answer(connections[place], isEnd ? [.fin, .ack] : .ack)
        if isEnd {
            connections[place].hasClosed = true
            connections[place].own &+= 1
        }
    }

    private func open(_ request: Segment, at time: Int64) {
        accepted += 1
        // Anything will do: it has never sent a number before.
        let number = 1_000_000 &* UInt32(accepted)
        let connection = Connection(
            client: request.source, server: request.destination, next: request.sequence &+ 1,
            own: number, opened: time)
        ground.wire.note("opens a connection at the SYN: accept() gives it", at: .server)
        answer(connection, [.syn, .ack])
        connections.append(connection)
        connections[connections.count - 1].own &+= 1
    }

    private func answer(_ connection: Connection, _ flags: Segment.Flags) {
        ground.wire.put(
            Segment(
                from: connection.server, to: connection.client, flags, sequence: connection.own,
                acknowledgement: connection.next), from: .server)
    }

    private func end(_ place: Int, at time: Int64) {
        lastHeldSeconds = Double(time - connections[place].opened) / 1e9
        connections.remove(at: place)
    }
}
