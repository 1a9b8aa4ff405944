import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// `tcptune load` as it is typed.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A load` {
        private struct Output: Decodable {
            let format: String
            let data: Facts

            struct Facts: Decodable {
                let attempted: Int
                let completed: Int
                let errors: [String: Int]
                let states: [String: [String: Int]]
                let void: String?
                let interrupted: Bool
                let statuses: [String: Int]
                let runs: [Run]?
                let bodyBytes: Int

                enum CodingKeys: String, CodingKey {
                    case attempted, completed, errors, states, void, interrupted, statuses, runs
                    case bodyBytes = "body_bytes"
                }
            }

            struct Run: Decodable {
                let completed: Int
                let seed: UInt64
            }
        }

        private struct Compared: Decodable {
            let format: String
            let data: Facts
            let notes: [String]

            struct Facts: Decodable {
                let kind: String
                let metrics: [Metric]
                let gates: [Gate]
                let void: String?
            }

            struct Metric: Decodable {
                let name: String
                let before: [Double]
                let values: [Double]
                let verdict: String

                enum CodingKeys: String, CodingKey {
                    case name, verdict
                    case before = "values_before"
                    case values = "values_after"
                }
            }

            struct Gate: Decodable { let failed: [String] }
        }

        private func load(_ words: [String], status: Int32 = 0) throws -> Output.Facts {
            let outcome = try Program.run([Program.tcptune, "load", "--json"] + words)
            // On a busy machine it is void besides.
            #expect([status, 3].contains(outcome.status), "\(outcome.errors)")
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.load/1")
            return output.data
        }

        @Test func `of so many requests answers them, and shows where TIME_WAIT is`() throws {
            let data = try load(["--count", "200"])
            #expect(data.completed == 200 && data.attempted == 200 && data.errors.isEmpty)
            #expect(data.states["client"] == ["TIME_WAIT": 200])
            #expect(!data.interrupted)
        }

        /// The address that is bound has the target's family.
        @Test(arguments: [
            ["--bind-first"], ["--bind-ports", "20000-20999"], ["--source-ports", "500"],
        ])
        func `over IPv6 binds as it is told`(ports: [String]) throws {
            let server = """
                import socket, threading
                s = socket.create_server(("::1", 7061), family=socket.AF_INET6, backlog=64)
                while True:
                    c = s.accept()[0]
                    threading.Thread(target=lambda c: (c.recv(1), c.sendall(b"a"), c.recv(1), c.close()), args=(c,)).start()
                """
            let outcome = try Program.run(
                ["unshare"] + Scene.namespaces + [
                    "sh", "-c",
                    "ip link set lo up; python3 -c \"$1\" & server=$!; "
                        + "until ss -ltnH | grep -q :7061; do sleep 0.05; done; shift; \"$0\" load --json "
                        + "--to '[::1]:7061' --count 20 \"$@\"; status=$?; kill $server; exit $status",
                    Program.tcptune, server,
                ] + ports)
            #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.completed == 20 && data.errors.isEmpty, "\(data.errors)")
        }

        @Test func `that is run several times tells each run, and all together`() throws {
            let data = try load(["--count", "100", "--runs", "3", "--seed", "7"])
            #expect(data.completed == 300 && data.attempted == 300)
            #expect(data.runs?.map(\.completed) == [100, 100, 100])
            #expect(data.runs?.map(\.seed) == [7, 8, 9])
        }

        @Test func `of two settings takes them in turn, and compares them`() throws {
            // 60 ports that the client keeps in TIME_WAIT, and as many as it needs.
            let sides = ["20000 20059", "20000 20999"].map {
                "net.ipv4.ip_local_port_range=\($0),net.ipv4.ip_local_reserved_ports=80,443"
            }
            let outcome = try Program.run(
                [Program.tcptune, "load", "--json"] + sides.reversed() + [
                    "--count", "100", "--fail-if", "worse>5%",
                ])
            let output = try JSONDecoder().decode(Compared.self, from: Data(outcome.output.utf8))
            #expect(output.format == "tcptune.compare/1" && output.data.kind == "load")
            let failed = try #require(
                output.data.metrics.first { $0.name == "errors_EADDRNOTAVAIL" })
            #expect(failed.values.allSatisfy { $0 == 40 }, "\(failed.values)")
            // On a busy machine runs are void, and too few may be left.
            if failed.values.count == 5, failed.before.count == 5 {
                #expect(outcome.status == 1 && failed.verdict == "worse", "\(outcome.errors)")
                #expect(output.data.gates.first?.failed.contains("errors_EADDRNOTAVAIL") == true)
            } else {
                #expect(output.notes.contains { $0.contains("runs, which are void") })
            }
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: outcome.output, as: "compare") == nil)
            }
        }

        @Test func `without descriptors is void, and says so`() throws {
            let outcome = try Program.run([
                "/bin/sh", "-c",
                "ulimit -n 64; exec \(Program.tcptune) load --json --connections 3000 --close never --for 1s",
            ])
            #expect(outcome.status == 3)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.errors["EMFILE"] ?? 0 > 0)
            #expect(data.void?.contains("descriptors") == true)
        }

        @Test func `has more connections than one table of descriptors`() throws {
            let outcome = try Program.run([
                "/bin/sh", "-c",
                "ulimit -n 200; exec \(Program.tcptune) load --json --connections 1000 --close never --for 1s",
            ])
            // On a busy machine it is void besides.
            #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.completed == 1000 && data.errors.isEmpty)
            #expect(data.states["client"] == ["ESTABLISHED": 1000])
            #expect(data.states["server"]?["ESTABLISHED"] == 1000)
        }

        @Test(.enabled(if: JSONSchema.hasValidator, Comment(rawValue: JSONSchema.reason)))
        func `is what the schema says`() throws {
            for words in [
                ["--count", "50"], ["--rate", "100/s", "--for", "300ms"], ["--link", "loopback"],
                ["--source-ports", "64"], ["--count", "5", "--linger", "1s", "--fast-open"],
                ["--count", "20", "--runs", "2"],
            ] {
                let outcome = try Program.run(
                    [Program.tcptune, "load", "--json", "--for", "300ms"] + words)
                // On a busy machine it is void besides.
                #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
                #expect(try JSONSchema.objection(to: outcome.output, as: "load") == nil, "\(words)")
            }
        }

        @Test func `cut short by a signal keeps what it counted, and is marked`() throws {
            let program = try Program([Program.tcptune, "load", "--json", "--for", "10m"])
            usleep(5_000_000)
            kill(program.pid, SIGINT)
            let outcome = try program.outcome()
            #expect(outcome.status == 130 && outcome.seconds < 120)
            let data = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
            #expect(data.interrupted && data.completed > 0)
        }

        private static let refused: [(words: [String], status: Int32)] = [
            (["--to", "192.0.2.1:80"], 78), (["--to", "localhost:80"], 64),
            (["--connections", "0"], 64), (["--source-ports", "4"], 64), (["--no-port"], 64),
            (["--set", "net.ipv4.no_such_key=1"], 2),
            (["--to", "127.0.0.1:80", "--set", "a.b=1"], 64),
            (["--to", "127.0.0.1:80", "--link", "loopback"], 64), (["--threads", "0"], 64),
            (["--linger", "1500ms"], 64), (["--linger", "1s", "--close", "reset"], 64),
            (["127.0.0.1:80"], 64), (["127.0.0.1:80", "a.b=1"], 64), (["x", "y"], 64),
            (["127.0.0.1:80", "127.0.0.1:81", "--to", "127.0.0.1:82"], 64), (["--runs", "0"], 64),
            (["--fail-if", "worse"], 64), (["192.0.2.1:80", "192.0.2.2:80"], 78),
            (["--bind-ports", "9-1"], 64), (["--bind-ports", "1-9", "--bind-first"], 64),
        ]

        @Test func `that cannot be is refused`() throws {
            for (words, status) in Self.refused {
                let outcome = try Program.run([Program.tcptune, "load"] + words)
                #expect(outcome.status == status, "\(words): \(outcome.errors)")
                #expect(!outcome.errors.isEmpty)
            }
        }
    }
}
