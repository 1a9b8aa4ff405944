import Kernel
import Model
import Testbed
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment conntrack-full` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(ConntrackFull.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.notes.isEmpty)
        }

        @Test func `is refuted where the table is not full, tracking goes on, and timers stay`()
            async throws
        {
            var cases = ConntrackFull.cases
            cases[0].fill = 0.2
            cases[1].isExempt = false
            cases[2].arm.settings = []
            cases[3].arm.settings = cases[2].arm.settings
            var experiment = ConntrackFull.make(cases)
            // All at the same time: the clients of the full table wait for three seconds.
            experiment.occupation = .waiting
            let result = try await Judged.few(experiment)
            #expect(result.verdict == .refuted)
            #expect(
                result.refuted == [
                    "a full table lets none of 10 new clients through",
                    "with a full table, new clients time out",
                    "the drop counter counts what a full table refuses",
                    "an untracked connection gets past a full table",
                    "with nf_conntrack_tcp_timeout_time_wait = 10, an entry stays 10 s after the close",
                    "with nf_conntrack_tcp_timeout_established = 86400, it stays a day",
                    "after the first FIN, nf_conntrack_tcp_timeout_close_wait = 20 applies, not nf_conntrack_tcp_timeout_fin_wait = 30",
                ])
        }
    }
}

@Suite struct `A table of tracked connections` {
    @Test func `is filled only where it has a limit, and one that memory allows`() throws {
        #expect(try ConntrackFull.limit(262_144) == 262_144)
        for (limit, reason) in [
            (nil, "does not track connections"), (0, "means no limit"),
            (1 << 21, "too much memory"),
        ] {
            let error = #expect(throws: KernelError.self) { try ConntrackFull.limit(limit) }
            #expect(error?.description.contains(reason) == true)
            #expect(error?.isAbsent == true)
        }
    }
}

extension Measured {
    /// What the kernel's own files say of the same connections.
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `A private network with a gateway` {
        private static let server = SocketAddress(PrivateNetwork.address(.server, 0), port: 7000)

        /// Connects through the gateway; the ports, and what the body finds while both ends are open.
        private func connected<Found>(
            masquerading: Bool, _ find: (RoutedNetwork, UInt16) throws -> Found
        ) throws -> Found {
            let network = try RoutedNetwork.make()
            try network.run(in: .middle) { () throws(KernelError) in
                try ConnectionTracking.start(masquerading: masquerading)
            }
            let listener = try network.run(in: .server) { () throws(KernelError) in
                try TrialGround.listen(backlog: 8, .v4)
            }
            defer { listener.close() }
            let sockets = try network.run(in: .client) { () throws(KernelError) in
                try TrialGround.open(1, .v4)
            }
            var pairs = try ConnectedPairs.make(
                1, from: sockets, to: listener, at: TrialGround.server(.v4),
                StopSign())
            defer { pairs.close() }
            return try find(network, try #require(sockets[0].localPort()))
        }

        @Test func `tracks what /proc/net/nf_conntrack lists`() throws {
            try connected(masquerading: false) { network, port in
                let tuple = ConntrackTable.Tuple(
                    source: SocketAddress(PrivateNetwork.address(.client, 0), port: port),
                    destination: Self.server)
                let (entry, text, count) = try network.run(in: .middle) {
                    () throws(KernelError) in
                    (
                        try ConntrackTable.entry(of: tuple),
                        try Root.host.text("/proc/thread-self/net/nf_conntrack"),
                        ConntrackTable.count()
                    )
                }
                let line = try #require(text.split(separator: "\n").first)
                let words = line.split(separator: " ")
                // ipv4 2 tcp 6 431999 ESTABLISHED src=198.18.0.1 dst=198.19.0.1 sport=… dport=7000 …
                #expect(words[5] == "ESTABLISHED" && entry?.state == "ESTABLISHED")
                let listed = try #require(UInt32(words[4]))
                #expect((Int(entry?.secondsLeft ?? 0) - Int(listed)).magnitude <= 1)
                #expect(line.contains("src=198.18.0.1 dst=198.19.0.1 sport=\(port) dport=7000"))
                #expect(count == 1)
            }
        }

        @Test func `fills its table with entries that stay`() throws {
            let network = try RoutedNetwork.make()
            let (filled, text, count) = try network.run(in: .middle) { () throws(KernelError) in
                (
                    try ConntrackTable.fill(to: 1234),
                    try Root.host.text("/proc/thread-self/net/nf_conntrack"), ConntrackTable.count()
                )
            }
            #expect(filled == 1234 && count == 1234)
            let lines = text.split(separator: "\n")
            #expect(lines.count == 1234)
            #expect(lines.allSatisfy { $0.contains("ESTABLISHED") && $0.contains("[ASSURED]") })
            #expect(Set(lines.map { $0.split(separator: " ")[8] }).count == 1234)
        }

        @Test func `hides the client where it masquerades`() throws {
            for masquerading in [false, true] {
                let seen = try connected(masquerading: masquerading) { network, _ in
                    try network.run(in: .server) { () throws(KernelError) in
                        try Root.host.text("/proc/thread-self/net/tcp")
                    }
                }
                // As /proc/net/tcp writes 198.19.255.254 and 198.18.0.1.
                #expect(seen.contains("FEFF13C6:") == masquerading)
                #expect(seen.contains("010012C6:") != masquerading)
            }
        }
    }
}

extension Measured {
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `A socket that hears nothing` {
        @Test func `stays in SYN_SENT while its server is in SYN_RECV, until it hears`() throws {
            let ground = try TrialGround.make(Arm("", .baseline))
            let listener = try ground.listen(backlog: 8)
            let sockets = try ground.open(.client)
            defer {
                for socket in sockets + [listener] { socket.close() }
            }
            func states(_ side: PrivateNetwork.Side) throws -> [String] {
                try ground.network.run(in: side) { () throws(KernelError) in
                    try Root.host.text("/proc/thread-self/net/tcp")
                }.split(separator: "\n").dropFirst().map { String($0.split(separator: " ")[3]) }
            }
            var attempts = Attempts(sockets, to: TrialGround.server(.v4))
            try attempts.dropIncoming()
            attempts.beginAll()
            let isHalfOpen = try TrialGround.wait(seconds: 5, StopSign()) {
                (try? states(.server).sorted()) == ["03", "0A"]
            }
            #expect(isHalfOpen)
            #expect(try states(.client) == ["02"])
            #expect(attempts.waiting == 1)
            try attempts.acceptIncoming()
            let isConnected = try TrialGround.wait(seconds: 10, StopSign()) {
                attempts.look()
                return attempts.connected == 1
            }
            #expect(isConnected)
            #expect(try states(.server).sorted() == ["01", "0A"])
        }
    }
}
