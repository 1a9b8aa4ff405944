import Glibc
import Kernel
import Model
import Testing

@testable import Lab
@testable import Report

/// Every sentence of `--explain`, of every arm, against the states, numbers and times of what was recorded.
@Suite(
    .serialized,
    .enabled(
        if: geteuid() == 0, "needs root: namespaces of its own in a process of many threads"))
struct `What is said of each step of an experiment` {
    static let names = Experiment.onWire.map(\.name)

    /// Side by side: they wait more than they work.
    @Test func `holds of what was recorded`() async throws {
        let (told, unseen) = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for name in Self.names { group.addTask { try await check(name) } }
            return try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
        // A state may last microseconds, and nothing of it is on the wire: a look may miss it, and says so.
        #expect(unseen * 50 <= told, "\(unseen) of \(told) steps have an unseen one before them")
    }

    /// - Returns: how many steps were told, and to how many of them nothing that was seen has led.
    private func check(_ name: String) async throws -> (told: Int, unseen: Int) {
        let experiment = try #require(Experiment.all.first { $0.name == name })
        let thread = try SystemThread.start { () throws(Refusal) in
            try ExperimentRun(experiment, runs: 1).run()
        }
        while !thread.isDone { try await Task.sleep(for: .milliseconds(20)) }
        let result = try thread.outcome()
        guard result.unavailable == nil else { return (0, 0) }
        var (count, unseen) = (0, 0)
        for arm in result.arms {
            for exchange in arm.trials.filter({ $0.void == nil }).compactMap(\.exchange) {
                let oracle = CaptionOracle(exchange)
                for step in ExchangeWalk(exchange).told {
                    count += 1
                    let text = step.told.text
                    if step.told.caption == nil, text.hasSuffix(" The cause was not observed.") {
                        unseen += 1
                        continue
                    }
                    // Not a word of what nobody looked for.
                    #expect(
                        step.told.caption != nil,
                        "\(name), \(arm.name), at \(step.event.at): no caption: \(text)")
                    if let objection = oracle.objection(to: text, step.event, step.change) {
                        Issue.record(
                            "\(name), \(arm.name), at \(step.event.at): \(text): \(objection)")
                    }
                }
            }
        }
        #expect(count > 0 || result.arms.allSatisfy { $0.trials.allSatisfy { $0.void != nil } })
        return (count, unseen)
    }
}

@Suite struct `A caption` {
    private static let actors = [Exchange.Actor("client"), Exchange.Actor("server")]

    private static func message(
        _ at: Double, from: Int, _ label: String, _ sequence: UInt32,
        _ acknowledgement: UInt32? = nil,
        bytes: Int = 0, origin: Exchange.Origin = .sent
    ) -> Exchange.Event {
        Exchange.Event(
            at: at,
            .message(
                Exchange.Message(
                    from: from, to: 1 - from, label, arrives: at + 0.02, origin: origin,
                    segment: Exchange.Segment(
                        sequence: sequence, acknowledgement: acknowledgement, bytes: bytes))),
            port: 40_000)
    }

    private static func state(_ at: Double, _ actor: Int, _ name: String) -> Exchange.Event {
        Exchange.Event(at: at, .state(actor: actor, name), port: 40_000)
    }

    private func told(_ events: [Exchange.Event]) -> [ExchangeSentences.Told] {
        ExchangeWalk(Exchange(actors: Self.actors, events: events)).told.map(\.told)
    }

    private static let opening = [
        message(0, from: 0, "SYN", 100), state(0, 0, "SYN_SENT"), state(0.02, 1, "SYN_RECV"),
        message(0.021, from: 1, "SYN ACK", 900, 101), state(0.041, 0, "ESTABLISHED"),
    ]

    @Test func `calls the third step what acknowledges the SYN ACK, and nothing else`() {
        func last(_ acknowledgement: UInt32) -> ExchangeSentences.Told? {
            told(Self.opening + [Self.message(0.042, from: 0, "ACK", 101, acknowledgement)]).last
        }
        #expect(last(901)?.caption == "third step")
        #expect(last(902)?.caption == nil)
        #expect(last(902)?.text.contains("third step") == false)
    }

    @Test func `of TIME_WAIT says how long it was, and 60 s only where it was`() {
        func text(_ seconds: Double) -> String {
            let events = [
                Self.message(0, from: 0, "FIN ACK", 101, 901), Self.state(0, 0, "FIN_WAIT1"),
                Self.message(0.02, from: 1, "FIN ACK", 901, 102), Self.state(0.041, 0, "TIME_WAIT"),
                Self.state(0.041 + seconds, 0, "CLOSED"),
            ]
            return told(events).map(\.text).joined(separator: "\n")
        }
        #expect(text(0.24).contains("here TIME_WAIT ends after 240 ms"))
        #expect(text(0.24).contains("The cause was not observed."))
        #expect(text(61).contains("here TIME_WAIT ends after 61.00 s"))
        #expect(!text(61).contains("not observed"))
    }

    @Test func `of a SYN that TIME_WAIT refuses speaks of the old connection's numbers`() {
        let events = [
            Self.message(0, from: 0, "FIN ACK", 101, 901), Self.state(0, 1, "TIME_WAIT"),
            Self.message(1, from: 0, "SYN", 5_000),
            Self.message(1.02, from: 1, "ACK", 902, 102),
        ]
        #expect(told(events).last?.caption == "SYN refused by TIME_WAIT")
    }

    @Test func `is not made up where nothing is known`() {
        let alone = told([Self.message(0, from: 0, "ACK", 7, 8)])
        #expect(alone.map(\.caption) == [nil])
        #expect(alone[0].text == "client sends this to server.")
    }
}
