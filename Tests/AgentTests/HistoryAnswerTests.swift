import History
import Kernel
import Metrics
import Model
import Recording
import Report
import ScratchFiles
import Testing

@testable import Agent

@Suite struct `What the agent answers of its history` {
    /// 2026-11-29 14:00 UTC.
    private static let start: Int64 = 1_795_960_800
    private static let host = Host(name: "web-3", kernel: "6.1.0", machine: "x86_64")

    private static func directory() throws -> SysctlScratch {
        let scratch = try SysctlScratch()
        var settings = HistoryStore.Settings()
        settings.directory = scratch.path
        let store = HistoryStore(settings) { Issue.record("\($0)") }
        var batch = Recorder.Batch()
        for number in Int64(0)..<5 {
            var record = MinuteRecord(minute: start / 60 + number, netns: "init")
            record.known = .all
            var row = TupleMinute(levels: TupleLevels(used: 700, usable: 28232, owner: "orders"))
            row.closings[7] = 11
            record.tuples[
                Tuple(
                    source: IPAddress(v4: 0x0a00_0005), destination: IPAddress(v4: 0x0a00_0009),
                    port: 5432)] = row
            batch.records.append(record)
        }
        store.write(batch, clock: Double(start + 300))
        store.close()
        return scratch
    }

    private static func answer(_ query: [String: String]) throws -> (Int, String) {
        let scratch = try directory()
        let response = HistoryAnswer(query, now: Double(start + 300)).response(
            from: scratch.path, host: host, tool: Tool(name: "tcptune-agent", version: "0"))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test func `is the document of tcptune history`() throws {
        let (status, text) = try Self.answer(["tuple": "10.0.0.9:5432", "at": "14:02"])
        #expect(status == 200)
        #expect(text.contains("\"format\" : \"tcptune.history/1\""))
        #expect(text.contains("\"owner\" : \"orders\"") && text.contains("\"step_seconds\" : 1"))
        let (_, all) = try Self.answer(["from": "14:00", "to": "2026-11-29T14:05Z"])
        #expect(all.contains("\"recorded_minutes\" : 5") && all.contains("\"highest_used\" : 700"))
        #expect(try Self.answer([:]).0 == 200)
        #expect(try Self.answer(["tuple": ":9"]).1.contains("\"tuples\" : ["))
    }

    @Test(arguments: [
        ["tuple": "10.0.0.9"], ["tuple": "x;DROP TABLE tuples"], ["from": "soon"], ["at": ""],
        ["at": "14:00", "to": "14:01"], ["from": "14:05", "to": "14:00"], ["from": "-7h"],
        ["tuple": ":80", "from": "-15d"], ["form": "14:00"],
    ])
    func `refuses what cannot be answered`(query: [String: String]) throws {
        let (status, text) = try Self.answer(query)
        #expect(status == 400 && text.hasPrefix("400: "), "\(query) \(text)")
    }

    @Test func `is not found where no history is kept`() {
        let board = SampleBoard(tool: Tool(name: "tcptune-agent", version: "0"))
        #expect(board.respond(path: "/api/v1/history").status == 404)
        board.keep(historyIn: "/nowhere")
        #expect(board.respond(path: "/api/v1/history").status == 503)
    }
}
