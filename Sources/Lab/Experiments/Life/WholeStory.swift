import Kernel
import Model
import Testbed

/// One connection from its first SYN to its end, and that SYN once more: it was held up, and arrives when all is over.
struct WholeStory {
    static let text = "request"
    private static let answer = "response"
    private let scene: Handshake.Case
    private let story: Handshake.Story
    private let ground: WireGround
    private let port = FirstRequest.port

    init(_ scene: Handshake.Case, _ story: Handshake.Story, _ ground: WireGround) {
        self.scene = scene
        self.story = story
        self.ground = ground
    }

    func run() throws(KernelError) -> Trial {
        // Since 6.5 the first SYNs go out a second apart.
        try ground.setWherePossible("net.ipv4.tcp_syn_linear_timeouts", "0", at: .client)
        let isPlayed = story == .twoSteps
        let first = Countdown(1)
        ground.wire.decide { segment, side in
            if side == .client, segment.flags == .syn, first.takes() { return .isDelayed }
            return isPlayed && side == .client ? .isTaken : .passes
        }
        return try isPlayed ? twoSteps() : threeSteps()
    }

    // MARK: the kernel's server

    private func threeSteps() throws(KernelError) -> Trial {
        let listener = try ground.listen()
        note("connect()", .client)
        let ends = try ground.open(from: port, at: listener)
        try ground.require(.client, in: .established, client: port)
        try ground.require(.server, in: .established, client: port)
        note("sends its request", .client)
        _ = ground.send(Self.text, by: ends.client)
        let read = try ground.read(ends.server, atMost: Self.text.utf8.count).bytes.count
        note("has read it and answers", .server)
        _ = ground.send(Self.answer, by: ends.server)
        _ = try ground.read(ends.client, atMost: Self.answer.utf8.count)
        try close(ends)
        let before = ground.record

        let loses = scene.losesAnswers
        ground.wire.decide { segment, side in
            loses && side == .client && segment.flags.contains(.reset) ? .isLost : .passes
        }
        release(isTaken: false)
        // At the client TIME_WAIT takes the server's reset, and a second SYN ACK finds nothing.
        let isAnswered = try ground.sees { record in
            after(record, before).contains {
                $0.from == .client && $0.segment.flags.contains(.reset)
                    && ($0.arrived != nil || $0.isLost)
            }
        }
        try ground.settle()
        var values = requests()
        values["bytes_read"] = Double(read)
        try values.merge(outcome(since: before, listener)) { $1 }
        return Trial(
            values: values,
            void: isAnswered ? slowness(after(ground.record, before)) : "nobody answered")
    }

    /// Why it says nothing, if it does not: what waits for an answer for a second is sent again.
    private func slowness(_ late: ArraySlice<WireRecord.Passage>) -> String? {
        let request = ground.record.passages.first(where: \.isDelayed)?.arrived
        let answer = late.first { $0.from == .server }?.arrived
        let reply = late.first { $0.from == .client }?.sent
        guard let request, let answer, let reply, answer - request < Self.patience,
            reply - answer < Self.patience
        else { return "the machine was too slow: an answer came late" }
        return nil
    }

    /// Nanoseconds in which an answer must be there.
    private static let patience: Int64 = 500_000_000

    /// Closes it in turn, so that nobody is left in a state that only a program ends.
    private func close(_ ends: WireGround.Ends) throws(KernelError) {
        let side: PrivateNetwork.Side = story == .waiting(.server) ? .server : .client
        let (one, other) =
            side == .client ? (ends.client, ends.server) : (ends.server, ends.client)
        // Not close(): without room for TIME_WAIT there would be none for an orphan in FIN_WAIT2, either.
        note("closes", side)
        _ = one.shutdownSending()
        _ = try ground.read(other)
        note("has read the end of data and closes", side == .client ? .server : .client)
        ground.close(other)
        let last: TCPState? = if case .waiting = story { .timeWait } else { nil }
        try ground.require(side, in: last, client: port)
        try ground.require(side == .client ? .server : .client, in: nil, client: port)
        ground.close(one)
        try ground.settle()
    }

    private func outcome(
        since before: WireRecord, _ listener: TCPSocket
    ) throws(KernelError) -> [String: Double] {
        let record = ground.record
        let late = after(record, before)
        func sent(_ side: PrivateNetwork.Side, _ holds: (Segment) -> Bool) -> Double {
            Double(late.count { $0.from == side && $0.origin == .sent && holds($0.segment) })
        }
        let states = record.states(of: .server, client: port)
            .dropFirst(before.states(of: .server, client: port).count)
        var opened = 0
        while try ground.accept(at: listener, seconds: 0) != nil { opened += 1 }
        note(opened == 0 ? "accept() gives nothing" : "accept() gives a connection", .server)
        let row = try ground.row(.server, client: port)
        let isLeft = row.map { $0.state != .listen && $0.state != .timeWait } ?? false
        return [
            "two_step_held": sent(.server) { $0.flags == [.syn, .ack] },
            "half_open": states.contains(.synReceived) ? 1 : 0,
            "resets_by_client": sent(.client) { $0.flags.contains(.reset) },
            "resets_by_server": sent(.server) { $0.flags.contains(.reset) },
            "refused_by_time_wait": sent(.server, \.isBareAck),
            "opened_by_late_syn": Double(opened), "left_at_server": isLeft ? 1 : 0,
        ]
    }

    // MARK: the server of two steps

    private func twoSteps() throws(KernelError) -> Trial {
        let server = TwoStepServer(ground)
        note("connect()", .client)
        let client = try ground.connect(from: port)
        func serve(until isSo: (WireRecord) -> Bool) throws(KernelError) {
            let isThere = try ground.sees { record in
                server.serve(record)
                return isSo(record)
            }
            guard isThere else {
                throw KernelError(
                    "see", "an answer of the two-step server", code: TCPSocket.timedOut)
            }
        }
        try serve { $0.states(of: .client, client: port).last == .some(.established) }
        note("sends its request", .client)
        _ = ground.send(Self.text, by: client)
        try serve { _ in server.bytes == Self.text.utf8.count }
        note("closes", .client)
        _ = client.shutdownSending()
        try serve { _ in server.held == 0 && server.accepted == 1 }
        try ground.require(.client, in: nil, client: port)
        ground.close(client)
        try ground.settle()
        let read = server.bytes

        let loses = scene.losesAnswers
        ground.wire.decide { segment, side in
            guard side == .client else { return .passes }
            return loses && segment.flags.contains(.reset) ? .isLost : .isTaken
        }
        let count = ground.record.passages.count
        release(isTaken: true)
        try serve { record in
            record.passages.dropFirst(count).contains {
                $0.from == .client && $0.segment.flags.contains(.reset)
                    && ($0.isLost || $0.arrived != nil && server.held == 0)
            }
        }
        try ground.settle()
        server.serve(ground.record)
        let record = ground.record
        if server.held > 0 { note("still keeps a connection that no client has", .server) }
        var values = requests()
        values["bytes_read"] = Double(read)
        values["opened_by_late_syn"] = Double(server.accepted - 1)
        values["left_at_server"] = Double(server.held)
        values["resets_by_client"] = Double(
            record.passages.dropFirst(count).count {
                $0.from == .client && $0.segment.flags.contains(.reset)
            })
        values["held_seconds"] = server.lastHeldSeconds
        return Trial(values: values, void: slowness(record.passages.dropFirst(count)))
    }

    // MARK: both

    /// Lets the SYN that was held up go on.
    private func release(isTaken: Bool) {
        ground.wire.note("the first SYN, held up until now, arrives")
        for kept in ground.wire.kept { ground.wire.release(kept, isTaken: isTaken) }
    }

    private func requests() -> [String: Double] {
        let requests = ground.record.passages.filter {
            $0.from == .client && $0.segment.flags == .syn
        }
        var values: [String: Double] = [:]
        values["syn_again_seconds"] = FirstRequest.gaps(between: requests).first
        values["syn_held_up_seconds"] = requests.first.flatMap { request in
            request.arrived.map { Double($0 - request.sent) / 1e9 }
        }
        return values
    }

    private func after(
        _ record: WireRecord, _ before: WireRecord
    ) -> ArraySlice<WireRecord.Passage> { record.passages.dropFirst(before.passages.count) }

    private func note(_ text: String, _ side: PrivateNetwork.Side) {
        ground.wire.note(text, at: side)
    }
}
