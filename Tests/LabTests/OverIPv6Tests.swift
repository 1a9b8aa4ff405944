import Kernel
import Model
import Statistics
import Testing

@testable import Lab
@testable import Testbed

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `Experiments over IPv6` {
        /// What waits for a minute is looked at for a few seconds, by itself.
        private static let names = Experiment.all.filter {
            $0.onlyIPv4 == nil && $0.occupation != .idle
        }.map(\.name)

        /// So many at a time: they wait more than they work.
        private static let lanes = 6

        @Test func `show what they claim, each in one run`() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<Self.lanes {
                    group.addTask {
                        for place in stride(from: lane, to: Self.names.count, by: Self.lanes) {
                            try await check(Self.names[place])
                        }
                    }
                }
                try await group.waitForAll()
            }
        }

        private func check(_ name: String) async throws {
            let own = try #require(Experiment.all.first { $0.name == name })
            let experiment = own.over(.v6)
            let thread = try SystemThread.start { () throws(Refusal) in
                try ExperimentRun(experiment, runs: 1).run()
            }
            while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
            let result = try thread.outcome()
            #expect(result.family == .v6)
            guard result.unavailable == nil else { return }
            for claim in experiment.claims where !Self.isOfProcessor(claim) {
                guard let holds = claim.condition.holds(in: result) else { continue }
                #expect(holds, "\(name): \(claim.text)")
            }
            for exchange in result.arms.flatMap(\.trials).compactMap(\.exchange) {
                #expect(exchange.actors.map(\.detail) == ["2001:2::1", "2001:2:0:1::1"])
            }
        }

        /// What is used of a processor is not measured beside others.
        private static func isOfProcessor(_ claim: Claim) -> Bool {
            let measure =
                switch claim.condition {
                case .within(_, let measure, _), .ratio(_, _, let measure, _),
                    .more(_, _, let measure), .less(_, _, let measure):
                    measure
                }
            return ["cpu_", "connect_at_", "slower_at_"].contains { measure.hasPrefix($0) }
        }

        @Test func `that wait for a minute wait for it as over IPv4`() async throws {
            let experiment = FinTimeout.experiment.over(.v6)
            let stop = StopSign()
            let arm = try #require(experiment.arms.first { $0.name == "fin_timeout 5" })
            let thread = try SystemThread.start { () throws(Refusal) in
                try experiment.trial(arm, TrialConditions(seed: 1, stop: stop))
            }
            // The orphan lasts 5 s, and TIME_WAIT's timer says how long it will.
            for _ in 0..<70 where !thread.isDone { try await Task.sleep(for: .milliseconds(100)) }
            stop.set()
            let values = try thread.outcome().values
            #expect(4.9...7.5 ~= values["fin_wait2_seconds"] ?? 0, "\(values)")
            #expect(55...61 ~= values["time_wait_timer_seconds"] ?? 0, "\(values)")
        }

        @Test func `name the kernel's functions of IPv6, and settings that are tried go with them`()
            throws
        {
            let handshake = Handshake.experiment.over(.v6)
            #expect(handshake.source.contains("net/ipv6/tcp_ipv6.c:tcp_v6_send_reset"))
            #expect(!handshake.source.contains("net/ipv4/tcp_ipv4.c:tcp_v4_send_reset"))
            #expect(handshake.claims.contains { $0.text.contains("1440 bytes over IPv6") })
            let setting = try LoadPlan.Assignment(text: "tcp_syncookies=1")
            let tried = try #require(Handshake.experiment.trying([setting])).over(.v6)
            #expect(tried.arms.allSatisfy { $0.family == .v6 })
            let later = try #require(handshake.trying([setting]))
            #expect(later.arms.allSatisfy { $0.family == .v6 })
        }

        @Test func `of IPv4 alone are not tried, and say why`() async throws {
            for experiment in Experiment.all.compactMap({ $0.onlyIPv4 == nil ? nil : $0 }) {
                let result = try await Judged.few(experiment.over(.v6))
                #expect(result.verdict == .inconclusive && result.arms.flatMap(\.trials).isEmpty)
                #expect(result.unavailable?.hasPrefix("it only works with IPv4: ") == true)
                #expect(experiment.over(.v4).family == .v4)
            }
        }
    }
}

extension Claim.Condition {
    /// Whether it holds of the medians, however few runs there are; nil where something was not measured.
    fileprivate func holds(in result: ExperimentResult) -> Bool? {
        func median(_ arm: String, _ measure: String) -> Double? {
            result.sample(arm, measure)?.median
        }
        switch self {
        case .within(let arm, let measure, let range):
            return median(arm, measure).map { range.contains($0) }
        case .ratio(let arm, let other, let measure, let range):
            guard let one = median(arm, measure), let than = median(other, measure) else {
                return nil
            }
            return range.contains(one / than)
        case .more(let arm, let other, let measure):
            guard let one = median(arm, measure), let than = median(other, measure) else {
                return nil
            }
            return one > than
        case .less(let arm, let other, let measure):
            guard let one = median(arm, measure), let than = median(other, measure) else {
                return nil
            }
            return one < than
        }
    }
}
