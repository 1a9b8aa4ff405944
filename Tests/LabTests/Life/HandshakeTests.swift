import HostState
import Kernel
import Testing

@testable import Lab

extension Measured {
    @Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment handshake` {
        @Test func `is proven on this kernel, within ten seconds`() async throws {
            let result = try await Judged.few(Handshake.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.seconds < 10)
            let exchange = try #require(result.arms.first?.trials.first?.exchange)
            let labels = exchange.events.compactMap { event in
                if case .message(let message) = event.kind { message.label } else { nil }
            }
            #expect(labels.prefix(3) == ["SYN", "SYN ACK", "ACK"])
        }
    }
}
