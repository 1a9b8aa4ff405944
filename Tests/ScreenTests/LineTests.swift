import Testing

@testable import Screen

@Suite struct `A line` {
    private func wrapped(_ text: String, _ width: Int, indent: Int = 0) -> [String] {
        Look.full.line(text).wrapped(to: width, indent: indent).map(\.text)
    }

    @Test func `is broken between words, but not within a number`() {
        #expect(wrapped("one two three", 7) == ["one two", "three"])
        #expect(wrapped("used 27 911 of 28 232", 11) == ["used 27 911", "of 28 232"])
        #expect(wrapped("it is 99 % full", 8) == ["it is", "99 %", "full"])
        #expect(wrapped("a bb ccc", 4, indent: 2) == ["a bb", "  cc", "  c"])
        #expect(wrapped("", 4) == [""])
    }

    @Test func `goes on in the next where a word is longer`() {
        #expect(wrapped("[2001:db8::9]:5432 x", 6) == ["[2001:", "db8::9", "]:5432", "x"])
        #expect(wrapped("漢字漢", 3) == ["漢", "字", "漢"])
        // Nothing that is two places wide fits.
        #expect(wrapped("漢", 1) == [""])
        #expect(Look.full.line("漢字").broken(to: 1).isEmpty)
    }

    @Test func `of a name is parted between its pieces first`() {
        let pieces = RouteText.pieces("10.0.0.5 → 10.0.0.9:5432", .full)
        #expect(pieces.stacked(to: 24).map(\.text) == ["10.0.0.5 → 10.0.0.9:5432"])
        #expect(pieces.stacked(to: 23).map(\.text) == ["10.0.0.5", "→ 10.0.0.9:5432"])
        #expect(
            pieces.stacked(to: 10).map(\.text) == ["10.0.0.5", "→ 10.0.0.9", ":5432"])
    }

    @Test func `spells in ASCII what pages are written with`() {
        #expect(Look.ascii.line("a → b · 5 µs −1 “x”…").text == "a -> b | 5 us -1 \"x\"...")
        #expect(Look.ascii.line("28\u{202F}232 é").text == "28 232 \\u{e9}")
    }
}

@Suite struct `A rule across the screen` {
    @Test func `gives up its right end first, then the order, and never its title`() {
        let rule = Rule(title: "tuples", order: "by destination", info: "8 of 214", look: .full)
        #expect(rule.line(width: 40).text == "── tuples by destination ─── 8 of 214 ──")
        #expect(rule.line(width: 30).text == "── tuples by destination ─────")
        #expect(rule.line(width: 20).text == "── tuples ──────────")
        #expect(rule.line(width: 9).text == " tuples ─")
        #expect(rule.line(width: 6).text == "tuples")
    }
}
