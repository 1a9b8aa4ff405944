import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiments of what happens at once` {
        @Test func `are proven on this kernel`() async throws {
            async let opening = Judged.few(SimultaneousOpen.experiment)
            async let closing = Judged.few(SimultaneousClose.experiment)
            let (open, close) = try await (opening, closing)
            #expect(open.verdict == .proven, open.doubts)
            #expect(close.verdict == .proven, close.doubts)
            let exchange = try #require(open.arms[1].trials.first?.exchange)
            #expect(exchange.labels.prefix(4) == ["SYN", "SYN", "SYN ACK", "SYN ACK"])
        }

        @Test func `are refuted where nothing crosses`() async throws {
            var scene = SimultaneousOpen.cases[1]
            scene.separatesRequests = true
            let lost = SimultaneousOpen.make([scene])
            var first = SimultaneousClose.cases[0]
            first.first = .client
            let inTurn = SimultaneousClose.make([first])
            async let opening = Judged.few(lost)
            async let closing = Judged.few(inTurn)
            let (open, close) = try await (opening, closing)
            // The client is answered as by a listener: it never is in SYN_RECV.
            #expect(
                open.refuted.contains(
                    "both ask at once: the client goes SYN_SENT, SYN_RECV, ESTABLISHED"),
                open.doubts)
            #expect(
                open.refuted.contains(
                    "both ask at once: four segments carry a SYN: two SYNs and two SYN ACKs"),
                open.doubts)
            // Three segments where the ACK and the other's FIN go together, four where an ACK was not held back.
            #expect(
                close.refuted.filter { !$0.contains("four segments") } == [
                    "both close at once: the FINs cross on the way",
                    "both close at once: the client goes through CLOSING",
                    "both close at once: the server goes through CLOSING",
                    "both close at once: TIME_WAIT at the server",
                    "both close at once: a program without SO_REUSEADDR cannot bind the server's port",
                ], close.doubts)
        }
    }
}
