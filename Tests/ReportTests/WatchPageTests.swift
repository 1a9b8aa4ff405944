import Audit
import Model
import Testing
import Watching

@testable import Report

@Suite struct `A page of what is watched` {
    /// A scene that was looked at, with ten minutes of closings behind it and a finding that has cleared.
    private static func view(
        _ scene: Scene, _ number: Int = 0, clears cleared: Finding? = nil
    ) -> WatchedView {
        let assessment = scene.assessments[number]
        var watched = WatchedNamespace(share: 0.01, at: 1000)
        let tuple = assessment.situation.tuples.first?.tuple
        for time in stride(from: 1060, through: 1900, by: 30) {
            var counters = CounterSample(time: Double(time))
            counters[.timeWaits] = Int64(time) * 10
            _ = watched.take(counters, assessment.situation.now.listeners)
            var record = ClosingRecord(
                firstSecond: Int64(time) - 60,
                others: Array(repeating: 0, count: ClosingRecord.columns))
            if let tuple {
                record.tuples[tuple] = (0..<ClosingRecord.columns).map { UInt32($0 % 7) }
            }
            watched.take(record, cost: 0, at: Double(time))
            let isEarly = time < 1800
            watched.take(
                Assessment(
                    situation: assessment.situation,
                    findings: assessment.findings + (isEarly ? [cleared].compactMap(\.self) : [])),
                counters: counters, cost: 0)
        }
        return WatchedView(name: "init", watched: watched)
    }

    private static let gone = Finding(
        rule: .rfc1337, severity: .notice, subject: "gone <b>", observed: "", evidence: [:],
        cause: "", remedies: [], proof: "")

    private static func page(_ scene: Scene) throws -> WatchPage {
        let views = scene.assessments.indices.map { view(scene, $0, clears: gone) }
        return try #require(
            WatchPage(
                views, host: scene.host,
                cost: WatchPage.Cost(processor: 0.0064, memory: 24 << 20),
                unseen: [Unseen(what: "2 namespaces", why: "run as root")]))
    }

    @Test func `says what is wrong first, then what has cleared, then the curves`() throws {
        let blocks = try Self.page(.busy).document.blocks
        guard case .masthead = blocks.first else {
            Issue.record("no verdict first")
            return
        }
        let kinds = blocks.map { block in
            switch block {
            case .finding: "finding"
            case .table(let table): table.title
            case .chart(let chart): chart.title
            default: ""
            }
        }
        let cleared = try #require(kinds.firstIndex(of: "Cleared in the last 5 minutes"))
        let curves = try #require(
            kinds.firstIndex(of: "Connections closed by this host, per second, last 10 minutes"))
        #expect(kinds.lastIndex(of: "finding").map { $0 < cleared } == true)
        #expect(cleared < curves)
        #expect(kinds[curves...].contains("Fullest destinations"))
        #expect(kinds[curves...].contains("Listeners"))
    }

    @Test func `shows curves of five seconds a step, and the same numbers in a table`() throws {
        let chart = try #require(
            try Self.page(.busy).document.blocks.lazy.compactMap { block -> Chart? in
                if case .chart(let chart) = block, chart.title.hasSuffix("10 minutes") {
                    chart
                } else {
                    nil
                }
            }.first)
        guard case .lines(let lines) = chart.kind else {
            Issue.record("no lines")
            return
        }
        #expect(lines.lines.first?.values.count == 120)
        #expect(chart.table.rows.count == 120)
        #expect(chart.table.rows.first?.first == .count(0))
    }

    @Test func `asks the browser to come again, and tells its own cost`() throws {
        let page = try Self.page(.idle)
        #expect(page.html.contains("<meta http-equiv=\"refresh\" content=\"10\">"))
        let remarks = page.document.blocks.compactMap { block -> String? in
            if case .remark(let label, let phrase) = block {
                "\(label): \(phrase.plain)"
            } else {
                nil
            }
        }
        #expect(remarks.contains("tcptune-agent uses: 0.6 % of a processor, 24 MiB"), "\(remarks)")
        #expect(remarks.contains("not watched: 2 namespaces: run as root"), "\(remarks)")
        // No other page does so.
        #expect(!Scene.idle.html.contains("refresh"))
    }

    @Test func `is nothing before the first look at everything`() {
        let watched = WatchedNamespace(share: 0.01, at: 0)
        #expect(
            WatchPage(
                [WatchedView(name: "init", watched: watched)], host: Scene.idle.host,
                cost: WatchPage.Cost(processor: nil, memory: nil)) == nil)
    }

    @Test(arguments: Scene.all) func `escapes what others chose, and loads nothing`(
        scene: Scene
    ) throws {
        let html = try Self.page(scene).html
        #expect(!html.contains("gone <b>"))
        for word in [" src=\"", " href=\"", "url(", "@import", "<script", "<img", "<link"] {
            #expect(!html.contains(word), "\(word)")
        }
    }

    /// As wide as a telephone, and as a screen: nothing lies beyond the edge.
    @Test(
        .enabled(if: Scratch.works("chromium --version"), "chromium is not installed"),
        arguments: [390, 1280])
    func `fits into a window, and a browser has nothing against it`(width: Int) throws {
        let scratch = try Scratch()
        try scratch.write(try Self.page(.busy).html, to: "inner.html")
        // The page runs no script; one around it measures it.
        try scratch.write(
            "<!doctype html><iframe id=f src=inner.html style='width:\(width)px;height:900px;border:0'>"
                + "</iframe><script>onload=()=>{const d=f.contentDocument.documentElement;"
                + "document.title='wide '+d.scrollWidth+' of '+d.clientWidth}</script>",
            to: "page.html")
        let result = try scratch.run(
            "chromium --headless --no-sandbox --disable-gpu --user-data-dir=profile "
                + "--allow-file-access-from-files --virtual-time-budget=4000 "
                + "--disable-background-networking --enable-logging=stderr --window-size=1400,1000 "
                + "--dump-dom file://\(scratch.path)/page.html")
        #expect(result.status == 0)
        #expect(!result.said.contains(":CONSOLE:"), "\(result.said)")
        let match = try #require(result.said.firstMatch(of: /wide (\d+) of (\d+)/))
        let (needs, has) = (Int(match.output.1) ?? .max, Int(match.output.2) ?? 0)
        #expect(has > 300 && needs <= has, "\(needs) of \(has)")
    }

    @Test(
        .enabled(if: Scratch.works("python3 -c 'import jsonschema'"), "no python3-jsonschema"),
        arguments: Scene.all)
    func `has findings as JSON that its schema holds for`(scene: Scene) throws {
        let views = scene.assessments.indices.map { Self.view(scene, $0, clears: Self.gone) }
        let json = WatchReport.findings(
            views, host: scene.host, time: 1_764_000_000, tool: Tool(version: "0.0.0"))
        #expect(json.contains("\"cleared_seconds\":"))
        let scratch = try Scratch()
        try scratch.write(json, to: "it.json")
        try scratch.write(try SchemaSource.whole("findings-1.json"), to: "schema.json")
        let result = try scratch.run(
            "python3 -c \"import json, jsonschema; "
                + "jsonschema.validate(json.load(open('it.json')), json.load(open('schema.json')))\""
        )
        #expect(result.status == 0, "\(result.said)")
    }
}
