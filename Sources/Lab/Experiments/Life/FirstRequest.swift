import Kernel
import Model
import Testbed

/// A connection that is opened, and whose SYN may be lost on the way.
enum FirstRequest {
    static let port: UInt16 = 40_000

    static func run(
        _ scene: Handshake.Case, _ ground: WireGround
    ) throws(KernelError) -> Trial {
        let listener = try ground.listen()
        if scene.lost > 0 {
            // Since 6.5 the first SYNs go out a second apart.
            try ground.setWherePossible("net.ipv4.tcp_syn_linear_timeouts", "0", at: .client)
            let losses = Countdown(scene.lost)
            ground.wire.decide { segment, side in
                side == .client && segment.flags == .syn && losses.takes() ? .isLost : .passes
            }
        }
        ground.wire.note("connect()", at: .client)
        _ = try ground.open(from: port, at: listener)
        try ground.require(.server, in: .established, client: port)
        ground.wire.note("accept() gives the connection", at: .server)
        try ground.settle()
        var values = opening(ground.record, port)
        let requests = ground.record.passages.filter {
            $0.from == .client && $0.segment.flags == .syn
        }
        let gaps = gaps(between: requests)
        values["maximum_segment"] = requests.first?.segment.options.maximumSegment.map {
            Double($0)
        }
        if scene.lost > 0 { values["syn_again_seconds"] = gaps.first }
        if scene.lost > 1 { values["syn_third_seconds"] = gaps.dropFirst().first }
        return Trial(values: values)
    }

    /// How a connection was opened.
    static func opening(_ record: WireRecord, _ port: UInt16) -> [String: Double] {
        var values = [
            "client_states": Double(
                record.follows([.synSent, .established], at: .client, client: port)),
            "server_states": Double(
                record.follows([.listen, .synReceived, .established], at: .server, client: port)),
        ]
        guard let start = record.passages.first?.sent,
            let client = record.time(of: .established, at: .client, client: port),
            let server = record.time(of: .established, at: .server, client: port)
        else { return values }
        values["segments_to_open"] = Double(
            record.passages.count {
                [$0.segment.source.port, $0.segment.destination.port].contains(port)
                    && $0.arrived ?? $0.sent <= server
            })
        values["client_open_seconds"] = Double(client - start) / 1e9
        values["server_open_seconds"] = Double(server - start) / 1e9
        values["third_step_seconds"] = Double(server - client) / 1e9
        return values
    }

    /// Seconds between segments of one side.
    ///
    /// By its own clock where it sends timestamps, which are milliseconds: the wire may look late.
    static func gaps(between passages: [WireRecord.Passage]) -> [Double] {
        zip(passages, passages.dropFirst()).map { one, next in
            guard let first = one.segment.options.timestamps,
                let second = next.segment.options.timestamps
            else { return Double(next.sent - one.sent) / 1e9 }
            return Double(second.value &- first.value) / 1e3
        }
    }
}
