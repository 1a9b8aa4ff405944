import Model
import Testbed
import Testing

@testable import Lab

extension Measured {
    /// Who closes first keeps the TIME_WAIT (RFC 9293 §3.6); a reset leaves none.
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `A run of traffic` {
        @Test(arguments: CloseMode.allCases)
        func `leaves its sockets where the way of closing puts them`(mode: CloseMode) throws {
            let result = try Runs.run {
                $0.close = mode
                $0.count = mode == .never ? 20 : 200
                $0.connections = 20
            }
            let count = mode == .never ? 20 : 200
            #expect(result.completed == count && result.attempted == count)
            #expect(result.errors.isEmpty && result.serverErrors.isEmpty)
            let client: [TCPState: Int] =
                switch mode {
                case .client, .half: [.timeWait: count]
                case .server, .reset: [:]
                case .never: [.established: count]
                }
            var server: [TCPState: Int] =
                switch mode {
                case .server: [.timeWait: count]
                case .never: [.established: count]
                default: [:]
                }
            server[.listen] = 1
            #expect(result.clientStates == StateCounts(client))
            #expect(result.serverStates == StateCounts(server))
        }

        @Test func `opens as many connections as the kernel counted`() throws {
            let result = try Runs.run {
                $0.count = 300
                $0.requestsPerConnection = 3
            }
            #expect(result.completed == 300)
            #expect((100...107).contains(result.connections))
            #expect(result.clientCounters["Tcp.ActiveOpens"] == Int64(result.connections))
            #expect(result.serverCounters["Tcp.PassiveOpens"] == Int64(result.connections))
            #expect(result.serverCPUSeconds ?? 0 > 0 && result.clientCPUSeconds > 0)
        }

        @Test func `gets EADDRNOTAVAIL after exactly as many connections as there are ports`()
            throws
        {
            let result = try Runs.run {
                $0.count = 130
                $0.connections = 1
                $0.settings = Self.hundredPorts
            }
            #expect(result.completed == 100)
            #expect(result.errorsByStage == ["connect": ["EADDRNOTAVAIL": 30]])
            #expect(result.clientStates?[.timeWait] == 100)
            #expect(result.series["EADDRNOTAVAIL"]?.reduce(0, +) == 30)
        }

        @Test func `does not run out of ports of its own, and says so`() throws {
            let result = try Runs.run {
                $0.count = 500
                $0.connections = 4
                $0.settings = Self.hundredPorts
                $0.ports = .ring(16)
            }
            #expect(result.completed == 500 && result.errors.isEmpty)
            #expect(result.clientStates?[.timeWait] ?? 99 <= 16)
            #expect(result.notes.contains { $0.contains("--source-ports") })
        }

        @Test func `has the ports of each destination, unless it binds first`() throws {
            func completed(_ ports: LoadPlan.PortChoice) throws -> Int {
                try Runs.run {
                    $0.count = 230
                    $0.connections = 1
                    $0.destinations = 2
                    $0.settings = Self.hundredPorts
                    $0.ports = ports
                }.completed
            }
            #expect(try completed(.kernel) == 200)
            #expect(try completed(.bindFirst(late: true)) == 200)
            #expect(try completed(.bindFirst(late: false)) == 100)
        }

        @Test func `begins requests at the rate asked for`() throws {
            let result = try Runs.run {
                $0.pace = .open(from: 400, to: 400, spacing: .even)
                $0.seconds = 1
                $0.connections = 400
            }
            #expect((398...401).contains(result.attempted))
            #expect(result.lag?.count == result.attempted - result.dropped)
            #expect(result.fromIntended?.count == result.completed)
            #expect(result.attempted == result.completed + result.dropped + result.unfinished)
        }

        @Test func `counts what it had no connection for as dropped`() throws {
            let result = try Runs.run {
                $0.pace = .open(from: 200, to: 200, spacing: .even)
                $0.seconds = 1
                $0.connections = 10
                $0.hold = 5
            }
            #expect(result.completed == 10)
            #expect(result.dropped == result.attempted - 10)
        }

        @Test func `speaks HTTP over connections that it keeps`() throws {
            let result = try Runs.run {
                $0.httpPath = "/x"
                $0.count = 200
                $0.connections = 4
                // None makes them all, however much faster than the others it is.
                $0.requestsPerConnection = 200
                $0.responseBytes = 200_000
            }
            #expect(result.completed == 200 && result.statuses == ["2xx": 200])
            #expect(result.connections == 4)
            #expect(result.bytesReceived > 200 * 200_000)
        }

        @Test func `shows both sides over time`() throws {
            let result = try Runs.run {
                $0.pace = .open(from: 200, to: 200, spacing: .even)
                $0.seconds = 1
            }
            #expect(Set(result.series.values.map(\.count)).count == 1)
            #expect(result.series["client_TIME_WAIT"]?.last == Double(result.completed))
            #expect(result.series["ports_used"]?.last == Double(result.completed))
            let used = try #require(result.series["ports_used"])
            #expect(zip(used, used.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(used[4] > 60 && used[4] < 140)
            #expect(result.series["accept_queue_limit"]?.allSatisfy { $0 == 4096 } == true)
            #expect(result.series["server_TIME_WAIT"]?.allSatisfy { $0 == 0 } == true)
            for name in ["client_cpu_ratio", "server_cpu_ratio"] {
                #expect(result.series[name]?.contains { $0 > 0 } == true)
            }
        }

        @Test func `has both sides apart in one namespace, too`() throws {
            let result = try Runs.run {
                $0.link = .loopback
                $0.count = 50
                $0.sources = 3
            }
            #expect(result.completed == 50)
            #expect(result.clientStates == StateCounts([.timeWait: 50]))
            #expect(result.serverStates == StateCounts([.listen: 1]))
            #expect(result.notes.contains { $0.contains("loopback") })
        }

        @Test func `on several threads makes no more and no fewer requests`() throws {
            let closed = try Runs.run {
                $0.threads = 3
                $0.connections = 10
                $0.count = 500
            }
            #expect(closed.completed == 500 && closed.attempted == 500)
            #expect(closed.clientStates == StateCounts([.timeWait: 500]))
            let open = try Runs.run {
                $0.threads = 2
                $0.pace = .open(from: 400, to: 400, spacing: .even)
                $0.seconds = 1
                $0.connections = 400
            }
            #expect((398...401).contains(open.attempted) && open.threads == 2)
            let ring = try Runs.run {
                $0.threads = 2
                $0.connections = 6
                $0.count = 600
                $0.ports = .ring(24)
            }
            #expect(ring.completed == 600 && ring.errors.isEmpty)
        }

        @Test func `sends requests with the SYN once it knows the cookie`() throws {
            let result = try Runs.run {
                $0.fastOpen = true
                $0.connections = 1
                $0.count = 20
            }
            #expect(result.completed == 20 && result.errors.isEmpty)
            #expect(result.clientCounters["TcpExt.TCPFastOpenActive"] == 19)
            #expect(result.serverCounters["TcpExt.TCPFastOpenPassive"] == 19)
        }

        @Test func `lingers, and closes in order`() throws {
            let result = try Runs.run {
                $0.linger = 2
                $0.count = 20
            }
            #expect(result.completed == 20 && result.errors.isEmpty)
            #expect(result.clientStates == StateCounts([.timeWait: 20]))
        }

        @Test func `with ports in turn meets those that are taken`() throws {
            let result = try Runs.run {
                $0.ports = .inTurn(20000...20009)
                $0.connections = 1
                $0.count = 25
            }
            #expect(result.completed == 10)
            #expect(result.errorsByStage == ["bind": ["EADDRINUSE": 15]])
        }

        @Test func `by resets uses each socket again, and a port of its own each time`() throws {
            let result = try Runs.run {
                $0.close = .reset
                $0.count = 300
                $0.connections = 3
            }
            #expect(result.completed == 300 && result.connections == 300)
            #expect(result.clientCounters["Tcp.ActiveOpens"] == 300)
            #expect(result.clientCounters["Tcp.OutRsts"] == 300)
            #expect(result.serverCounters["Tcp.PassiveOpens"] == 300)
        }

        private static let hundredPorts =
            (try? [
                Runs.setting("net.ipv4.ip_local_port_range", "20000 20099"),
                Runs.setting("net.ipv4.tcp_tw_reuse", "0"),
            ]) ?? []
    }
}
