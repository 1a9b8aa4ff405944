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

    @Test func `is refuted where another setting is tried`() throws {
        let experiment = AcceptQueue.experiment
        let tried = try #require(
            experiment.trying([Runs.setting("net.ipv4.tcp_max_syn_backlog", "9999")]))
        let result = try Judged.few(
            Judged.only(tried, "somaxconn 16", "somaxconn 4096"))
        #expect(result.verdict == .refuted)
        #expect(
            result.refuted == [
                "with somaxconn = 4096 listen(64) lets all 40 in",
                "ListenOverflows counts what a full queue turned away",
            ])
    }

    @Test func `is refuted without what its arms are about`() throws {
        var cases = AcceptQueue.cases
        for index in cases.indices where index != 1 { cases[index].arm.settings = [] }
        cases[2].backlog = 64
        cases[3].accepts = false
        let result = try Judged.few(AcceptQueue.make(cases))
        #expect(
            result.refuted == [
                "somaxconn = 16 cuts listen(64) down to 16",
                "then 17 connections wait to be accepted",
                "and of 40 clients 17 get in",
                "the other 23 time out",
                "ListenOverflows counts what a full queue turned away",
                "listen(8) holds 9, whatever somaxconn allows",
                "with listen(8) all 40 get in where the program accepts as they come",
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

    @Test func `is refuted where another setting is tried`() throws {
        let tried = try #require(
            SynQueue.experiment.trying([
                Runs.setting("net.ipv4.tcp_max_syn_backlog", "9999")
            ]))
        let result = try Judged.few(
            Judged.only(tried, "syncookies 0", "syncookies 1"))
        #expect(
            result.refuted == ["with tcp_syncookies = 1 all 4 get in", "by cookies"])
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
