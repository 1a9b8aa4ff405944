import Model
import Testing

@testable import Lab

@Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `The experiment close-wait` {
    @Test func `is proven on this kernel`() async throws {
        let result = try await Judged.few(CloseWait.experiment)
        #expect(result.verdict == .proven, result.doubts)
        #expect(result.notes.isEmpty)
    }

    @Test func `is refuted where the program closes after all`() async throws {
        var cases = CloseWait.cases
        cases[1].closes = true
        let result = try await Judged.few(CloseWait.make([cases[1]]))
        #expect(result.verdict == .refuted)
        #expect(result.refuted == ["with tcp_fin_timeout = 1, all 20 stay in CLOSE_WAIT"])
    }

    @Test func `is refuted where nothing asks after a peer that is gone`() async throws {
        var cases = CloseWait.cases
        cases[5].keepsAlive = false
        cases[5].peerGoes = false
        cases[6].closes = false
        for index in cases.indices { cases[index].watched = 2 }
        let result = try await Judged.few(CloseWait.make(Array(cases[5...])))
        #expect(
            result.refuted == [
                "if the peer is gone, keepalive ends CLOSE_WAIT",
                "if the program closes, CLOSE_WAIT ends",
            ])
    }
}

@Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `The experiment fin-timeout` {
    @Test func `is proven on this kernel, in little more than a minute`() async throws {
        let result = try await Judged.few(FinTimeout.experiment)
        #expect(result.verdict == .proven, result.doubts)
        #expect(result.notes.isEmpty)
        // Sixteen trials of a minute each at the same time.
        #expect(result.seconds < 150)
    }

    @Test func `is refuted where TIME_WAIT is not kept`() async throws {
        let arm = FinTimeout.arm(seconds: 5, ["net.ipv4.tcp_max_tw_buckets": "0"])
        let result = try await Judged.few(FinTimeout.make([arm]))
        #expect(result.refuted.contains("with tcp_fin_timeout = 5, TIME_WAIT lasts 60 s"))
    }

    @Test func `is refuted where the setting is not what it is named`() async throws {
        var arm = FinTimeout.arm(seconds: 5, ["net.ipv4.tcp_max_tw_buckets": "1"])
        arm.name = "fin_timeout 65"
        let result = try await Judged.few(FinTimeout.make([arm]))
        #expect(result.refuted.contains { $0.contains("2 × (65 - 60) = 10 s") })
    }
}
