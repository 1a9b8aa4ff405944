import Model
import Testbed
import Testing

@testable import Lab

extension Measured {
    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment last-ack-lost` {
        @Test func `is proven on this kernel, in little time`() async throws {
            let result = try await Judged.few(LastAckLost.experiment)
            #expect(result.verdict == .proven, result.doubts)
            // Less than eight unloaded; each trial may be made three times.
            #expect(result.seconds < 60)
        }

        @Test func `is refuted where no ACK is lost`() async throws {
            var scene = LastAckLost.cases[1]
            scene.losses = 0
            let result = try await Judged.few(LastAckLost.make([scene]))
            #expect(
                result.refuted == [
                    "if the last ACK is lost, the server retransmits its FIN",
                    "TIME_WAIT answers both FINs with an ACK",
                    "the second FIN extends TIME_WAIT",
                ], result.doubts)
        }

        @Test func `is refuted where there is room for TIME_WAIT after all`() async throws {
            var scene = LastAckLost.cases[0]
            scene.arm.settings = LastAckLost.cases[1].arm.settings
            let result = try await Judged.few(LastAckLost.make([scene]))
            #expect(
                result.refuted == [
                    "without room for TIME_WAIT, the kernel answers the retransmitted FIN with a reset",
                    "without room for TIME_WAIT, the server's program gets ECONNRESET",
                ], result.doubts)
        }

        @Test func `is refuted where the kernel is as patient as ever`() async throws {
            var scene = LastAckLost.cases[4]
            scene.arm.settings.removeLast()
            let result = try await Judged.few(LastAckLost.make([scene]))
            #expect(
                result.refuted == ["with tcp_orphan_retries = 1, the server has given up by then"],
                result.doubts)
        }
    }

    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment old-duplicates` {
        @Test func `is proven on this kernel, in little time`() async throws {
            let result = try await Judged.few(OldDuplicates.experiment)
            #expect(result.verdict == .proven, result.doubts)
            // Less than eight unloaded; each trial may be made three times.
            #expect(result.seconds < 60)
        }

        @Test func `is refuted where timestamps are taken away, too`() async throws {
            var scene = try #require(OldDuplicates.cases.first { $0.arm.role == .remedy })
            scene.arm.settings = OldDuplicates.cases[0].arm.settings
            let result = try await Judged.few(OldDuplicates.make([scene]))
            #expect(
                result.refuted == [
                    "with tcp_timestamps = 1, the server reads no old bytes",
                    "with tcp_timestamps = 1, the new bytes arrive",
                    "with tcp_timestamps = 1, PAWSEstab counts the old segment",
                ], result.doubts)
        }

        @Test func `is refuted where the numbers do not fit`() async throws {
            var cases = Array(OldDuplicates.cases.prefix(1))
            cases[0].numbers = .own
            let result = try await Judged.few(OldDuplicates.make(cases))
            #expect(
                result.refuted == [
                    "without TIME_WAIT and timestamps, the server reads the old bytes in the new connection",
                    "without TIME_WAIT and timestamps, the new bytes are lost",
                ], result.doubts)
        }

        @Test func `is refuted where TIME_WAIT is not kept`() async throws {
            var cases = OldDuplicates.cases.filter { $0.arm.name == "TIME_WAIT" }
            cases[0].arm.settings.append(Self.noRoom)
            let result = try await Judged.few(OldDuplicates.make(cases))
            #expect(
                result.refuted.contains("TIME_WAIT delivers no old bytes"), result.doubts)
        }

        private static let noRoom = LoadPlan.Assignment.setting("net.ipv4.tcp_max_tw_buckets", "0")
    }

    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment timewait-restart` {
        @Test func `is proven on this kernel, in little time`() async throws {
            let result = try await Judged.few(TimeWaitRestart.experiment)
            #expect(result.verdict == .proven, result.doubts)
            // Less than eight unloaded; each trial may be made three times.
            #expect(result.seconds < 60)
        }

        @Test func `is refuted where the remedy is taken away`() async throws {
            var scene = try #require(TimeWaitRestart.cases.first { $0.arm.role == .remedy })
            scene.arm.settings = [try Runs.setting("net.ipv4.tcp_rfc1337", "0")]
            let result = try await Judged.few(TimeWaitRestart.make([scene]))
            #expect(
                result.refuted == ["with tcp_rfc1337 = 1, an old duplicate ends nothing"],
                result.doubts)
        }

        /// Each claim of a segment falls where another comes in its place.
        @Test func `is refuted where other segments come`() async throws {
            var cases = TimeWaitRestart.cases.filter {
                [.fin, .resetElsewhere].contains($0.late) && $0.arm.settings[0].value == "0"
            }
            try #require(cases.count == 2)
            (cases[0].late, cases[1].late) = (cases[1].late, cases[0].late)
            let result = try await Judged.few(TimeWaitRestart.make(cases))
            #expect(
                result.refuted == [
                    "a retransmitted FIN restarts the 60 s and gets an answer",
                    "FIN again: one answer",
                    "TIME_WAIT ignores a reset that is not the next in sequence",
                    "RST elsewhere: no answer",
                ], result.doubts)
        }
    }

    @Suite(.serialized, .enabled(if: Runs.arePossible, Comment(rawValue: Runs.reason)))
    struct `The experiment syn-over-timewait` {
        @Test func `is proven on this kernel, in little time`() async throws {
            let result = try await Judged.few(SynOverTimeWait.experiment)
            #expect(result.verdict == .proven, result.doubts)
            // Less than eight unloaded; each trial may be made three times.
            #expect(result.seconds < 60)
        }

        @Test func `is refuted where TIME_WAIT is made to ignore the reset`() async throws {
            var scene = try #require(SynOverTimeWait.cases.first { $0.arm.role == .remedy })
            scene.arm.settings[1] = try Runs.setting("net.ipv4.tcp_rfc1337", "1")
            let result = try await Judged.few(SynOverTimeWait.make([scene]))
            #expect(
                result.refuted.contains(
                    "with tcp_rfc1337 = 0, that client gets in with its second SYN"),
                result.doubts)
        }

        @Test func `is refuted where the same client has another clock`() async throws {
            var cases = SynOverTimeWait.cases.filter { $0.arm.name == "the same client" }
            cases[0].time = .below
            let result = try await Judged.few(SynOverTimeWait.make(cases))
            #expect(
                result.refuted == [
                    "the same client gets in", "the same client gets in with its first SYN",
                ], result.doubts)
        }
    }
}

@Suite struct `A shift of numbers` {
    private let client = Segment.End(Wire.address(.client), 40_000)
    private let server = Segment.End(Wire.address(.server), 80)

    /// What becomes of a segment of a side; the same where nothing does.
    private func passed(
        _ shift: Renumbering, _ segment: Segment, from side: Wire.Side
    ) -> Segment {
        if case .becomes(let other) = shift.action(on: segment, from: side) {
            other
        } else {
            segment
        }
    }

    @Test func `makes a connection begin where it is told to, and both sides see their own`() {
        let shift = Renumbering(port: 40_000, .init(number: 5, time: 100, answer: .max))
        let request = Segment(
            from: client, to: server, .syn, sequence: 1000,
            options: .init(timestamps: .init(7000)))
        let asked = passed(shift, request, from: .client)
        #expect(asked.sequence == 5)
        #expect(asked.options.timestamps == .init(100))

        let answer = Segment(
            from: server, to: client, [.syn, .ack], sequence: 2000, acknowledgement: 6,
            options: .init(timestamps: .init(9, echo: 100)))
        let answered = passed(shift, answer, from: .server)
        #expect(answered.sequence == .max && answered.acknowledgement == 1001)
        #expect(answered.options.timestamps == .init(9, echo: 7000))

        let third = passed(
            shift, Segment(from: client, to: server, .ack, sequence: 1001, acknowledgement: 0),
            from: .client)
        #expect(third.sequence == 6 && third.acknowledgement == 2001)
        // On the wire since before, it acknowledges what the wire shows as sent.
        #expect(
            shift.late(Segment(from: client, to: server, .ack, sequence: 6, acknowledgement: 0))
                .acknowledgement == 2001)
    }

    @Test func `leaves other connections alone, and those that it is told nothing of`() {
        let shift = Renumbering(port: 40_000, .init(number: 5))
        let other = Segment(from: .init(Wire.address(.client), 1), to: server, .syn, sequence: 1000)
        #expect(shift.action(on: other, from: .client) == .passes)
        let none = Renumbering(port: 40_000, .init())
        #expect(
            none.action(
                on: Segment(from: client, to: server, .syn, sequence: 1000), from: .client)
                == .passes)
    }
}
