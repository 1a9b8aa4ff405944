import Glibc
import Lab
import Testing

extension Measured {
    /// Ctrl-C and `kill`, at any moment: the command ends, and nothing of it stays.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `A signal ends` {
        /// From the signal to the end; a debug build draws the pages of twenty experiments in a second alone.
        #if DEBUG
            private static let most = 3.0
        #else
            private static let most = 1.0
        #endif
        private static let reached = Set([128 + SIGINT, 128 + SIGTERM])

        /// Ends a command some seconds after its start.
        ///
        /// - Returns: what was wrong; nil where nothing was, or where it was over by then.
        @concurrent private static func objection(
            to words: [String], after seconds: Double, by signal: Int32
        ) async throws -> String? {
            let program = try Program([Program.tcptune] + words)
            let own = NamespacesInUse.of(getpid())
            // Open, so that no other namespace gets the inode of one that is gone.
            var made: [String: Int32] = [:]
            defer { for descriptor in made.values { close(descriptor) } }
            func note() {
                for (name, link) in NamespacesInUse.ways(of: program.pid) where made[name] == nil {
                    let descriptor = open(link, O_RDONLY | O_CLOEXEC)
                    if descriptor >= 0 { made[name] = descriptor }
                }
            }
            while Program.now - program.began < seconds {
                note()
                usleep(seconds > 2 ? 50_000 : 5_000)
            }
            note()
            let sent = Program.now
            guard kill(program.pid, signal) == 0 else { return "it could not be signalled" }
            let outcome = try program.outcome(within: seconds + 30)
            let took = Program.now - sent
            let isOver = !Self.reached.contains(outcome.status)
            if isOver, outcome.seconds > seconds + 0.2 {
                return "it went on to its end: status \(outcome.status)"
            }
            if took > Self.most { return "it ended \(took) s after the signal" }
            let left = NamespacesInUse.ofOthers.intersection(Set(made.keys).subtracting(own))
            return left.isEmpty ? nil : "namespaces are left: \(left)"
        }

        /// At three moments, in seconds after its start, side by side; a machine that is busy gets a second chance.
        private func check(_ words: [String], at moments: [Double]) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (after, signal) in zip(moments, [SIGINT, SIGTERM, SIGINT]) {
                    group.addTask {
                        var wrong = try await Self.objection(to: words, after: after, by: signal)
                        if wrong != nil {
                            wrong = try await Self.objection(to: words, after: after, by: signal)
                        }
                        #expect(wrong == nil, "\(words), after \(after) s: \(wrong ?? "")")
                    }
                }
                try await group.waitForAll()
            }
        }

        static let experiments = Experiment.all.filter { $0.occupation != .idle }.map(\.name)

        @Test(arguments: experiments) func `every experiment`(name: String) async throws {
            try await check(["lab", "run", name, "--runs", "2"], at: [0.03, 0.3, 0.8])
        }

        @Test func `an experiment that waits for a minute, and all of them`() async throws {
            try await check(["lab", "run", "fin-timeout", "--runs", "1"], at: [0.03, 2, 9])
            try await check(["lab", "verify"], at: [0.03, 2, 9])
        }

        @Test func `an experiment whose settings are tried, or that is walked through`()
            async throws
        {
            try await check(
                ["lab", "run", "teardown", "--set", "tcp_fin_timeout=60"], at: [0.03, 2, 6])
            try await check(["lab", "run", "handshake", "--explain"], at: [0.03, 1, 4])
        }

        @Test(arguments: [
            ["load", "--for", "3s"], ["load", "--for", "3s", "--rate", "500/s", "--json"],
        ]) func `a load`(words: [String]) async throws {
            try await check(words, at: [0.05, 1.5, 2.7])
        }

        @Test(arguments: [
            ["audit", "--interval", "3s"], ["audit", "--interval", "3s", "--json"],
        ]) func `an audit over some seconds`(words: [String]) async throws {
            try await check(words, at: [0.05, 1.5, 2.7])
        }
    }

    /// RLIMIT_NOFILE, as a shell or a service sets it.
    @Suite(.serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    struct `With few descriptors an experiment` {
        private func run(_ limit: String, _ words: String) throws -> Program.Outcome {
            try Program.run(
                ["sh", "-c", "ulimit \(limit) && exec \(Program.tcptune) lab run \(words)"],
                within: 60)
        }

        @Test func `raises a limit that it may raise`() throws {
            let outcome = try run("-Sn 40", "accept-queue --runs 4")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }

        @Test func `is refused at once where one run has not enough`() throws {
            for limit in [20, 40, 100] {
                let outcome = try run("-n \(limit)", "accept-queue --runs 4")
                #expect(outcome.status == 2, "\(outcome.output)")
                #expect(outcome.seconds < 5)
                #expect(outcome.errors.contains("ulimit -n"), "\(outcome.errors)")
            }
        }

        @Test func `takes turns where all at a time have not`() throws {
            let outcome = try run("-n 300", "syn-over-timewait --runs 4 --arm 'the same client'")
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        }
    }
}
