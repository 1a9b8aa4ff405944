import Model
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment accept-queue` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(AcceptQueue.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.notes.isEmpty)
        }

        @Test func `is refuted where its remedy is another setting`() async throws {
            var cases = Array(AcceptQueue.cases.prefix(2))
            cases[1].arm.settings = [
                cases[0].arm.settings[0],
                try Runs.setting("net.ipv4.tcp_max_syn_backlog", "9999"),
            ]
            let result = try await Judged.few(AcceptQueue.make(cases))
            #expect(result.verdict == .refuted)
            #expect(
                result.refuted == [
                    "with somaxconn = 4096, listen(64) lets all 40 clients in",
                    "ListenOverflows counts the connections that a full queue refused",
                ])
        }

        @Test func `says what this kernel lacks`() async throws {
            var cases = AcceptQueue.cases
            cases[0].arm = Arm("somaxconn 16", .baseline, ["net.ipv4.tcp_nonsense": "1"])
            let result = try await Judged.few(AcceptQueue.make([cases[0]]))
            #expect(result.verdict == .inconclusive)
            #expect(result.unavailable?.contains("net.ipv4.tcp_nonsense") == true)
        }

        @Test func `is refuted without what its arms are about`() async throws {
            var cases = AcceptQueue.cases
            for index in cases.indices where index != 1 { cases[index].arm.settings = [] }
            cases[2].backlog = 64
            cases[3].accepts = false
            let result = try await Judged.few(AcceptQueue.make(cases))
            #expect(
                result.refuted == [
                    "with somaxconn = 16, listen(64) has a backlog of 16",
                    "with somaxconn = 16, 17 connections wait to be accepted",
                    "with somaxconn = 16, 17 of 40 clients get in",
                    "with somaxconn = 16, 23 of 40 clients time out",
                    "ListenOverflows counts the connections that a full queue refused",
                    "listen(8) takes 9 connections, whatever somaxconn allows",
                    "listen(8) lets all 40 clients in if the program accepts them as they come",
                    "with tcp_abort_on_overflow = 1, the kernel resets it",
                    "a backlog of 16 takes 17/9 of what a backlog of 8 takes",
                ])
        }
    }
}

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment syn-queue` {
        @Test func `is proven on this kernel`() async throws {
            let result = try await Judged.few(SynQueue.experiment)
            #expect(result.verdict == .proven, result.doubts)
            #expect(result.notes.isEmpty)
        }

        @Test func `is refuted where cookies are the other way round`() async throws {
            var cases = SynQueue.cases
            cases[0].arm.settings = SynQueue.cases[1].arm.settings
            cases[1].arm.settings = SynQueue.cases[0].arm.settings
            let result = try await Judged.few(SynQueue.make(Array(cases[..<2])))
            #expect(result.verdict == .refuted)
            #expect(
                result.refuted == [
                    "with tcp_syncookies = 0, no real client gets in",
                    "with tcp_syncookies = 0, the real clients time out",
                    "with tcp_syncookies = 1, all 4 real clients get in",
                    "with tcp_syncookies = 1, the kernel sends cookies",
                ])
        }

        @Test func `is refuted where its remedy is another setting`() async throws {
            var cases = Array(SynQueue.cases.prefix(2))
            cases[1].arm.settings = [
                cases[0].arm.settings[0],
                try Runs.setting("net.ipv4.tcp_max_syn_backlog", "9999"),
            ]
            let result = try await Judged.few(SynQueue.make(cases))
            #expect(
                result.refuted == [
                    "with tcp_syncookies = 1, all 4 real clients get in",
                    "with tcp_syncookies = 1, the kernel sends cookies",
                ])
        }

        @Test func `is refuted where the backlog is not what limits`() async throws {
            var cases = SynQueue.cases
            for index in cases.indices { cases[index].backlog = 256 }
            cases[4].arm.settings.removeLast()
            let result = try await Judged.few(SynQueue.make(cases))
            #expect(result.refuted.contains { $0.hasPrefix("listen(16) keeps 16 or 17") })
            #expect(result.refuted.contains { $0.contains("tcp_max_syn_backlog") })
        }
    }
}
