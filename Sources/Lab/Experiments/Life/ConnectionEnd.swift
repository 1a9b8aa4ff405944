import Kernel
import Model
import Testbed

/// One connection of the experiment teardown, and its end.
struct ConnectionEnd {
    private let scene: Teardown.Case
    private let ground: WireGround
    private let ends: WireGround.Ends
    /// Of the record when both ends were open.
    private let opening: WireRecord
    /// What the server sends after the client's FIN.
    private static let pieces = ["still ", "more ", "here"]

    init(_ scene: Teardown.Case, _ ground: WireGround) throws(KernelError) {
        self.scene = scene
        self.ground = ground
        let listener = try ground.listen()
        ends = try ground.open(from: 40_000, at: listener)
        try ground.require(.client, in: .established, client: ends.port)
        try ground.require(.server, in: .established, client: ends.port)
        if [.nothingLeft, .acknowledgedFirst, .slowly].contains(scene.manner) {
            try Self.talk(ground, ends)
        }
        try ground.settle()
        opening = ground.record
    }

    /// A request, as there mostly is before an end.
    ///
    /// Until data has come, an ACK is held back no longer than to the next tick (`net/ipv4/tcp_output.c:tcp_send_delayed_ack`).
    private static func talk(_ ground: WireGround, _ ends: WireGround.Ends) throws(KernelError) {
        let request = "request"
        ground.wire.note("sends all its data", at: .client)
        _ = ground.send(request, by: ends.client)
        _ = try ground.read(ends.server, atMost: request.utf8.count)
    }

    func run() throws(KernelError) -> Trial {
        if scene.losesResets {
            ground.wire.decide { segment, _ in segment.flags.contains(.reset) ? .isLost : .passes }
        }
        var values: [String: Double] = [:]
        var void: String?
        switch scene.manner {
        case .clientFirst: try inTurn(.client)
        case .serverFirst: try inTurn(.server)
        case .nothingLeft, .acknowledgedFirst, .slowly: void = try atOnce()
        case .halfClose: values = try halfClose()
        case .closedThenData: values = try sendToClosed()
        case .bothAtOnce: void = try bothAtOnce()
        case .neverCloses: values = try keepOpen()
        case .reset:
            note("ends the connection with a reset", .client)
            ground.reset(ends.client)
            _ = try sees(.server, in: nil)
        }
        try ground.settle()
        values.merge(try last()) { $1 }
        if ground.record.hasRepeatedInVain {
            void = "the machine was too slow: a segment was retransmitted without a loss"
        }
        return Trial(values: values, void: void)
    }

    // MARK: ways to part

    private func inTurn(_ first: PrivateNetwork.Side) throws(KernelError) {
        let other: PrivateNetwork.Side = first == .client ? .server : .client
        note("close()", first)
        ground.close(socket(first))
        _ = try sees(other, in: .closeWait)
        _ = try sees(first, in: .finWait2)
        _ = try ground.read(socket(other), seconds: scene.patience)
        note("has read the end of data and calls close()", other)
        ground.close(socket(other))
        _ = try sees(first, in: .timeWait)
        _ = try sees(other, in: nil)
    }

    /// - Returns: why it says nothing, if it does not.
    private func atOnce() throws(KernelError) -> String? {
        note("close()", .client)
        ground.close(ends.client)
        _ = try ground.read(ends.server, seconds: scene.patience)
        switch scene.manner {
        case .acknowledgedFirst: _ = ends.server.acknowledgeAtOnce()
        case .slowly: _ = try sees(.client, in: .finWait2)
        default: break
        }
        ground.close(ends.server)
        let closed = LoadClock.now
        let words =
            switch scene.manner {
            case .acknowledgedFirst:
                "has read the end of data and called setsockopt(TCP_QUICKACK) and close()"
            case .slowly: "has read the end of data and calls close() only now"
            default: "has read the end of data and called close() at once"
            }
        note(words, .server)
        _ = try sees(.client, in: .timeWait)
        _ = try sees(.server, in: nil)
        // An ACK waits 40 ms for something to travel with (include/net/tcp.h:TCP_ATO_MIN); less by a tick, where one has 10 ms.
        let heard = after(ground.record).first { $0.segment.flags.contains(.fin) }?.arrived
        guard let heard, scene.manner == .slowly || closed - heard < 25_000_000 else {
            return "the machine was too slow: the server's close() came after the ACK"
        }
        return nil
    }

    private func halfClose() throws(KernelError) -> [String: Double] {
        note("shutdown(SHUT_WR): sends no more, but still reads", .client)
        _ = ends.client.shutdownSending()
        _ = try sees(.server, in: .closeWait)
        _ = try sees(.client, in: .finWait2)
        var received = 0
        for piece in Self.pieces {
            note("sends", .server)
            _ = ground.send(piece, by: ends.server)
            received += try ground.read(
                ends.client, atMost: piece.utf8.count, seconds: scene.patience
            ).bytes.count
        }
        note("has read \(received) bytes after its FIN", .client)
        note("close()", .server)
        ground.close(ends.server)
        _ = try sees(.client, in: .timeWait)
        _ = try sees(.server, in: nil)
        return ["bytes_after_fin": Double(received)]
    }

    private func sendToClosed() throws(KernelError) -> [String: Double] {
        note("close(): neither sends nor reads any more", .client)
        ground.close(ends.client)
        _ = try sees(.server, in: .closeWait)
        _ = try sees(.client, in: .finWait2)
        note("sends", .server)
        _ = ground.send(Self.pieces[0], by: ends.server)
        _ = try sees(.server, in: nil)
        let error = ends.server.takeError()
        if error != 0 { note("gets an error: the peer no longer reads", .server) }
        return ["server_told": error == 0 ? 0 : 1]
    }

    /// - Returns: why it says nothing, if it does not.
    private func bothAtOnce() throws(KernelError) -> String? {
        note("close()", .client)
        note("close()", .server)
        ground.close(ends.client)
        ground.close(ends.server)
        _ = try sees(.client, in: .timeWait)
        _ = try sees(.server, in: .timeWait)
        let last = after(ground.record).filter { $0.segment.flags.contains(.fin) }
        guard last.count == 2, let first = last[0].arrived, last[1].sent < first else {
            return "the machine was too slow: one FIN arrived before the peer closed"
        }
        return nil
    }

    private func keepOpen() throws(KernelError) -> [String: Double] {
        note("close()", .client)
        ground.close(ends.client)
        _ = try sees(.server, in: .closeWait)
        _ = try sees(.client, in: .finWait2)
        note("has read the end of data and does not close", .server)
        let isOver = try sees(.client, in: nil)
        // As long again as FIN_WAIT2 was, and more.
        _ = try ground.sees(seconds: min(2, scene.patience)) { _ in false }
        let row = try ground.row(.server, client: ends.port)
        let isWaiting = row?.state == .closeWait
        note(isWaiting ? "is still in CLOSE_WAIT; calls close() now" : "calls close()", .server)
        ground.close(ends.server)
        _ = try sees(.server, in: nil)
        return [
            "fin_wait2_left": isOver ? 0 : 1, "close_wait_left": isWaiting ? 1 : 0,
            "close_wait_timers": (row?.timer ?? 0) == 0 ? 0 : 1,
        ]
    }

    // MARK: what came of it

    private func last() throws(KernelError) -> [String: Double] {
        let record = ground.record
        let (client, server) = expected
        func matching(_ states: [TCPState?], _ side: PrivateNetwork.Side) -> Int {
            let seen = record.states(of: side, client: ends.port)
                .dropFirst(opening.states(of: side, client: ends.port).count)
            // One more than there should be is as wrong as one less.
            return seen.count > states.count ? 0 : zip(seen, states).prefix { $0 == $1 }.count
        }
        let rows = (
            client: try ground.row(.client, client: ends.port),
            server: try ground.row(.server, client: ends.port)
        )
        var values = [
            "client_states": Double(matching(client, .client)),
            "server_states": Double(matching(server, .server)),
            "segments_to_close": Double(after(record).count),
            "client_TIME_WAIT": rows.client?.state == .timeWait ? 1 : 0,
            "server_TIME_WAIT": rows.server?.state == .timeWait ? 1 : 0,
            "resets": Double(after(record).count { $0.segment.flags.contains(.reset) }),
            "left_at_server": isGone(rows.server) ? 0 : 1,
        ]
        values["ack_seconds"] = acknowledgement
        for row in [rows.client, rows.server] where row?.state == .timeWait {
            values["time_wait_timer_seconds"] = Double(row?.expires ?? 0) / 1000
        }
        return values
    }

    /// Seconds from the arrival of the first FIN until an ACK of it went out alone; nil where none did.
    private var acknowledgement: Double? {
        let passages = after(ground.record)
        guard let fin = passages.first(where: { $0.segment.flags.contains(.fin) }),
            let heard = fin.arrived,
            let answer = passages.first(where: { $0.from != fin.from && $0.sent >= heard }),
            answer.segment.isBareAck
        else { return nil }
        return Double(answer.sent - heard) / 1e9
    }

    /// Nothing but a listener, or what only waits.
    private func isGone(_ row: SocketRow?) -> Bool {
        guard let row else { return true }
        return row.state == .listen || row.state == .timeWait
    }

    /// The states after ESTABLISHED, of the client and of the server; nil for gone.
    private var expected: (client: [TCPState?], server: [TCPState?]) {
        let active: [TCPState?] = [.finWait1, .finWait2, .timeWait]
        let passive: [TCPState?] = [.closeWait, .lastAck, nil]
        let crossed: [TCPState?] = [.finWait1, .closing, .timeWait]
        return switch scene.claimed {
        case .clientFirst, .halfClose, .acknowledgedFirst, .slowly: (active, passive)
        case .serverFirst: (passive, active)
        case .nothingLeft: ([.finWait1, .timeWait], passive)
        case .closedThenData: ([.finWait1, .finWait2, nil], [.closeWait, nil])
        case .bothAtOnce: (crossed, crossed)
        case .neverCloses: ([.finWait1, .finWait2, nil], passive)
        case .reset: ([nil], [nil])
        }
    }

    /// The segments of the end.
    private func after(_ record: WireRecord) -> [WireRecord.Passage] {
        Array(record.passages.dropFirst(opening.passages.count))
    }

    private func socket(_ side: PrivateNetwork.Side) -> TCPSocket {
        side == .client ? ends.client : ends.server
    }

    private func note(_ text: String, _ side: PrivateNetwork.Side) {
        ground.wire.note(text, at: side)
    }

    private func sees(
        _ side: PrivateNetwork.Side, in state: TCPState?
    ) throws(KernelError) -> Bool {
        try ground.sees(side, in: state, client: ends.port, seconds: scene.patience)
    }
}
