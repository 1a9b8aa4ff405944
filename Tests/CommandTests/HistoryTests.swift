import FoundationEssentials
import Glibc
import History
import Model
import Recording
import Testing

/// `tcptune history`, of files that the agent wrote and of files that its store wrote.
@Suite(.serialized) struct `A history` {
    private struct Document: Decodable {
        struct Data: Decodable {
            struct Row: Decodable {
                let destination: String
                let port: Int
                let usable: Int?
                let used: [Int?]
                let closed: [Int?]
                let owner: String?
            }
            struct Listener: Decodable {
                let port: Int
                let queue: [Int?]
                let dropped: [Int?]
            }
            struct Event: Decodable { let text: String }
            let tuples: [Row]
            let listeners: [Listener]
            let events: [Event]
            let recordedMinutes: Int
            let stepSeconds: Int

            enum CodingKeys: String, CodingKey {
                case tuples, listeners, events
                case recordedMinutes = "recorded_minutes"
                case stepSeconds = "step_seconds"
            }
        }
        let data: Data
    }

    private static func data(_ output: String) throws -> Document.Data {
        try JSONDecoder().decode(Document.self, from: Data(output.utf8)).data
    }

    /// 2026-11-29 14:00 UTC.
    private static let start: Int64 = 1_795_960_800

    /// Two hours of two destinations and a listener, of which one destination is full for ten minutes.
    private static func filled() throws -> (directory: String, store: HistoryStore) {
        let directory = try Temporary.directory()
        chmod(directory, 0o755)
        var settings = HistoryStore.Settings()
        settings.directory = directory + "/history"
        let store = HistoryStore(settings) { Issue.record("\($0)") }
        for number in Int64(0)..<120 {
            var record = MinuteRecord(minute: start / 60 + number, netns: "init")
            (record.known, record.sampled) = (.all, .all)
            for place in 1...2 {
                let used = place == 1 && 60..<70 ~= number ? 27_911 : 100 * place
                var row = TupleMinute(
                    levels: TupleLevels(
                        used: used, usable: 28232, established: 12, timeWait: used - 12,
                        owner: "orders-worker"))
                for second in 0..<60 { row.closings[second] = UInt32(place * 3 + second % 2) }
                record.tuples[
                    Tuple(
                        source: IPAddress(v4: 0x0a00_0005),
                        destination: IPAddress(v4: 0x0a00_0000 + UInt32(place)), port: 5432)] = row
            }
            var listener = ListenerMinute(backlog: 511)
            for second in 0..<60 { listener.queue[second] = number == 65 ? 512 : 0 }
            listener.drops[17] = number == 65 ? 51 : 0
            record.listeners[ListenerPlace(address: .unspecifiedV4, port: 443)] = listener
            var batch = Recorder.Batch()
            batch.records = [record]
            store.write(batch, clock: Double(record.minute * 60 + 60))
        }
        return (directory, store)
    }

    private static func history(_ directory: String, _ words: [String]) throws -> Program.Outcome {
        try Program.run(
            [Program.tcptune, "history", "--directory", directory + "/history"] + words)
    }

    private static let whole = [
        "--from", "2026-11-29T14:00", "--to", "2026-11-29T17:00+01:00",
    ]

    @Test func `lists destinations and listeners with their highest`() throws {
        let (directory, store) = try Self.filled()
        defer { Temporary.remove(directory) }
        let outcome = try Self.history(directory, Self.whole)
        store.close()
        #expect(outcome.status == 0 && outcome.errors == "")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.contains("2026-11-29 14:00:00 UTC to 2026-11-29 16:00:00 UTC") == true)
        #expect(lines.first?.contains("120 of 120 minutes recorded") == true)
        let first = try #require(lines.first { $0.contains("10.0.0.5 → 10.0.0.1:5432") })
        #expect(first.contains("27 911 of 28 232") && first.contains("15:00"))
        #expect(first.contains("orders-worker") && first.contains("█"))
        // The fullest first.
        let second = try #require(lines.first { $0.contains("10.0.0.5 → 10.0.0.2:5432") })
        #expect(lines.firstIndex(of: first) ?? 0 < lines.firstIndex(of: second) ?? 0)
        let listener = try #require(lines.first { $0.contains("0.0.0.0:443") })
        #expect(listener.contains("512 of 511") && listener.contains("51"))
    }

    @Test func `shows one destination by second, and when it was nearly full`() throws {
        let (directory, store) = try Self.filled()
        defer { Temporary.remove(directory) }
        store.close()
        let one = try Self.history(directory, ["10.0.0.1:5432"] + Self.whole).output
        #expect(one.contains("27 911 of 28 232 usable at 15:00"))
        #expect(one.contains("above 95 %") && one.contains("in 10 minutes"))
        let second = try Self.data(
            try Self.history(
                directory, ["10.0.0.5->10.0.0.1:5432", "--at", "2026-11-29T15:05", "--json"]
            ).output)
        #expect(second.stepSeconds == 1 && second.tuples.count == 1)
        #expect(second.tuples.first?.closed == (0..<60).map { 3 + $0 % 2 })
        #expect(second.tuples.first?.used == Array(repeating: 27_911, count: 60))
        let listener = try Self.data(
            try Self.history(directory, [":443", "--at", "2026-11-29T15:05", "--json"]).output)
        #expect(listener.tuples.isEmpty && listener.listeners.first?.dropped[17] == 51)
        #expect(listener.listeners.first?.queue[3] == 512)
    }

    @Test(.enabled(if: JSONSchema.hasValidator, Comment(rawValue: JSONSchema.reason)))
    func `writes a document of its schema`() throws {
        let (directory, store) = try Self.filled()
        defer { Temporary.remove(directory) }
        store.close()
        for words in [
            Self.whole, ["10.0.0.1:5432", "--at", "2026-11-29T15:05"], ["--last", "1m"],
        ] {
            let outcome = try Self.history(directory, words + ["--json"])
            #expect(try JSONSchema.objection(to: outcome.output, as: "history") == nil)
        }
    }

    @Test(.enabled(if: AnotherUser.isPossible, Comment(rawValue: AnotherUser.reason)))
    func `can be read by who may write nothing, while it is written and after`() throws {
        let (directory, store) = try Self.filled()
        defer { Temporary.remove(directory) }
        let read = {
            try Program.run(
                AnotherUser.words + [
                    AnotherUser.tcptune, "history", "--directory", directory + "/history", "--json",
                ] + Self.whole)
        }
        let beside = try read()
        #expect(beside.status == 0, "\(beside.errors)")
        #expect(try Self.data(beside.output).tuples.count == 2)
        store.close()
        #expect(try Self.data(try read().output).recordedMinutes == 120)
        #expect(
            try Temporary.names(in: directory + "/history") == ["2026-11-29.db"],
            "nothing is left of a reader")
    }

    @Test(
        arguments: [
            (["10.0.0.1"], "no destination or listener"), (["--at", "soon"], "takes a moment"),
            (["--at", "14:00", "--last", "1h"], "one minute"), (["--to", "14:00"], "needs --from"),
            (["--from", "-1h", "--last", "1h"], "ends now"), (["--last", "400d"], "366d"),
            (["--from", "2026-11-29", "--to", "2026-11-28"], "not before"),
            (["--netns", ""], "name"),
            (["--from", "2020-01-01", "--to", "2026-11-28"], "366 days"),
        ] as [([String], String)])
    func `refuses what is no time or no destination`(words: [String], why: String) throws {
        let outcome = try Program.run([Program.tcptune, "history"] + words)
        #expect(outcome.status == 64 && outcome.output == "", "\(outcome.errors)")
        #expect(outcome.errors.contains(why), "\(outcome.errors)")
    }

    @Test func `says that there is none, and what would make one`() throws {
        let outcome = try Program.run([
            Program.tcptune, "history", "--directory", "/nowhere/history",
        ])
        #expect(outcome.status == 66 && outcome.output == "")
        #expect(outcome.errors.contains("/nowhere/history"))
        #expect(outcome.errors.contains("tcptune-agent keeps a history"))
    }

    @Test(.enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)))
    func `has what the agent saw, also of the minute in which it ended`() throws {
        let directory = try Temporary.directory()
        defer { Temporary.remove(directory) }
        let configuration = try Temporary.file(
            "[history]\ndirectory = \"\(directory)/history\"\n[metrics]\ntextfile = \"\(directory)/a.prom\"\n"
        )
        defer { unlink(configuration) }
        try Scene.run("ports", ["--fill", "0.9"]) { scene in
            let agent = try scene.program([
                Program.agent, "--config", configuration, "--budget", "50%",
            ])
            usleep(4_000_000)
            #expect(kill(agent.pid, SIGTERM) == 0)
            let ended = try agent.outcome(within: 60)
            #expect(ended.status == 0 && ended.errors == "", "\(ended.errors)")
            let outcome = try Self.history(directory, ["--last", "5m", "--json"])
            let data = try Self.data(outcome.output)
            let port = data.tuples.first { $0.destination == scene.facts.destination }
            #expect(port?.port == 5432 && port?.usable == 600)
            #expect(port?.used.compactMap(\.self).max() ?? 0 > 500, "\(outcome.output)")
            #expect(data.events.map(\.text) == ["the agent started", "the agent ended"])
            let page = try Temporary.content(of: directory + "/a.prom")
            #expect(page.contains("tcptune_agent_cpu_seconds_total{work=\"history\"}"))
        }
    }
}
