import Lab
import Statistics
import Testing

@testable import Report

@Suite struct `A comparison` {
    private func metric(_ name: String, _ data: ComparisonJSON) throws -> MetricChange {
        try #require(data.metrics.first { $0.name == name })
    }

    @Test func `of two loads goes by their runs`() throws {
        let (data, report) = try Saved.comparison(
            Saved.file("load-narrow"), Saved.file("load-wide"))
        #expect(data.kind == .load)
        let failed = try metric("errors_EADDRNOTAVAIL", data)
        #expect(failed.before == 200 && failed.after == 0 && failed.changeRatio == -1)
        #expect(failed.runsBefore == 5 && failed.valuesBefore == [200, 200, 200, 200, 200])
        #expect(failed.verdict == .better && failed.basis == .runs)
        #expect(failed.adjustedP ?? 1 < 0.05 && failed.interval == [-1, -1])
        #expect(try metric("completed", data).verdict == .better)
        #expect(try metric("client_TIME_WAIT", data).verdict == .unclear)
        #expect(!data.metrics.contains { $0.name == "errors_ETIMEDOUT" })
        #expect(
            data.settings == [
                .init(key: "net.ipv4.ip_local_port_range", before: "20000 20599", after: nil)
            ])
        let text = TerminalRenderer(width: 100, colour: false).render(report.document)
        #expect(text.contains("one after the other"))
        #expect(text.contains("200 → 0"))
    }

    @Test func `of two loads that ran once and for a moment rates nothing`() throws {
        let (data, report) = try Saved.comparison(
            Saved.file("load-once-wide"), Saved.file("load-once-narrow"), "worse>5%")
        #expect(try metric("errors_EADDRNOTAVAIL", data).after == 200)
        #expect(data.metrics.allSatisfy { $0.verdict == .unclear && !$0.isJudged })
        #expect(!data.isFailed && data.isUndecided)
        let text = TerminalRenderer(width: 100, colour: false).render(report.document)
        #expect(text.contains("Nothing could be rated") && text.contains("not rated"))
        #expect(text.contains("undecided"))
        for word in ["WORSE", "BETTER", "MIXED"] { #expect(!text.contains(word)) }
    }

    @Test func `with one that is void colours nothing`() throws {
        let narrow = String(decoding: try Saved.bytes("load-narrow"), as: UTF8.self)
        let void = try SavedFile(
            name: "void.json",
            Array(
                narrow.replacing("\"void\": null", with: "\"void\": \"the generator was too slow\"")
                    .utf8))
        let (data, report) = try Saved.comparison(Saved.file("load-wide"), void, "worse")
        #expect(data.isVoid && !data.isFailed && !data.isUndecided)
        #expect(data.metrics.allSatisfy { $0.verdict == .unclear && !$0.isApart && $0.p == nil })
        let html = HTMLRenderer().render(report.document)
        #expect(html.contains("the generator was too slow"))
        for word in ["better", "worse"] { #expect(!html.contains(">\(word)<")) }
    }

    @Test func `of two lab results tests every arm, and writes what may be chance as such`() throws
    {
        let (data, report) = try Saved.comparison(Saved.file("lab-busy"), Saved.file("lab-calm"))
        let answered = try metric("reuse/tcp_tw_reuse = 0/completed", data)
        // Equal, but two runs of one side are no ground to say that it stays so.
        #expect(answered.verdict == .unclear && answered.p == 1 && answered.runsAfter == 4)
        #expect(answered.runsBefore < 4)
        let slow = try metric("reuse/tcp_tw_reuse = 0/connect_p99_seconds", data)
        #expect(slow.verdict == .unclear && slow.p ?? 0 > 0.05 && slow.interval.count == 2)
        #expect(slow.changeText == "~" && slow.intervalText == nil)
        // Whether a claim is proven, too, may be chance: one observation a side.
        #expect(try metric("reuse/claims_proven", data).verdict == .unclear)
        #expect(MarkdownRenderer().render(report.document).contains("| \\~ |"))
    }

    @Test(arguments: Saved.names) func `with itself finds nothing better or worse`(name: String)
        throws
    {
        let (data, _) = try Saved.comparison(Saved.file(name), Saved.file(name), "worse")
        #expect(!data.metrics.isEmpty)
        #expect(data.metrics.allSatisfy { $0.verdict == .same || $0.verdict == .unclear })
        #expect(!data.isFailed)
        #expect(data.settings.isEmpty)
    }

    @Test func `of two audits tells what was found and what is no more`() throws {
        let (data, _) = try Saved.comparison(Saved.snapshot(.idle), Saved.snapshot(.busy))
        #expect(data.kind == .audit)
        #expect(try metric("TIME_WAIT", data).verdict == .worse)
        #expect(try metric("fullest_tuple_ratio", data).after > 0.9)
        #expect(!data.findingsNew.isEmpty)
        let back = try Saved.comparison(Saved.snapshot(.busy), Saved.snapshot(.idle)).data
        #expect(back.findingsGone == data.findingsNew)
        #expect(try metric("TIME_WAIT", back).verdict == .better)
    }

    @Test(arguments: [Scene.busy, .idle])
    func `of a snapshot with an audit's JSON of the same finds the same`(scene: Scene) throws {
        // The scene's findings are written by hand, so the snapshot's own differ; all that is counted must not.
        let (data, _) = try Saved.comparison(Saved.snapshot(scene), Saved.audit(scene))
        for metric in data.metrics where !metric.name.hasPrefix("findings_") {
            #expect(metric.verdict == .same, "\(metric.name)")
        }
        #expect(data.settings.isEmpty)
    }

    @Test func `of unlike kinds is refused`() throws {
        let pair = try ComparedPair(Saved.file("load-wide"), Saved.file("lab-calm"))
        #expect {
            try pair.comparison(gates: [])
        } throws: { error in
            guard case ComparisonRefusal.badData(let reason) = error else { return false }
            return reason.contains("load-wide.json is a load, lab-calm.json is a lab result")
        }
    }

    @Test func `of a comparison is refused`() throws {
        let (_, report) = try Saved.comparison(Saved.file("load-wide"), Saved.file("load-wide"))
        let json = try report.json(tool: Scene.options.tool)
        let file = try SavedFile(name: "c.json", Array(json.utf8))
        #expect(throws: ComparisonRefusal.self) {
            try ComparedPair(file, file).comparison(gates: [])
        }
    }

    @Test func `fails by its conditions`() throws {
        let narrow = try Saved.file("load-narrow")
        let wide = try Saved.file("load-wide")
        let cases = [
            ("worse", true), ("worse>5%", true), ("failed:worse>900%", true),
            ("completed:worse>20%", true), ("completed:worse>30%", false),
            ("server_TIME_WAIT:worse", false),
        ]
        for (condition, isFailed) in cases {
            let data = try Saved.comparison(wide, narrow, condition).data
            #expect(data.isFailed == isFailed, "\(condition)")
        }
    }

    @Test func `with a condition on what is not there is refused`() throws {
        let wide = try Saved.file("load-wide")
        #expect(throws: ComparisonRefusal.self) {
            try Saved.comparison(wide, wide, "no_such:worse")
        }
    }

    @Test func `that is saved makes the same page again`() throws {
        let (_, report) = try Saved.comparison(
            Saved.file("load-narrow"), Saved.file("load-wide"), "worse>5%")
        let json = try report.json(tool: Scene.options.tool)
        let page = try SavedFile(name: "c.json", Array(json.utf8)).page(top: 10)
        #expect(page == report.document)
    }

    @Test(arguments: [60, 100]) func `looks in a terminal as recorded`(width: Int) throws {
        let text = TerminalRenderer(width: width, colour: false).render(try Self.page())
        try expectSnapshot(text, named: "compare-\(width).txt")
        for line in text.split(separator: "\n") { #expect(line.fits(width), "\(line)") }
    }

    @Test func `looks as Markdown and HTML as recorded`() throws {
        try expectSnapshot(MarkdownRenderer().render(try Self.page()), named: "compare.md")
        try expectSnapshot(HTMLRenderer().render(try Self.page()), named: "compare.html")
    }

    private static func page() throws -> Document {
        let (before, after) = (try Saved.snapshot(.busy), try Saved.snapshot(.idle))
        let (data, notes) = try ComparedPair(before, after).comparison(
            gates: [],
            transactions: [
                .init(
                    id: "0123456789abcdef", profile: "outbound-reuse", state: "CONFIRMED",
                    beganSeconds: 1_795_346_500)
            ])
        return ComparisonReport(data, host: after.host, notes: notes).document
    }
}
