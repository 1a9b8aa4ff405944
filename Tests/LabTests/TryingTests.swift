import Model
import Testing

@testable import Lab

@Suite struct `Settings tried in place of a remedy` {
    @Test func `have an arm of their own, and leave all others and the claims as they are`() throws
    {
        let own = Experiment.portExhaustion
        let tried = try #require(
            own.trying([try LoadPlan.Assignment(text: "net.ipv4.tcp_fin_timeout=5")]))
        let arm = try #require(tried.arms.first { $0.role == .tried })
        #expect(arm.name == "tcp_fin_timeout = 5")
        #expect(arm.settings.map(\.value).contains("5"))
        // The scale stays that of the others.
        #expect(arm.settings.contains { $0.key.name == "net.ipv4.ip_local_port_range" })
        #expect(tried.arms.filter { $0.role != .tried }.map(\.name) == own.arms.map(\.name))
        #expect(tried.claims == own.claims && tried.claim == own.claim)
    }

    @Test func `are asked a question in every experiment that has a remedy`() throws {
        let setting = try LoadPlan.Assignment(text: "net.ipv4.tcp_fin_timeout=5")
        for experiment in Experiment.all {
            let hasRemedy = experiment.arms.contains { $0.role == .remedy }
            #expect((experiment.purpose != nil) == hasRemedy, "\(experiment.name)")
            guard let tried = experiment.trying([setting]) else {
                #expect(!hasRemedy, "\(experiment.name)")
                continue
            }
            #expect(Set(tried.arms.map(\.name)).count == experiment.arms.count + 1)
            let measures = Set(experiment.measures.map(\.name))
            let purpose = try #require(experiment.purpose)
            #expect(!purpose.signs.isEmpty)
            let law = purpose.law(TriedSettings([setting]))
            #expect(measures.isSuperset(of: purpose.signs.map(\.measure) + law.map(\.measure)))
            let question = try #require(tried.tried?.question)
            #expect(question.hasPrefix("Does tcp_fin_timeout = 5 ") && question.hasSuffix("?"))
        }
    }

    @Test func `may be those of the remedy itself`() throws {
        let tried = try #require(
            Experiment.portExhaustion.trying([
                try LoadPlan.Assignment(text: "net.ipv4.tcp_tw_reuse=1")
            ]))
        #expect(Set(tried.arms.map(\.name)).count == tried.arms.count)
        #expect(tried.tried?.arm == "tried: tcp_tw_reuse = 1")
    }

    @Test func `may be called by their last name`() throws {
        for (text, key) in [
            ("tcp_fin_timeout=3", "net.ipv4.tcp_fin_timeout"),
            ("somaxconn=3", "net.core.somaxconn"),
            ("ip_local_port_range=20000 20999", "net.ipv4.ip_local_port_range"),
        ] {
            #expect(try LoadPlan.Assignment(text: text).key.name == key)
        }
    }

    @Test func `must be a setting that a namespace can have`() {
        for text in ["fs.file-max=3", "no.such=1", "net.ipv4.tcp_fin_timeout", "=3", "net..x=1 "] {
            #expect(throws: Refusal.self) { try LoadPlan.Assignment(text: text) }
        }
    }

    @Test(arguments: [
        ([Verdict.proven], TriedResult.Answer.yes), ([.proven, .proven], .yes),
        ([.proven, .refuted], .partly), ([.refuted, .proven], .no), ([.refuted], .no),
        ([.inconclusive, .refuted], .unclear), ([.proven, .inconclusive], .unclear), ([], .unclear),
    ])
    func `are answered by what is measured, the point of it first`(
        signs: [Verdict], answer: TriedResult.Answer
    ) {
        #expect(Experiment.Trying.answer(signs) == answer)
    }

    @Test func `are read as the kernel reads numbers`() throws {
        for (text, number) in [("10", 10), ("010", 8), ("0x10", 16), ("-1", -1), ("0", 0)] {
            let tried = TriedSettings([try Runs.setting("net.core.somaxconn", text)])
            #expect(tried.only("net.core.somaxconn") == number)
        }
        let range = TriedSettings([try Runs.setting("net.ipv4.ip_local_port_range", "20000 22000")])
        #expect(range.onlyPorts == 2001)
    }
}

@Suite struct `Arms that are chosen` {
    @Test func `keep the claims that are about them alone, and say that others are not tested`()
        throws
    {
        let chosen = try #require(Handshake.experiment.choosing(["late SYN"]))
        #expect(chosen.arms.map(\.name) == ["late SYN"])
        #expect(!chosen.claims.isEmpty)
        #expect(chosen.claims.allSatisfy { $0.condition.armNames == ["late SYN"] })
        #expect(chosen.claims.count < Handshake.experiment.claims.count)
        #expect(chosen.claim.contains("'late SYN' only"))
        #expect(Handshake.experiment.choosing(["no such arm"]) == nil)
    }
}

extension Measured {
    /// Advice, put to the test: the answer and its sentence are as true as what was measured.
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `Advice that is tried` {
        struct Advice: Sendable, CustomStringConvertible {
            var experiment: String
            var settings: [String]
            var answer: TriedResult.Answer
            var says: String

            init(
                _ experiment: String, _ settings: String, _ answer: TriedResult.Answer,
                _ says: String
            ) {
                self.experiment = experiment
                self.settings = settings.split(separator: ";").map(String.init)
                self.answer = answer
                self.says = says
            }

            var description: String { "\(experiment) \(settings)" }
        }

        static let all = [
            Advice(
                "port-exhaustion", "tcp_fin_timeout=5", .no,
                "tcp_fin_timeout = 5 does not stop connect() from failing with EADDRNOTAVAIL: 700 of 1300 connections fail"
            ),
            Advice(
                "port-exhaustion", "ip_local_port_range=20000 22000", .partly,
                "none of 1300 connections fails, but TIME_WAIT holds 1300 ports"),
            Advice(
                "port-exhaustion", "ip_local_port_range=20000 20099", .no,
                "1200 of 1300 connections fail"),
            Advice("port-exhaustion", "tcp_tw_reuse=1", .yes, "none of 1300 connections fails"),
            Advice("port-exhaustion", "tcp_tw_reuse=2", .no, "700 of 1300 connections fail"),
            Advice(
                "port-exhaustion", "tcp_tw_reuse=1;tcp_timestamps=0", .no,
                "do not stop connect() from failing"),
            Advice(
                "port-reuse", "tcp_tw_reuse=2", .no, "connect() reuses 0 of 100 TIME_WAIT ports"),
            Advice("port-reuse", "ip_local_port_range=20000 20999", .no, "reuses 0 of 100"),
            Advice(
                "timewait-cap", "tcp_max_tw_buckets=150", .no,
                "150 of 300 connections close without"),
            Advice(
                "timewait-cap", "tcp_max_tw_buckets=-1", .yes,
                "0 of 300 connections close without"),
            Advice("accept-queue", "somaxconn=10", .no, "11 of 40 clients get in"),
            Advice("accept-queue", "somaxconn=39", .yes, "40 of 40 clients get in"),
            Advice("accept-queue", "tcp_max_syn_backlog=9999", .no, "17 of 40 clients get in"),
            Advice("accept-queue", "somaxconn=1", .unclear, "did not keep 4 handshakes half open"),
            Advice("syn-queue", "tcp_max_syn_backlog=9999", .no, "0 of 4 real clients get in"),
            Advice("syn-queue", "tcp_syncookies=2", .yes, "4 of 4 real clients get in"),
            Advice("close-wait", "tcp_keepalive_time=1", .no, "20 of 20 are still in CLOSE_WAIT"),
            Advice("handshake", "tcp_syncookies=1", .no, "the server keeps a late SYN in SYN_RECV"),
            Advice("teardown", "tcp_fin_timeout=60", .no, "FIN_WAIT2 is still there after 15 s"),
            Advice("teardown", "tcp_fin_timeout=2", .yes, "FIN_WAIT2 ends within 15 s"),
            Advice(
                "retransmission-timeout", "tcp_keepalive_time=1", .no,
                "the program has no error after 9 s"),
            Advice(
                "retransmission-timeout", "tcp_retries2=2", .yes,
                "the program gets ETIMEDOUT within 9 s"),
            Advice(
                "last-ack-lost", "tcp_fin_timeout=120", .no, "the server's program gets ECONNRESET"),
            Advice(
                "last-ack-lost", "tcp_max_tw_buckets=0", .no, "the server's program gets ECONNRESET"
            ),
            Advice("old-duplicates", "tcp_timestamps=0", .no, "the server reads 9 old bytes"),
            Advice("old-duplicates", "tcp_max_tw_buckets=1000", .no, "old bytes"),
            Advice(
                "timewait-restart", "tcp_rfc1337=0", .no,
                "the reset that answers TIME_WAIT's answer ends it"),
            Advice(
                "syn-over-timewait", "tcp_rfc1337=1", .no, "a client with an older clock stays out"),
            Advice(
                "simultaneous-close", "tcp_tw_reuse=2", .no,
                "the client cannot connect again"),
            Advice(
                "simultaneous-close", "tcp_fin_timeout=5", .no,
                "the client cannot connect again"),
            Advice(
                "simultaneous-close", "ip_local_port_range=20000 29999", .yes,
                "the client connects again"),
            Advice(
                "simultaneous-close", "ip_local_reserved_ports=40000", .unclear,
                "connect() failed: EADDRNOTAVAIL"),
            Advice(
                "reset-on-closed-port", "tcp_syn_retries=2", .no,
                "the program has no error after 5 s"),
            Advice(
                "reset-on-closed-port", "tcp_retries2=1", .no,
                "the program has no error after 5 s"),
            Advice(
                "keepalive", "tcp_keepalive_time=1", .no,
                "the program has no error after 6 s"),
            Advice(
                "keepalive", "tcp_keepalive_time=1;tcp_keepalive_intvl=1;tcp_keepalive_probes=1",
                .yes, "the program gets ETIMEDOUT within 6 s"),
            Advice("fin-timeout", "tcp_fin_timeout=30", .no, "orphaned FIN_WAIT2 lasted"),
        ]

        /// So many at a time: they wait more than they work.
        private static let lanes = 12

        @Test func `is answered truly`() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The longest first.
                let all = Array(Self.all.reversed())
                for lane in 0..<Self.lanes {
                    group.addTask {
                        for place in stride(from: lane, to: all.count, by: Self.lanes) {
                            try await check(all[place])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }

        /// As few runs of as few arms as can prove something.
        private func check(_ advice: Advice) async throws {
            let experiment = try #require(Experiment.all.first { $0.name == advice.experiment })
            let settings = try advice.settings.map { try LoadPlan.Assignment(text: $0) }
            let held = experiment.arms.filter { [.baseline, .remedy].contains($0.role) }.map(\.name)
            let tried = try #require(experiment.trying(settings)?.choosing(Array(held.prefix(2))))
            let result = try await Judged.few(tried)
            // The law stands, whatever is tried.
            #expect(result.verdict == .proven, result.doubts)
            let answer = try #require(result.tried)
            #expect(answer.answer == advice.answer, "\(advice): \(answer.sentence)")
            #expect(answer.sentence.contains(advice.says), "\(advice): \(answer.sentence)")
            #expect(
                answer.claims.allSatisfy { $0.verdict == .proven || advice.answer == .unclear },
                "\(answer.claims)")
            #expect(
                (answer.verdict == .proven) == (advice.answer == .yes),
                "\(advice): \(answer.claims)")
        }
    }
}
