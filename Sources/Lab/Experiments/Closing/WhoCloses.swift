import Catalogue
import Kernel
import Model
import Testbed

extension Experiment {
    package static let whoCloses = Experiment(
        .whoCloses,
        question: "Who gets TIME_WAIT, and does a reset avoid it?",
        claim:
            "The end that closes first gets TIME_WAIT, and only a client misses the port; after a reset neither end has TIME_WAIT, and data that the peer has not received by then is lost.",
        source: [
            "net/ipv4/tcp.c:__tcp_close", "net/ipv4/tcp_minisocks.c:tcp_time_wait",
            "net/ipv4/tcp_minisocks.c:tcp_timewait_state_process",
            "net/ipv4/tcp_input.c:tcp_reset",
        ],
        arms: WhoCloses.arms, measures: WhoCloses.measures, claims: WhoCloses.claims,
        trial: WhoCloses.trial)
}

/// Responses that the client reads late, and five ways to end their connections.
enum WhoCloses {
    static let connections = 40
    /// More than the client's receive window holds, so that some of it has not left the server.
    static let responseBytes = 200_000
    /// Between two machines the network's delay keeps data at the server; here a small receive window does.
    private static let smallWindow = LoadPlan.Assignment.setting(
        "net.ipv4.tcp_rmem", "4096 16384 16384")

    private static let client = "client first"
    private static let server = "server first"
    private static let clientReset = "client resets"
    private static let serverReset = "server resets"
    private static let unread = "unread data"

    static let arms = [
        Arm(client, .baseline), Arm(server, .variant), Arm(clientReset, .variant),
        Arm(serverReset, .variant), Arm(unread, .variant),
    ]

    static let measures = [
        Measure("client_TIME_WAIT", "TIME_WAIT, client", .count),
        Measure("server_TIME_WAIT", "TIME_WAIT, server", .count),
        Measure(
            "lost_bytes", "lost per response", .bytes, better: .down),
        Measure("sent_bytes", "sent per response", .bytes),
        Measure("connects_again", "same ports connected again", .count, better: .up),
        Measure("resets", "ECONNRESET, client", .count),
    ]

    static let claims =
        [
            Claim(
                "the client closes first: it gets every TIME_WAIT",
                .within(arm: client, measure: "client_TIME_WAIT", 40...40)),
            Claim(
                "the client closes first: the server gets none",
                .within(arm: client, measure: "server_TIME_WAIT", 0...0)),
            Claim(
                "the server closes first: it gets every TIME_WAIT",
                .within(arm: server, measure: "server_TIME_WAIT", 40...40)),
            Claim(
                "the server closes first: the client gets none",
                .within(arm: server, measure: "client_TIME_WAIT", 0...0)),
            Claim(
                "TIME_WAIT at the client holds its ports: none of them connects again",
                .within(arm: client, measure: "connects_again", 0...0)),
            Claim(
                "TIME_WAIT at the server refuses no client: all of these ports connect again",
                .within(arm: server, measure: "connects_again", 40...40)),
            Claim(
                "the server closes first, before the client has read: nothing is lost",
                .within(arm: server, measure: "lost_bytes", 0...0)),
            Claim(
                "the client resets after it has read everything: nothing is lost",
                .within(arm: clientReset, measure: "lost_bytes", 0...0)),
            Claim(
                "the server resets before the client has read: data is lost",
                .within(arm: serverReset, measure: "lost_bytes", 1...Double(responseBytes))),
            Claim(
                "the server closes before it has read everything: the kernel resets, and data is lost",
                .within(arm: unread, measure: "lost_bytes", 1...Double(responseBytes))),
        ]
        + [clientReset, serverReset, unread].flatMap { arm in
            ["client", "server"].map { side in
                Claim(
                    "\(arm): no TIME_WAIT at the \(side)",
                    .within(arm: arm, measure: "\(side)_TIME_WAIT", 0...0))
            }
        }

    static func trial(
        _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> Trial {
        try BothEnds.run(arm, ground: [.reuse(0), smallWindow]) { (ends) throws(KernelError) in
            var (sent, received, resets) = (0, 0, 0)
            for number in 0..<connections {
                guard let connection = open(number, ends) else { continue }
                let exchange = Exchange(connection, readsRequest: arm.name != unread)
                sent += exchange.sent
                let drained = exchange.end(arm.name)
                received += drained.bytes
                if drained.error == SocketErrno.reset { resets += 1 }
            }
            let (client, server) = try ends.totals()
            let again = (0..<connections).count { number in
                guard let connection = open(number, ends) else { return false }
                connection.client.reset()
                connection.server.close()
                return true
            }
            return Trial(values: [
                "connects_again": Double(again),
                "client_TIME_WAIT": Double(client.inTimeWait ?? 0),
                "server_TIME_WAIT": Double(server.inTimeWait ?? 0),
                "sent_bytes": Double(sent) / Double(connections),
                "lost_bytes": Double(sent - received) / Double(connections),
                "resets": Double(resets),
            ])
        }
    }

    /// Opens a connection from a port of its own.
    ///
    /// One that the kernel chose, if it had been used before, would take the place of a TIME_WAIT at the server.
    private static func open(_ number: Int, _ ends: BothEnds) -> BothEnds.Connection? {
        let own = ends.client(UInt16(30_000 + number))
        guard case .open(let connection) = ends.connect(prepare: { $0.bind(to: own) }) else {
            return nil
        }
        return connection
    }

    /// A request and a response.
    private struct Exchange {
        private static let request = [UInt8](repeating: 0x71, count: 100)
        private static let response = [UInt8](repeating: 0x61, count: responseBytes)
        private let client: TCPSocket
        private let server: TCPSocket
        /// How much of the response the server's kernel took at once.
        let sent: Int

        init(_ connection: BothEnds.Connection, readsRequest: Bool) {
            client = connection.client
            server = connection.server
            _ = client.send(Self.request, from: 0, to: Self.request.count)
            _ = server.awaitInput(milliseconds: 5000)
            if readsRequest {
                var buffer = [UInt8](repeating: 0, count: Self.request.count)
                _ = server.receive(into: &buffer)
            }
            sent = max(server.send(Self.response, from: 0, to: Self.response.count), 0)
        }

        /// Ends it; what the client received.
        func end(_ arm: String) -> BothEnds.Drained {
            switch arm {
            case WhoCloses.client, WhoCloses.clientReset:
                let drained = BothEnds.drain(client, atMost: sent)
                if arm == WhoCloses.client { client.close() } else { client.reset() }
                _ = BothEnds.drain(server)
                server.close()
                return drained
            case WhoCloses.serverReset: server.reset()
            default: server.close()
            }
            let drained = BothEnds.drain(client)
            client.close()
            return drained
        }
    }
}
