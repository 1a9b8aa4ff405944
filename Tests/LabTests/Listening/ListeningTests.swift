import HostState
import Kernel
import Testing

@testable import Lab

@Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `The experiment accept-queue` {
    @Test func `is proven on this kernel`() throws {
        let result = try Judged.few(AcceptQueue.experiment)
        #expect(result.verdict == .proven, result.doubts)
        #expect(result.notes.isEmpty)
    }

    @Test func `is refuted where the queue is longer than it says`() throws {
        var cases = AcceptQueue.cases
        cases[0].backlog = 64
        let result = try Judged.few(AcceptQueue.make(cases))
        #expect(result.verdict == .refuted)
        #expect(result.refuted.contains { $0.contains("9 connections wait") })
        #expect(result.refuted.contains { $0.contains("31 time out") })
        #expect(result.refuted.contains { $0.hasPrefix("ListenOverflows") })
    }

    @Test func `is refuted without the settings that it is about`() throws {
        var cases = AcceptQueue.cases
        for index in cases.indices { cases[index].arm.settings = [] }
        cases[2].accepts = false
        let result = try Judged.few(AcceptQueue.make(cases))
        #expect(
            result.refuted == [
                "with listen(8) all 40 get in where the program accepts as they come",
                "somaxconn = 16 cuts listen(64) down to 16",
                "with tcp_abort_on_overflow = 1 it is",
                "a backlog of 16 holds 17/9 of what one of 8 holds",
            ])
    }
}

@Suite(.enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
struct `The experiment syn-queue` {
    @Test func `is proven on this kernel`() throws {
        let result = try Judged.few(SynQueue.experiment)
        #expect(result.verdict == .proven, result.doubts)
        #expect(result.notes.isEmpty)
    }

    @Test func `is refuted where cookies are the other way round`() throws {
        var cases = SynQueue.cases
        cases[0].arm.settings = SynQueue.cases[1].arm.settings
        cases[1].arm.settings = SynQueue.cases[0].arm.settings
        let result = try Judged.few(SynQueue.make(Array(cases[..<2])))
        #expect(result.verdict == .refuted)
        #expect(
            result.refuted == [
                "then, without cookies, no real client gets in", "they time out",
                "with tcp_syncookies = 1 all 4 get in", "by cookies",
            ])
    }

    @Test func `is refuted where the backlog is not what limits`() throws {
        var cases = SynQueue.cases
        for index in cases.indices { cases[index].backlog = 256 }
        cases[4].arm.settings.removeLast()
        let result = try Judged.few(SynQueue.make(cases))
        #expect(result.refuted.contains { $0.contains("listen(16) holds 16 or 17") })
        #expect(result.refuted.contains { $0.contains("tcp_max_syn_backlog") })
    }
}
