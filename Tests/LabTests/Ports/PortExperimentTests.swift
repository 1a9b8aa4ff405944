import Model
import Testing

@testable import Lab

extension Measured {
    /// Each claim holds on this kernel, and is refuted where what makes it true is taken away.
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `An experiment about ports` {
        private static let about: [Experiment] = [
            .portExhaustion, .portReuse, .portScanCliff, .bindBeforeConnect, .keepAlive, .whoCloses,
            .timeWaitCap,
        ]

        @Test(arguments: about.map(\.name))
        func `proves its claim on this kernel`(name: String) throws {
            let experiment = try #require(Experiment.all.first { $0.name == name })
            let result = try Tried.decided(experiment)
            #expect(result.verdict == .proven, Tried.doubts(result))
        }

        /// What is done to an arm so that a claim must fail.
        struct Mutation: Sendable, CustomTestStringConvertible {
            var experiment: Experiment
            var arm: String
            var change: @Sendable (inout Arm) -> Void
            /// The claim that must be refuted.
            var refuted: String
            var testDescription: String { "\(experiment.name), \(arm)" }

            /// Other settings in place of the arm's.
            init(
                _ experiment: Experiment, _ arm: String, settings: [LoadPlan.Assignment],
                refutes: String
            ) {
                (self.experiment, self.arm, refuted) = (experiment, arm, refutes)
                change = { $0.settings = settings }
            }

            /// What another arm does in place of what this one does.
            init(_ experiment: Experiment, _ arm: String, as other: String, refutes: String) {
                (self.experiment, self.arm, refuted) = (experiment, arm, refutes)
                change = { arm in
                    arm = experiment.arms.first { $0.name == other } ?? arm
                }
            }
        }

        private static let mutations = [
            // The well-known remedy that does not help.
            Mutation(
                .portExhaustion, "tcp_tw_reuse = 1",
                settings: [.setting("net.ipv4.tcp_fin_timeout", "5")],
                refutes: "with tcp_tw_reuse = 1, no connection fails"),
            Mutation(
                .portExhaustion, "600 ports", settings: [.ports(600), .reuse(1)],
                refutes: "with 600 ports, 600 of 1300 connections succeed"),
            Mutation(
                .portReuse, "reuse 1", settings: [.ports(100), .reuse(1), .timestamps(0)],
                refutes: "tcp_tw_reuse = 1 reuses every port"),
            Mutation(
                .portReuse, "reuse 2", as: "lo, 2",
                refutes: "tcp_tw_reuse = 2 reuses no port between hosts"),
            Mutation(
                .portScanCliff, "IP_LOCAL_PORT_RANGE", as: "the kernel's choice",
                refutes:
                    "with IP_LOCAL_PORT_RANGE, connect() costs at most four times as much with 51 % used"
            ),
            Mutation(
                .portScanCliff, "the kernel's choice", as: "IP_LOCAL_PORT_RANGE",
                refutes: "connect() costs at least twenty times as much with 51 % of them used"),
            Mutation(
                .bindBeforeConnect, "IP_BIND_ADDRESS_NO_PORT", as: "bind() first",
                refutes: "with IP_BIND_ADDRESS_NO_PORT, a second destination gets all 200 ports"),
            Mutation(
                .keepAlive, "10 a connection", as: "1 a connection",
                refutes: "ten requests per connection leave a tenth"),
            Mutation(
                .whoCloses, "server first", as: "client first",
                refutes: "the server closes first: it gets every TIME_WAIT"),
            Mutation(
                .whoCloses, "server first", as: "client first",
                refutes:
                    "TIME_WAIT at the server refuses no client: all of these ports connect again"),
            Mutation(
                .whoCloses, "server resets", as: "server first",
                refutes: "the server resets before the client has read: data is lost"),
            Mutation(
                .timeWaitCap, "tcp_max_tw_buckets = 1000",
                settings: [.setting("net.ipv4.tcp_max_tw_buckets", "100")],
                refutes: "with room for 1000, no late FIN gets a reset"),
        ]

        @Test(arguments: mutations)
        func `is refuted where what makes it true is taken away`(mutation: Mutation) throws {
            let experiment = try Tried.mutated(
                mutation.experiment, mutation.arm, claim: mutation.refuted, mutation.change)
            let result = try Tried.run(experiment)
            #expect(result.verdict == .refuted, Tried.doubts(result))
            #expect(
                result.claims.first { $0.text == mutation.refuted }?.verdict == .refuted,
                Tried.doubts(result))
        }

        @Test(arguments: about)
        func `is well laid down`(experiment: Experiment) {
            let arms = experiment.arms.map(\.name)
            let measures = experiment.measures.map(\.name)
            #expect(Set(arms).count == arms.count && arms.count >= 2)
            #expect(Set(measures).count == measures.count)
            #expect(experiment.arms.first?.role == .baseline)
            #expect(Set(experiment.claims.map(\.text)).count == experiment.claims.count)
            for claim in experiment.claims {
                #expect(claim.condition.arms.allSatisfy(arms.contains), "\(claim.text)")
                #expect(measures.contains(claim.condition.measure), "\(claim.text)")
            }
            #expect(experiment.question.hasSuffix("?") && experiment.claim.hasSuffix("."))
            #expect(experiment.claims.contains(where: \.isScaling) == (experiment.scaling != nil))
        }
    }
}
