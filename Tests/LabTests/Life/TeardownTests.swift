import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment teardown` {
        @Test func `is proven on this kernel, and waits for no TIME_WAIT to end`() async throws {
            let result = try await Judged.few(Teardown.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.seconds < 50)
            let exchange = try #require(result.arms.first?.trials.first?.exchange)
            #expect(exchange.labels.suffix(4) == ["FIN ACK", "ACK", "FIN ACK", "ACK"])
        }

        private func changed(
            _ name: String, _ change: (inout Teardown.Case) -> Void
        ) async throws -> ExperimentResult {
            var scene = try #require(Teardown.cases.first { $0.arm.name == name })
            change(&scene)
            return try await Judged.few(Teardown.make([scene]))
        }

        @Test func `is refuted where the other side closes first`() async throws {
            let result = try await changed(Teardown.client) { $0.manner = .serverFirst }
            #expect(
                result.refuted == [
                    "the client closes first: it goes FIN_WAIT1, FIN_WAIT2, TIME_WAIT",
                    "the client closes first: the server goes CLOSE_WAIT, LAST_ACK, and is gone",
                    "client first: TIME_WAIT at the client",
                    "client first: no TIME_WAIT at the server",
                ], result.doubts)
        }

        @Test func `is refuted where nothing asks for the ACK, and where the program is quick`()
            async throws
        {
            let waiting = try await changed(Teardown.quick) { $0.manner = .nothingLeft }
            #expect(
                waiting.refuted == [
                    "with TCP_QUICKACK, the ACK does not wait: four segments, although the program closes at once",
                    "with TCP_QUICKACK, the client goes through FIN_WAIT2",
                ], waiting.doubts)
            let quick = try await changed(Teardown.slow) { $0.manner = .nothingLeft }
            #expect(
                quick.refuted.contains(
                    "if the program closes later, the ACK travels alone: four segments"),
                quick.doubts)
        }

        @Test func `is refuted where a side resets`() async throws {
            let result = try await changed(Teardown.three) { $0.manner = .reset }
            #expect(result.refuted.contains("nothing left: TIME_WAIT at the client"))
        }

        @Test func `is refuted where nobody hears of the RST`() async throws {
            let result = try await changed(Teardown.data) {
                $0.losesResets = true
                $0.patience = 3
            }
            #expect(result.refuted.contains("after close(), the server's program gets an error"))
        }

        @Test func `is refuted where FIN_WAIT2 lasts, or TIME_WAIT is not kept`() async throws {
            let long = try await changed(Teardown.never) {
                $0.arm.settings = [.setting("net.ipv4.tcp_fin_timeout", "30")]
                $0.patience = 3
            }
            #expect(
                long.refuted == ["with tcp_fin_timeout = 1, an orphaned FIN_WAIT2 ends"],
                long.doubts)
            let none = try await changed(Teardown.both) {
                $0.arm.settings = [.setting("net.ipv4.tcp_max_tw_buckets", "0")]
                $0.patience = 3
            }
            #expect(
                none.refuted.contains("both at once: TIME_WAIT at the client"), none.doubts)
        }
    }
}
