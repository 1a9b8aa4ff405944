import Testing

@testable import Report

@Suite struct `A picture` {
    @Test func `places its parts by shares of the width`() {
        var svg = SVG()
        svg.rectangle(x: 0.5, width: 0.12345, y: 1, height: 2, kind: "live")
        svg.rectangle(x: -.infinity, width: 7, y: 1, height: 2, kind: "live")
        #expect(svg.html.markup.contains(#"x="50%" width="12.35%""#))
        #expect(svg.html.markup.contains(#"x="0%" width="100%""#))
    }

    @Test func `never fills a bar beyond its end`() {
        #expect(Bar([0.7, 0.7, 0.1]).shares == [0.7, 0.30000000000000004, 0])
        #expect(Bar([.nan, -1, 0.25]).filled == 0.25)
    }

    @Test func `shows each second of the last minute once`() {
        let chart = ClosingsChart(series: [
            .init(name: "a", counts: Array(repeating: 2, count: 60)),
            .init(name: "b", counts: [5]),
        ])
        #expect(chart.totals == [7] + Array(repeating: 2, count: 59))
        #expect(chart.highest == 7)
    }

    @Test(arguments: Scene.all) func `of an audit has a name, a sentence and its numbers`(
        scene: Scene
    ) {
        let html = scene.html
        let charts = html.matches(of: /<svg role="img"[^>]*class="chart">/).count
        #expect(html.matches(of: /<title>[^<]+<\/title><desc>/).count == charts)
        #expect(
            html.matches(of: /<desc>[^<]+<\/desc>/).count
                == html.matches(of: /<summary>Numbers<\//).count)
    }
}

@Suite struct `The name of a row` {
    @Test func `is whole, on lines that a telephone has room for`() {
        let source = "[2001:db8:12:3400:aaaa:bbbb:cccc:dddd]"
        let destination = "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:53]:443"
        let lines = Label.lines("\(source) → \(destination)", most: 32)
        #expect(lines.joined().filter { $0 != " " } == "\(source)→\(destination)")
        #expect(lines.allSatisfy { $0.count <= 32 })
        #expect(Label.lines("requests answered", most: 32) == ["requests answered"])
        #expect(Label.lines("", most: 32).isEmpty)
    }

    @Test func `of others ends after a few lines, whatever it holds`() {
        let lines = Label.lines(String(repeating: "x", count: 9999) + "\u{1b}[31m", most: 20)
        #expect(lines.count == 8 && lines.last == "…")
        #expect(lines.allSatisfy { $0.count <= 20 && !$0.contains("\u{1b}") })
    }
}
