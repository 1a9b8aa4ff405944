import Testing

@testable import Report

@Suite struct `A page of pictures` {
    @Test func `calls a line that never rises flat, and not one whose highest is 0`() {
        let chart = Chart(
            title: "x", summary: "",
            kind: .lines(
                LinesChart(
                    lines: [.init("close", [0, 4, 9]), .init("keep-alive", [0, 0, 0])], step: 1,
                    unit: "sockets")),
            table: Table("", columns: [], rows: []), isRepeated: false)
        let text = TerminalRenderer(width: 80, colour: false).render(
            Document(title: "", blocks: [.chart(chart)]))
        #expect(text.contains("highest 9"))
        #expect(text.contains("always 0") && !text.contains("highest 0"))
    }

    @Test(arguments: [60, 100]) func `looks in a terminal as recorded`(width: Int) throws {
        let text = TerminalRenderer(width: width, colour: false).render(ChartScene.page)
        try expectSnapshot(text, named: "charts-\(width).txt")
        for line in text.split(separator: "\n") { #expect(line.fits(width), "\(line)") }
    }

    @Test func `looks as Markdown and HTML as recorded`() throws {
        try expectSnapshot(MarkdownRenderer().render(ChartScene.page), named: "charts.md")
        try expectSnapshot(HTMLRenderer().render(ChartScene.page), named: "charts.html")
    }

    @Test func `has a table for each`() {
        let html = HTMLRenderer().render(ChartScene.page)
        let drawings = html.matches(of: /<svg role="img"/).count
        #expect(drawings == 6)
        #expect(html.matches(of: /<summary>Numbers<\//).count == drawings)
        #expect(html.matches(of: /<desc>[^<]+<\/desc>/).count == drawings)
    }
}

@Suite struct `A curve` {
    @Test func `keeps its peaks and hollows however long it is`() {
        var values = (0..<100_000).map { Double($0 % 7) }
        values[77_777] = 1000
        values[33_333] = -5
        let places = Thinning.places(values)
        #expect(places.count <= Thinning.most)
        #expect(places == places.sorted())
        #expect(places.contains(77_777) && places.contains(33_333))
        #expect(places.first == 0 && places.last == 99_999)
        #expect(Thinning.places([1, 2, 3]) == [0, 1, 2])
    }

    @Test func `leaves a gap where nothing was measured`() {
        let html = HTMLRenderer().render(
            Document(title: "", blocks: [.chart(ChartScene.errors)]))
        // Two lines of 40 values, and one of 9 after a gap.
        let lines = html.matches(of: /<polyline class="l\d" points="([^"]*)"/)
        #expect(lines.map { $0.output.1.split(separator: " ").count } == [9, 40, 40])
    }

    @Test func `is drawn whatever its numbers are`() {
        let odd = [Double.nan, .infinity, -.infinity, 1e300, -1e300, .leastNonzeroMagnitude, 0]
        for value in odd {
            for step in odd {
                let lines = [LinesChart.Line("x", [value, 1, value], low: [value], high: [value])]
                let marks = [LinesChart.Mark(seconds: value, text: "now")]
                let rows = [
                    EffectsChart.Row(
                        name: "x", change: value, low: step, high: value, verdict: "better")
                ]
                let kinds: [Chart.Kind] = [
                    .lines(LinesChart(lines: lines, step: step, unit: "x", marks: marks)),
                    .lines(
                        LinesChart(lines: lines, step: step, unit: "seconds", isStacked: true)),
                    .distribution(DistributionChart(curves: [.init("x", [value, step, 1])])),
                    .effects(EffectsChart(rows: rows)),
                ]
                for kind in kinds {
                    let chart = Chart(
                        title: "", summary: "", kind: kind, table: Table("", columns: [], rows: []),
                        isRepeated: false)
                    let page = Document(title: "", blocks: [.chart(chart)])
                    #expect(!HTMLRenderer().render(page).contains("nan"))
                    #expect(
                        !TerminalRenderer(width: 80, colour: false).render(page).contains("nan"))
                }
            }
        }
    }
}

@Suite struct `An axis` {
    @Test(
        arguments: [
            (600.0, [0.0, 200, 400, 600]), (7, [0, 2, 4, 6, 8]), (0.4, [0, 0.1, 0.2, 0.3, 0.4]),
            (28_232, [0, 10_000, 20_000, 30_000]), (0, [0, 1]), (1, [0, 0.5, 1]),
        ] as [(Double, [Double])])
    func `has round numbers up to what it must hold`(highest: Double, ticks: [Double]) {
        let found = Axis(highest: highest).ticks
        #expect(found.count == ticks.count)
        for (one, other) in zip(found, ticks) { #expect(abs(one - other) < 1e-9, "\(found)") }
    }

    @Test func `of changes has half as far from none as twice`() {
        let axis = ChangeAxis([-0.5, 1])
        #expect(axis.share(0) == 0.5)
        #expect(abs(axis.share(-0.5) + axis.share(1) - 1) < 1e-9)
        #expect(axis.share(-1) == 0 && axis.share(.infinity) == 1)
    }

    @Test(
        arguments: [
            (-0.9803, "−98 %"), (-0.9961, "−99.6 %"), (-1, "−100 %"), (0.07, "+7 %"),
            (0.0712, "+7.1 %"), (0.25, "+25 %"), (6.5, "×7.5"), (-0.0004, "0.0 %"),
        ] as [(Double, String)])
    func `says changes as people do`(change: Double, text: String) {
        #expect(ChangeText.short(change) == text)
    }
}
