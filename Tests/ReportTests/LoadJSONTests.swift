import FoundationEssentials
import Lab
import Model
import Testing

@testable import Report

/// A run that was saved is read again, and judged before it is shown.
@Suite struct `A recorded load` {
    private static func text(_ changes: [String: String] = [:]) -> String {
        var text = recorded
        for (was, becomes) in changes { text = text.replacing(was, with: becomes) }
        return text
    }

    private func run(_ changes: [String: String] = [:]) throws -> LoadJSON {
        try JSONDecoder().decode(LoadJSON.self, from: Data(Self.text(changes).utf8))
    }

    @Test func `comes back as it was`() throws {
        let run = try run()
        #expect(run.problem == nil)
        #expect(run.states["client"] == StateCounts([.timeWait: 2]))
        #expect(run.void == nil && run.latencySeconds.lag == nil)
        let encoded = try JSONEncoder().encode(run)
        #expect(try JSONDecoder().decode(LoadJSON.self, from: encoded) == run)
    }

    @Test func `is shown as a fresh one`() throws {
        let page = LoadReport(recorded: try run(), notes: ["a note"])
            .document(host: Host(name: "h", kernel: "6.18", machine: "x86_64"))
        let text = TerminalRenderer(width: 100, colour: false).render(page)
        #expect(text.contains("2 of 3 requests answered") && text.contains("note: a note"))
        #expect(text.contains("EADDRNOTAVAIL") && text.contains("TIME_WAIT 2"))
    }

    @Test(arguments: [
        (#""attempted":3"#, #""attempted":-3"#), (#""TIME_WAIT":2"#, #""TIME_WAIT":-2"#),
        (#""completed":[2,0]"#, #""completed":[2]"#), (#""p50":0.5"#, #""p50":-1"#),
        (#""EADDRNOTAVAIL":1}"#, #""EADDRNOTAVAIL":9223372036854775807}"#),
    ])
    func `with numbers that no run has is not plausible`(was: String, becomes: String) throws {
        try #require(Self.text().contains(was))
        #expect(try run([was: becomes]).problem != nil)
    }

    private static let curve =
        "[" + (0...100).map { "\(Double($0) / 100)" }.joined(separator: ",") + "]"

    private static let recorded = """
        {"attempted":3,"completed":2,"dropped":0,"unfinished":0,"connections":3,
        "errors":{"EADDRNOTAVAIL":1},"errors_by_stage":{"connect":{"EADDRNOTAVAIL":1}},
        "statuses":{},"received_bytes":2,"seconds":0.2,"rate_per_second":10,
        "cpu_seconds":{"client":0.01,"server":0.02},
        "latency_seconds":{"connect":null,"first_byte":null,"from_intended":null,
        "total":{"count":2,"min":0,"mean":0.5,"p50":0.5,"p90":0.9,"p99":0.99,"p999":1,"max":1,
        "curve":\(curve)}},
        "series":{"attempted":[3,0],"completed":[2,0],"dropped":[0,0]},"series_step_seconds":0.1,
        "states":{"client":{"TIME_WAIT":2},"server":{"LISTEN":1}},"counters":{},"server_errors":{},
        "interrupted":false,"void":null,
        "settings":{"target":[],"pace":"closed","connections":8,"threads":1,"close":"client",
        "requests":1,"request_bytes":1,"response_bytes":1,"warm_up_seconds":0,"think_seconds":0,
        "hold_seconds":0,"timeout_seconds":5,"fast_open":false,"ports":"kernel","sources":1,
        "destinations":1,"backlog":4096,"sysctls":{},"seed":1}}
        """
}
