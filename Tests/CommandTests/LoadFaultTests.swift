import FoundationEssentials
import Glibc
import Testing

extension Measured {
    /// What goes wrong while `tcptune load` runs.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A load under adverse conditions` {
        private struct Output: Decodable {
            let data: Facts

            struct Facts: Decodable {
                let attempted: Int
                let completed: Int
                let dropped: Int
                let unfinished: Int
                let errors: [String: Int]
                let errorsByStage: [String: [String: Int]]

                enum CodingKeys: String, CodingKey {
                    case attempted, completed, dropped, unfinished, errors
                    case errorsByStage = "errors_by_stage"
                }

                /// Every request that was begun came to one end.
                var isBalanced: Bool {
                    attempted == completed + dropped + unfinished + errors.values.reduce(0, +)
                }
            }
        }

        private func facts(_ outcome: Program.Outcome) throws -> Output.Facts {
            try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8)).data
        }

        /// A line of shell in a network of its own.
        private func alone(_ script: String) throws -> Program.Outcome {
            try Program.run(
                ["unshare"] + Scene.namespaces
                    + ["sh", "-c", "ip link set lo up || exit 9\n" + script, "sh", Program.tcptune])
        }

        /// Answers a byte with a byte, on port 7000.
        private static let server = """
            import socketserver
            class One(socketserver.BaseRequestHandler):
                def handle(self):
                    while self.request.recv(1): self.request.sendall(b"a")
            class Server(socketserver.ThreadingTCPServer):
                request_queue_size = 64
                daemon_threads = True
            Server(("127.0.0.1", 7000), One).serve_forever()
            """

        @Test func `whose server is killed goes on, and counts what failed`() throws {
            let outcome = try alone(
                """
                python3 -c '\(Self.server)' & server=$!
                for turn in 1 2 3 4 5 6 7 8 9 10; do ss -ltnH | grep -q :7000 && break; sleep 0.2; done
                (sleep 0.7; kill -9 $server) &
                "$1" load --json --to 127.0.0.1:7000 --for 2s --close reset
                status=$?
                wait
                exit $status
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let facts = try facts(outcome)
            #expect(facts.completed > 0 && facts.isBalanced)
            #expect(facts.errors["ECONNREFUSED"] ?? 0 > 0)
        }

        @Test(.enabled(if: Self.hasNft, "nft is not installed"))
        func `into a black hole gives every connection up`() throws {
            let outcome = try alone(
                """
                nft 'add table inet hole; add chain inet hole in { type filter hook input priority 0; }; \
                    add rule inet hole in tcp dport 7000 drop' || exit 9
                "$1" load --json --to 127.0.0.1:7000 --connections 5 --count 10 --timeout 300ms
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let facts = try facts(outcome)
            #expect(facts.errorsByStage == ["connect": ["TIMEOUT": 10]])
            #expect(outcome.seconds < 10)
        }

        @Test func `that nobody can read ends with an output error`() throws {
            let outcome = try Program.run([
                "/bin/sh", "-c", "exec \(Program.tcptune) load --json --count 10 >/dev/full",
            ])
            #expect(outcome.status == 74 && !outcome.errors.isEmpty)
        }

        @Test func `does not meet another one`() throws {
            let both = try (0..<2).map { _ in
                try Program([Program.tcptune, "load", "--json", "--count", "2000"])
            }
            for program in both {
                let outcome = try program.outcome()
                #expect(outcome.status == 0, "\(outcome.errors)")
                let facts = try facts(outcome)
                #expect(facts.completed == 2000 && facts.errors.isEmpty)
            }
        }

        @Test func `that is killed leaves neither namespace nor process`() throws {
            let program = try Program([Program.tcptune, "load", "--for", "20s"])
            let own = Namespaces.of(getpid())
            var made: Set<String> = []
            for _ in 0..<200 {
                made = Namespaces.of(program.pid).subtracting(own)
                if made.count == 2 { break }
                usleep(10_000)
            }
            #expect(made.count == 2)
            kill(program.pid, SIGKILL)
            _ = try program.outcome()
            // What its sockets still hold is freed in the background.
            var left = made
            for _ in 0..<100 where !left.isEmpty {
                usleep(20_000)
                left = made.intersection(Namespaces.all)
            }
            #expect(left.isEmpty)
        }

        @Test(.enabled(if: Scene.isRoot, "needs root, to look into its namespaces"))
        func `has as many sockets as ss counts, and as the kernel opened`() throws {
            let program = try Program([
                Program.tcptune, "load", "--json", "--close", "never", "--connections", "40",
                "--for",
                "2s",
            ])
            let own = Namespaces.of(getpid())
            usleep(1_200_000)
            var established: [Int] = []
            var opened: [String] = []
            for path in Namespaces.paths(of: program.pid, without: own) {
                let sockets = try Program.run([
                    "nsenter", "--net=\(path)", "ss", "-tanH", "state", "established",
                ])
                established.append(sockets.output.split(separator: "\n").count)
                let counters = try Program.run(
                    ["nsenter", "--net=\(path)", "grep", "^Tcp:", "/proc/thread-self/net/snmp"])
                let rows = counters.output.split(separator: "\n").map { $0.split(separator: " ") }
                let place = try #require(rows.first?.firstIndex(of: "ActiveOpens"))
                opened.append(String(try #require(rows.last)[place]))
            }
            let outcome = try program.outcome()
            #expect(established == [40, 40])
            #expect(opened.sorted() == ["0", "40"])
            #expect(try facts(outcome).completed == 40)
        }

        private static let hasNft = (try? Program.run(["sh", "-c", "command -v nft"]).status) == 0
    }
}

/// Network namespaces, as the links of the threads in them name them.
private enum Namespaces {
    static func of(_ process: pid_t) -> Set<String> { of("\(process)") }

    /// A way into each of them.
    static func paths(of process: pid_t, without others: Set<String>) -> [String] {
        let threads =
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        var ways: [String: String] = [:]
        for thread in threads {
            let path = "/proc/\(process)/task/\(thread)/ns/net"
            let name = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
            if let name, !others.contains(name) { ways[name] = path }
        }
        return Array(ways.values)
    }

    static var all: Set<String> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.filter { $0.allSatisfy(\.isNumber) }.reduce(into: []) { $0.formUnion(of($1)) }
    }

    private static func of(_ process: String) -> Set<String> {
        let threads =
            (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        return Set(
            threads.compactMap {
                try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(process)/task/\($0)/ns/net")
            })
    }
}
