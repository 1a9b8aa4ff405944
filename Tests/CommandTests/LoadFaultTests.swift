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
            // On a busy machine it is void besides.
            #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
            let facts = try facts(outcome)
            #expect(facts.completed > 0 && facts.isBalanced)
            #expect(facts.errors["ECONNREFUSED"] ?? 0 > 0)
        }

        /// Answers whatever is asked by HTTP: that there is no such thing, in two chunks.
        private static let refuser = """
            import socketserver
            class One(socketserver.BaseRequestHandler):
                def handle(self):
                    while self.request.recv(4096):
                        self.request.sendall(b"HTTP/1.1 404 Not Found\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n2;x=y\\r\\nde\\r\\n0\\r\\n\\r\\n")
            class Server(socketserver.ThreadingTCPServer):
                request_queue_size = 64
                daemon_threads = True
            Server(("127.0.0.1", 7000), One).serve_forever()
            """

        @Test func `whose requests are refused does not say that they were answered`() throws {
            let outcome = try alone(
                """
                python3 -c '\(Self.refuser)' & server=$!
                for turn in 1 2 3 4 5 6 7 8 9 10; do ss -ltnH | grep -q :7000 && break; sleep 0.2; done
                "$1" load --to 127.0.0.1:7000 --http / --count 50
                "$1" load --to 127.0.0.1:7000 --http / --count 50 --json
                status=$?
                kill $server
                exit $status
                """)
            #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
            let text = outcome.output.prefix { $0 != "{" }
            #expect(text.contains("0 of 50 requests answered, 50 got HTTP 4xx."))
            #expect(text.contains("REFUSED") || text.contains("VOID"))
            #expect(!text.contains("ANSWERED") && text.contains("body bytes 250"))
            #expect(outcome.output.contains("\"body_bytes\" : 250"))
        }

        @Test(.enabled(if: Self.hasTwoProcessors, "there is one processor"))
        func `whose generator waits for a processor is void`() throws {
            // Two that never stop, on the processor that the generator may use; the server has the other.
            let outcome = try alone(
                """
                taskset -c 1 python3 -c '\(Self.server)' & server=$!
                for turn in 1 2 3 4 5 6 7 8 9 10; do ss -ltnH | grep -q :7000 && break; sleep 0.2; done
                taskset -c 0 sh -c 'while :; do :; done' & one=$!
                taskset -c 0 sh -c 'while :; do :; done' & two=$!
                taskset -c 0 "$1" load --json --to 127.0.0.1:7000 --for 2s --close reset
                status=$?
                kill $one $two $server
                exit $status
                """)
            #expect(outcome.status == 3, "\(outcome.errors)")
            #expect(outcome.output.contains("waited for a processor"))
        }

        /// A group of its own with a fifth of a processor; the names differ between the two versions.
        private static let limited = """
            if [ -e /sys/fs/cgroup/cpu/cpu.cfs_quota_us ] || [ -e /sys/fs/cgroup/cpu/cpu.shares ]; then
                group=/sys/fs/cgroup/cpu/tcptune-test-$$
                mkdir $group && echo 20000 >$group/cpu.cfs_quota_us || exit 9
            else
                group=/sys/fs/cgroup/tcptune-test-$$
                mkdir $group && echo '20000 100000' >$group/cpu.max || { rmdir $group; exit 9; }
            fi

            """

        private static let mayLimit =
            (try? Program.run(["sh", "-c", limited + "rmdir $group"]).status) == 0

        @Test(.enabled(if: Self.mayLimit, "no control group with a quota can be made"))
        func `under a quota is void`() throws {
            let outcome = try Program.run([
                "sh", "-c",
                Self.limited + """
                    sh -c "echo \\$\\$ >$group/cgroup.procs; exec $1 load --json --for 1s --close reset"
                    status=$?
                    rmdir $group
                    exit $status
                    """, "sh", Program.tcptune,
            ])
            #expect(outcome.status == 3, "\(outcome.errors)")
            #expect(outcome.output.contains("a CPU quota stopped the load generator"))
        }

        private static let hasTwoProcessors =
            (try? Program.run(["taskset", "-c", "0,1", "true"]).status) == 0
            && (try? Program.run(["sh", "-c", "[ $(nproc) -gt 1 ]"]).status) == 0

        @Test(.enabled(if: Self.hasNft, "nft is not installed"))
        func `into a black hole gives every connection up`() throws {
            let outcome = try alone(
                """
                nft 'add table inet hole; add chain inet hole in { type filter hook input priority 0; }; \
                    add rule inet hole in tcp dport 7000 drop' || exit 9
                "$1" load --json --to 127.0.0.1:7000 --connections 5 --count 10 --timeout 300ms
                """)
            // Void or not: nothing was answered.
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(outcome.errors.contains("no request was answered: 10 TIMEOUT"))
            let facts = try facts(outcome)
            #expect(facts.errorsByStage == ["connect": ["TIMEOUT": 10]])
            // Two after another on each connection, and not the two minutes for which the kernel would try.
            #expect(outcome.seconds < 60)
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
                // Two at a time wait for each other, and may be void.
                #expect([0, 3].contains(outcome.status), "\(outcome.errors)")
                let facts = try facts(outcome)
                #expect(facts.completed == 2000 && facts.errors.isEmpty)
            }
        }

        @Test func `that is killed leaves neither namespace nor process`() throws {
            let program = try Program([Program.tcptune, "load", "--for", "5m"])
            let own = NamespacesInUse.of(getpid())
            var made: Set<String> = []
            for _ in 0..<3000 {
                made = NamespacesInUse.of(program.pid).subtracting(own)
                if made.count == 2 { break }
                usleep(10_000)
            }
            #expect(made.count == 2)
            let held = NamespacesInUse.held(of: program.pid)
            defer { for descriptor in held { close(descriptor) } }
            kill(program.pid, SIGKILL)
            _ = try program.outcome()
            // What its sockets still hold is freed in the background.
            var left = made
            for _ in 0..<1500 where !left.isEmpty {
                usleep(20_000)
                left = made.intersection(NamespacesInUse.ofOthers)
            }
            #expect(left.isEmpty)
        }

        @Test(.enabled(if: Scene.isRoot, "needs root, to look into its namespaces"))
        func `has as many sockets as ss counts, and as the kernel opened`() throws {
            let program = try Program([
                Program.tcptune, "load", "--json", "--close", "never", "--connections", "40",
                "--for", "8s",
            ])
            let own = NamespacesInUse.of(getpid())
            usleep(2_000_000)
            var established: [Int] = []
            var opened: [String] = []
            for (name, path) in NamespacesInUse.ways(of: program.pid) where !own.contains(name) {
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
