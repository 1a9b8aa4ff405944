import Model
import Testing
import Text

@testable import Report

@Suite struct `A sequence diagram` {
    @Test func `looks as HTML as recorded`() throws {
        try expectSnapshot(HTMLRenderer().render(SequenceScene.page), named: "sequence.html")
    }

    @Test(arguments: [50, 80]) func `looks in a terminal as recorded`(width: Int) throws {
        let text = TerminalRenderer(width: width, colour: false).render(SequenceScene.page)
        try expectSnapshot(text, named: "sequence-\(width).txt")
    }

    @Test func `looks as Markdown as recorded`() throws {
        try expectSnapshot(MarkdownRenderer().render(SequenceScene.page), named: "sequence.md")
    }

    @Test(arguments: scenes, [40, 50, 80, 120, 200])
    func `fits in a terminal`(exchange: Exchange, width: Int) {
        for isBrief in [false, true] {
            let chart = Chart.sequence(
                title: "", summary: "", exchange: exchange, isBrief: isBrief)
            let page = Document(title: "", blocks: [.chart(chart)])
            let text = TerminalRenderer(width: width, colour: false).render(page)
            for line in text.split(separator: "\n") { #expect(line.fits(width), "\(line)") }
        }
    }

    private static let scenes = [
        SequenceScene.life, SequenceScene.late, SequenceScene.simultaneous, SequenceScene.names,
        SequenceScene.alone, SequenceScene.hostile,
    ]

    @Test(arguments: scenes) func `goes down as time goes on`(exchange: Exchange) {
        let layout = SequenceLayout(SequenceChart(exchange))
        #expect(layout.arrows.map(\.top) == layout.arrows.map(\.top).sorted())
        for arrow in layout.arrows { #expect(arrow.bottom >= arrow.top) }
        let bands = layout.bands.map { ($0.top, $0.bottom) }
        for (top, bottom) in bands { #expect(top <= bottom && bottom <= layout.bottom) }
        #expect(layout.columns == layout.columns.sorted())
    }

    @Test(arguments: scenes) func `covers no text with another`(exchange: Exchange) {
        let chart = SequenceChart(exchange)
        var moments = SequenceMoments(chart.exchange, from: 0)
        let columns = SequenceColumns(chart.exchange).shares
        let boxes = SequenceLabels(chart.exchange, columns: columns).boxes
        moments.part(boxes)
        for (place, one) in boxes.enumerated() {
            for other in boxes[(place + 1)...]
            where one.left < other.right && other.left < one.right {
                let (top, otherTop) = (moments.top(of: one), moments.top(of: other))
                #expect(top + one.height <= otherTop || otherTop + other.height <= top)
            }
        }
    }

    @Test func `breaks off a long silence, and no short one`() {
        let breaks = SequenceLayout(SequenceChart(SequenceScene.life)).breaks
        #expect(breaks.count == 1)
        #expect(breaks.allSatisfy { abs($0.seconds - 0.20028) < 1e-9 })
    }

    @Test func `names in its legend only what occurs`() {
        func legend(_ exchange: Exchange) -> [String] {
            ChartLegend.entries(.sequence(SequenceChart(exchange))).map(\.name)
        }
        #expect(legend(SequenceScene.simultaneous).isEmpty)
        #expect(legend(SequenceScene.life) == ["sent and observed", "lost on the way"])
        #expect(
            legend(SequenceScene.late) == [
                "sent and observed", "old duplicate, delayed on the way",
                "crafted by the experiment", "inferred, not observed",
            ])
    }

    @Test func `has each event in its table`() {
        let table = SequenceScene.chart("", SequenceScene.life).table
        #expect(table.rows.count == SequenceScene.life.events.count)
        #expect(
            table.rows.contains {
                $0 == [
                    .text("145 ms"), .text("client → server"),
                    .phrase(.strong("ACK") + ", seq 2, ack 2" + .quiet(" · lost on the way")),
                    .text("never"),
                ]
            })
    }

    @Test func `leaves out what cannot be drawn, and says how much`() {
        let chart = SequenceChart(SequenceScene.hostile)
        #expect(chart.leftOut == 5)
        #expect(chart.table.note.plain.contains("5 more events not shown"))
        let many = (0..<10_000).map {
            Exchange.Event(
                at: Double($0), .message(Exchange.Message(from: $0 % 2, to: 1 - $0 % 2, "x")))
        }
        let long = SequenceChart(Exchange(actors: SequenceScene.life.actors, events: many))
        #expect(long.exchange.events.count + long.leftOut == 10_000)
        let page = Document(title: "", blocks: [.chart(SequenceScene.chart("", long.exchange))])
        #expect(HTMLRenderer().render(page).count < 400_000)
    }

    @Test(arguments: [
        (0, "0"), (0.0000314, "31 µs"), (0.02004, "20 ms"), (1.2345, "1.23 s"), (59.999, "60.00 s"),
        (1.005, "1.00 s"), (240, "4 min"),
    ])
    func `says times as people do`(seconds: Double, text: String) {
        #expect(SequenceChart.time(seconds) == text)
    }
}

@Suite struct `A walk through an exchange` {
    private static func text(_ exchange: Exchange, width: Int, colour: Bool = false) -> String {
        ExchangeWalk(exchange).steps.map { blocks in
            TerminalRenderer(width: width, colour: colour)
                .render(Document(title: "", blocks: blocks))
        }.joined(separator: "\n")
    }

    @Test func `looks as recorded`() throws {
        try expectSnapshot(Self.text(SequenceScene.life, width: 80), named: "walk-80.txt")
        try expectSnapshot(Self.text(SequenceScene.late, width: 60), named: "walk-60.txt")
    }

    @Test func `has a step for each event, and marks where both are`() {
        let steps = ExchangeWalk(SequenceScene.simultaneous).steps
        #expect(steps.count == SequenceScene.simultaneous.events.count)
        let text = Self.text(SequenceScene.simultaneous, width: 80)
        #expect(text.contains(/▐● +CLOSING +○▌/))
        #expect(text.contains(/▐● +TIME_WAIT +○▌/))
        #expect(!text.contains("not observed"))
    }

    @Test func `says where a way was not seen`() {
        let events = ["ESTABLISHED", "TIME_WAIT"].enumerated().map {
            Exchange.Event(at: Double($0.offset), .state(actor: 0, $0.element))
        }
        let text = Self.text(Exchange(actors: [.init("a"), .init("b")], events: events), width: 80)
        #expect(text.contains("The cause was not observed."))
    }

    @Test(arguments: [40, 77, 100]) func `is harmless and fits whatever names there are`(width: Int)
    {
        for colour in [false, true] {
            let text = Self.text(SequenceScene.hostile, width: width, colour: colour)
                .replacing(/\u{1b}\[[0-9;]+m/, with: "")
            #expect(!text.unicodeScalars.contains { $0 != "\n" && TerminalText.isDangerous($0) })
            for line in text.split(separator: "\n") { #expect(line.fits(width), "\(line)") }
        }
    }
}

@Suite struct `The states of TCP` {
    @Test func `are drawn once with the ways that were taken`() throws {
        let chart = try #require(Chart.machine(SequenceScene.life))
        #expect(chart.table.rows.count == SequenceScene.life.changes.count)
        #expect(
            chart.summary.contains(
                "client: CLOSE → SYN_SENT → ESTABLISHED → FIN_WAIT1 → FIN_WAIT2 → TIME_WAIT"))
        let html = HTMLRenderer().render(Document(title: "", blocks: [.chart(chart)]))
        // One of each is the legend's.
        #expect(html.matches(of: /<line class="edge first"/).count == 6)
        #expect(html.matches(of: /<line class="edge second"/).count == 6)
        #expect(
            ChartLegend.entries(chart.kind).map(\.name) == [
                "taken by client", "taken by server",
            ])
        #expect(Chart.machine(SequenceScene.names) == nil)
    }

    @Test func `in every scene come one from another as the RFC says`() {
        for exchange in [SequenceScene.life, SequenceScene.late, SequenceScene.simultaneous] {
            for change in exchange.changes { #expect(change.transition != nil, "\(change)") }
        }
    }
}
