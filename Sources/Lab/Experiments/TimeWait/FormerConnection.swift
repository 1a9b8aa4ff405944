import Kernel
import Model
import Testbed

/// A connection that was opened, used and closed: what is left of it is the TIME_WAIT at one side, if there is any.
struct FormerConnection {
    static let port: UInt16 = 40_000
    /// What the client said in it.
    static let text = "OLD ORDER"

    /// The segment with those bytes, as the wire kept it.
    let data: Wire.Kept
    /// Its SYN.
    let request: Wire.Kept
    /// The server's answer to that.
    let answer: Segment

    /// Opens it, has the client say something, and closes it.
    ///
    /// - Parameter first: who closes first, and so holds TIME_WAIT.
    static func make(
        _ ground: WireGround, at listener: TCPSocket, first: PrivateNetwork.Side
    ) throws(KernelError) -> FormerConnection {
        ground.wire.decide { segment, side in
            side == .client && (segment.flags.contains(.syn) || !segment.payload.isEmpty)
                ? .isCopied : .passes
        }
        let ends = try ground.open(from: port, at: listener)
        _ = ground.send(text, by: ends.client)
        let heard = try ground.read(ends.server, atMost: text.utf8.count)
        let (one, other) =
            first == .client ? (ends.client, ends.server) : (ends.server, ends.client)
        // Not close(): without room for TIME_WAIT there would be none for an orphan in FIN_WAIT2, either.
        _ = one.shutdownSending()
        let isHeard = try ground.read(other).end == .closed
        ground.close(other)
        let isClosed = try ground.sees { record in
            let (near, far): (PrivateNetwork.Side, PrivateNetwork.Side) =
                first == .client ? (.client, .server) : (.server, .client)
            return [TCPState.timeWait, nil].contains(
                record.states(of: near, client: port).last ?? .listen)
                && record.states(of: far, client: port).last == .some(nil)
        }
        ground.close(one)
        ground.wire.decide(nil)
        try ground.settle()
        let kept = ground.wire.kept
        guard isHeard, isClosed, heard.bytes == Array(text.utf8),
            let request = kept.first(where: { $0.segment.flags.contains(.syn) }),
            let data = kept.first(where: { !$0.segment.payload.isEmpty }),
            let answer = ground.record.sent(by: .server).first(where: { $0.flags.contains(.syn) })
        else { throw KernelError("close", "a connection", code: TCPSocket.timedOut) }
        return FormerConnection(data: data, request: request, answer: answer)
    }
}
