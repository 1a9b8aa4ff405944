import Model
import Testbed
import Testing

@testable import Lab

extension Measured {
    /// `reset-on-closed-port` and `keepalive`: they wait, so they do it side by side.
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiments of who answers` {
        @Test func `are proven on this kernel`() async throws {
            async let closed = Judged.few(ClosedPort.experiment)
            async let probed = Judged.few(KeepaliveProbes.experiment)
            for result in try await [closed, probed] {
                #expect(result.verdict == .proven, result.doubts)
            }
        }

        private func closed(
            _ name: String, _ change: (inout ClosedPort.Case) -> Void
        ) throws -> Experiment {
            var scene = try #require(ClosedPort.cases.first { $0.arm.name == name })
            change(&scene)
            return ClosedPort.make([scene])
        }

        private func probed(
            _ name: String, _ change: (inout KeepaliveProbes.Case) -> Void
        ) throws -> Experiment {
            var scene = try #require(KeepaliveProbes.cases.first { $0.arm.name == name })
            change(&scene)
            return KeepaliveProbes.make([scene])
        }

        @Test func `are refuted where another answers`() async throws {
            let wrong: [(Experiment, [String])] = [
                (
                    try closed(ClosedPort.closed) { $0.destination = .listening },
                    [
                        "a closed port answers with one RST ACK",
                        "closed port: connect() gets ECONNREFUSED",
                    ]
                ),
                (
                    try closed(ClosedPort.closed) { $0.destination = .behind(.unreachable) },
                    [
                        "a closed port answers with one RST ACK",
                        "closed port: connect() gets ECONNREFUSED",
                    ]
                ),
                (
                    try closed(ClosedPort.impatient) { $0.arm.settings = [] },
                    [
                        "with tcp_syn_retries = 1, connect() gets ETIMEDOUT",
                        "with tcp_syn_retries = 1, connect() sends the SYN twice",
                    ]
                ),
                (
                    try probed(KeepaliveProbes.off) { $0.asks = true },
                    [
                        "without SO_KEEPALIVE, the kernel sends no probe, whatever is set",
                        "without SO_KEEPALIVE, no timer runs",
                        "without SO_KEEPALIVE, the program has no error after 6 s",
                    ]
                ),
                (
                    try probed(KeepaliveProbes.lives) { $0.peer = .vanished },
                    [
                        "a live peer answers each probe",
                        "a live peer keeps the connection",
                    ]
                ),
                (
                    try probed(KeepaliveProbes.restarted) { $0.peer = .lives },
                    [
                        "a restarted peer answers the first probe with a reset",
                        "with a restarted peer, the program gets ECONNRESET",
                    ]
                ),
                (
                    try probed(KeepaliveProbes.short) { $0.asks = false },
                    [
                        "2 s, 1 s, 2 probes: the kernel sends 2 probes (tcp_keepalive_probes)",
                        "2 s, 1 s, 2 probes: the program gets ETIMEDOUT",
                        "2 s, 1 s, 2 probes: the kernel resets the connection that it gives up",
                    ]
                ),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (experiment, texts) in wrong {
                    group.addTask {
                        let result = try await Judged.few(experiment)
                        #expect(result.refuted == texts, result.doubts)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
