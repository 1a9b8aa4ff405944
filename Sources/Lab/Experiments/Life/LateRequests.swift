import Kernel
import Model
import Testbed

/// Requests of connections that are over, which arrive once more.
enum LateRequests {
    static func run(
        _ scene: Handshake.Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let listener = try ground.listen(backlog: 64)
        let ports = (0..<UInt16(scene.late)).map { FirstRequest.port + $0 }
        ground.wire.decide { segment, side in
            side == .client && segment.flags == .syn ? .isCopied : .passes
        }
        try converse(scene, ground, ports, listener)
        var values: [String: Double] = [:]
        if let port = ports.first { values = FirstRequest.opening(ground.record, port) }

        let answers = scene.losesAnswers || scene.forgesThirdStep
        ground.wire.decide { _, side in side == .client && answers ? .isLost : .passes }
        let before = ground.record
        ground.wire.note("a copy of the SYN, delayed until now, continues on its way")
        for kept in ground.wire.kept { ground.wire.release(kept) }
        func after(_ record: WireRecord) -> ArraySlice<WireRecord.Passage> {
            record.passages[before.passages.count...]
        }
        let areAnswered = try ground.sees { record in
            answering(after(record), .reset, from: .client) == Set(ports)
        }
        if scene.forgesThirdStep { forge(after(ground.record), ground) }
        try ground.settle()

        let record = ground.record
        let offered = answering(after(record), [.syn, .ack], from: .server)
        values["two_step_held"] = Double(offered.count)
        values["resets_by_client"] = Double(
            answering(after(record), .reset, from: .client).count)
        values["half_open"] = Double(
            ports.count { port in
                record.states(of: .server, client: port)
                    .dropFirst(before.states(of: .server, client: port).count)
                    .contains(.synReceived)
            })
        var opened = 0
        while try ground.accept(at: listener, seconds: 0) != nil { opened += 1 }
        values["opened_by_late_syn"] = Double(opened)
        var left = 0
        for port in ports {
            if let row = try ground.row(.server, client: port), row.state != .listen { left += 1 }
        }
        values["left_at_server"] = Double(left)
        ground.wire.note(
            opened == 0 ? "accept() gives nothing" : "accept() gives a connection", at: .server)
        return Trial(
            values: values, void: areAnswered || scene.losesAnswers ? nil : "nobody answered")
    }

    /// Opens connections and ends them, so that nothing is remembered of them.
    ///
    /// By a reset: whoever closes first would hold TIME_WAIT, and it is not that which is to answer. At the server it refuses
    /// the late SYN; at the client it answers the SYN-ACK by an ACK, whereupon the server resets (`leavesTimeWait`).
    private static func converse(
        _ scene: Handshake.Case, _ ground: WireGround, _ ports: [UInt16], _ listener: TCPSocket
    ) throws(KernelError) {
        ground.wire.note("connect()", at: .client)
        var clients: [TCPSocket] = []
        for port in ports { clients.append(try ground.connect(from: port)) }
        var servers: [TCPSocket] = []
        for port in ports {
            guard let server = try ground.accept(at: listener) else {
                throw KernelError("open", "a connection", code: TCPSocket.timedOut)
            }
            servers.append(server)
            try ground.require(.client, in: .established, client: port)
            try ground.require(.server, in: .established, client: port)
        }
        if scene.leavesTimeWait {
            ground.wire.note("close()", at: .client)
            for client in clients { ground.close(client) }
            for server in servers {
                _ = try ground.read(server)
                ground.close(server)
            }
        } else {
            ground.wire.note("ends the connection with a reset", at: .client)
            for client in clients { ground.reset(client) }
        }
        for port in ports {
            let last: TCPState? = scene.leavesTimeWait ? .timeWait : nil
            try ground.require(.client, in: last, client: port)
            try ground.require(.server, in: nil, client: port)
        }
        try ground.settle()
        for server in servers { ground.close(server) }
    }

    /// The clients' ports of the segments that one side sent with these flags.
    static func answering(
        _ passages: ArraySlice<WireRecord.Passage>, _ flags: Segment.Flags,
        from side: PrivateNetwork.Side
    ) -> Set<UInt16> {
        Set(
            passages.filter {
                $0.from == side && $0.origin == .sent && $0.segment.flags.isSuperset(of: flags)
                    && ($0.arrived != nil || $0.isLost)
            }.map {
                side == .client ? $0.segment.source.port : $0.segment.destination.port
            })
    }

    /// Makes up what a client would send that wants the connection.
    private static func forge(
        _ passages: ArraySlice<WireRecord.Passage>, _ ground: WireGround
    ) {
        for passage in passages
        where passage.from == .server && passage.segment.flags == [.syn, .ack] {
            let offer = passage.segment
            ground.wire.put(
                Segment(
                    from: offer.destination, to: offer.source, .ack,
                    sequence: offer.acknowledgement, acknowledgement: offer.sequence &+ 1,
                    options: .init(
                        timestamps: offer.options.timestamps.map {
                            .init($0.echo &+ 1, echo: $0.value)
                        })), from: .client)
        }
    }
}
