import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment retransmission-timeout` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(RetransmissionTimeout.experiment)
            #expect(result.verdict == .proven, result.doubts)
            let exchange = try #require(result.arms[1].trials.first?.exchange)
            // The same bytes again and again, until the program is told.
            #expect(exchange.labels.count { $0 == "ACK + 8 bytes" } >= 4)
        }

        private func changed(
            _ index: Int, _ change: (inout RetransmissionTimeout.Case) -> Void
        ) async throws -> ExperimentResult {
            var scene = RetransmissionTimeout.cases[index]
            change(&scene)
            return try await Judged.few(RetransmissionTimeout.make([scene]))
        }

        @Test func `is refuted where the kernel is as patient as ever`() async throws {
            let result = try await changed(1) {
                $0.arm.settings = RetransmissionTimeout.cases[0].arm.settings
            }
            #expect(
                result.refuted == ["with tcp_retries2 = 3, the program gets ETIMEDOUT"],
                result.doubts)
        }

        @Test func `is refuted where it is impatient`() async throws {
            let result = try await changed(0) {
                $0.arm.settings = RetransmissionTimeout.cases[1].arm.settings
            }
            #expect(
                result.refuted == ["with tcp_retries2 = 15, the program has no error after 9 s"],
                result.doubts)
        }

        @Test func `is refuted where less is lost, or more`() async throws {
            let less = try await changed(2) { $0.losses = 1 }
            #expect(
                less.refuted == ["data that is lost twice arrives with the second retransmission"],
                less.doubts)
            let more = try await changed(3) { $0.losses = 1 }
            #expect(
                more.refuted == ["the kernel does not retransmit data that is not lost"],
                more.doubts)
        }
    }
}
