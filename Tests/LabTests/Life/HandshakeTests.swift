import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment handshake` {
        @Test func `is proven on this kernel, and waits for no TIME_WAIT to end`() async throws {
            let result = try await Judged.few(Handshake.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.seconds < 50)
            let exchange = try #require(result.arms.first?.trials.first?.exchange)
            #expect(exchange.labels == ["SYN", "SYN ACK", "ACK"])
            let late = try #require(result.arms[1].trials.first?.exchange)
            #expect(
                late.labels == [
                    "SYN", "SYN ACK", "ACK", "RST ACK", "SYN", "SYN ACK", "RST",
                ])
        }

        private func changed(
            _ name: String, _ change: (inout Handshake.Case) -> Void
        ) async throws -> ExperimentResult {
            var scene = try #require(Handshake.cases.first { $0.arm.name == name })
            change(&scene)
            return try await Judged.few(Handshake.make([scene]))
        }

        @Test func `is refuted where the client's RST is lost`() async throws {
            let result = try await changed(Handshake.late) { $0.losesAnswers = true }
            #expect(result.verdict == .refuted)
            #expect(result.refuted == ["late SYN: nothing is left at the server"], result.doubts)
        }

        @Test func `is refuted where somebody makes up the third step`() async throws {
            let result = try await changed(Handshake.late) { $0.forgesThirdStep = true }
            #expect(
                result.refuted == [
                    "late SYN: accept() gives nothing", "late SYN: nothing is left at the server",
                ], result.doubts)
        }

        @Test func `is refuted where the server remembers requests after all`() async throws {
            let result = try await changed(Handshake.cookies) {
                $0.arm.settings = [.setting("net.ipv4.tcp_syncookies", "1")]
            }
            #expect(
                result.refuted == [
                    "with tcp_syncookies = 2, the server answers and stores nothing until the third step, not even SYN_RECV"
                ], result.doubts)
        }

        @Test func `is refuted where a server of two steps hears the reset, and holds nothing`()
            async throws
        {
            let result = try await changed(Handshake.twoStepsUnanswered) { $0.losesAnswers = false }
            #expect(
                result.refuted == [
                    "two steps, RST lost: the server keeps a connection that no client has"
                ], result.doubts)
        }

        @Test func `stays open where no SYN is lost`() async throws {
            let result = try await changed(Handshake.lost) { $0.lost = 0 }
            #expect(result.verdict == .inconclusive)
        }
    }
}

extension Exchange {
    /// Of its messages, in their order.
    var labels: [String] {
        events.compactMap { event in
            if case .message(let message) = event.kind { message.label } else { nil }
        }
    }
}
