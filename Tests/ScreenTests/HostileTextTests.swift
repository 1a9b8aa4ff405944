import Model
import Testing

@testable import Screen

@Suite struct `Names that others chose` {
    static let hostile = [
        "\u{1B}[2J\u{1B}[H\u{1B}]0;owned\u{7}", "\u{9B}31m", "a\nb\rc\u{8}\u{8}d\u{7F}",
        "\u{202E}gnp.exe\u{2066}", "e\u{301}\u{302}\u{303}\u{304}\u{305}", "\u{301}first",
        "אבג 512/511", "سلام", "漢字かな交じり", "👨\u{200D}👩\u{200D}👧", "👍🏽", "🇩🇪", "❤\u{FE0F}",
        "क्षि", "\u{1160}\u{11A8}", "\u{3164}\u{115F}", "\u{E0001}\u{E0041}", "\u{FEFF}bom",
        "\u{10FFFF}", "\u{2028}x\u{2029}", "x\u{34F}y", String(repeating: "\u{300}", count: 40),
        String(repeating: "w", count: 500),
    ]

    @Test(arguments: hostile) func `keep to the places that a line has for them`(_ name: String) {
        for look in [Look.full, .ascii] {
            let line = look.line("<") + look.line(name) + look.line(">")
            // A terminal shows as many places as the line has cells, whatever is in them.
            let size = FrameSize(rows: 1, columns: line.width)
            var frame = Frame(size)
            frame.draw(line, row: 0)
            var terminal = TerminalEmulator(size)
            terminal.feed(FrameChange.bytes(from: nil, to: frame, look: look))
            #expect(terminal.violations.isEmpty)
            #expect(terminal.differences(to: frame, isColoured: look.isColoured).isEmpty)
            #expect(terminal.places[0].first?.text == "<" && terminal.places[0].last?.text == ">")
            #expect(line.cells.allSatisfy { $0.text.unicodeScalars.count <= 3 })
        }
    }

    @Test(arguments: hostile) func `do no harm wherever they stand`(_ name: String) {
        var view = PictureViews.busy
        view.head.host = name
        view.head.kernel = name
        view.head.namespace = name
        view.counts[0].name = name
        view.rates[0].name = name
        view.findings[0].subject = name
        view.findings[0].owner = name
        view.findings[1].news = name
        view.findings[2].rule = name
        view.tuples[0].source = name
        view.tuples[1].destination = name
        view.tuples[2].owner = PictureViews.owner(name, .likely)
        view.listeners[0].address = name
        view.listeners[1].owner = PictureViews.owner(name)
        view.listeners[2].limitedBy = name
        view.state.filter = ""
        view.notice = name
        view.explanation = WatchText(
            title: name, paragraphs: [.init(name, label: name), .init(name, isCommand: true)])
        let pages: [[WatchState.Page]] = [
            [], [.detail(WatchSubject(.tuples, view.tuples[0].id))],
            [.explanation(WatchSubject(.findings, "a"))],
        ]
        for size in [FrameSize.usual, .large, .half, .tiny] {
            for page in pages {
                view.state.path = page
                let frame = WatchPicture(view, size: size, look: .full).frame
                var terminal = TerminalEmulator(size)
                terminal.feed(FrameChange.bytes(from: nil, to: frame, look: .full))
                #expect(terminal.violations.isEmpty)
                #expect(terminal.differences(to: frame).isEmpty)
                #expect(frame.text(row: size.rows - 1).contains("p"), "the keys are in their place")
            }
        }
    }

    @Test func `are shown as they are where that does no harm`() {
        #expect(Look.full.line("naïve-漢字 e\u{301}").text == "naïve-漢字 e\u{301}")
        #expect(Look.full.line("סוד").text == "\\u{5e1}\\u{5d5}\\u{5d3}")
        #expect(Look.full.line("e\u{301}\u{302}\u{303}").text == "e\u{301}\u{302}\\u{303}")
    }
}
