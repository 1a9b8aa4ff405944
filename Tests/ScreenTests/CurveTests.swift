import Testing

@testable import Screen

@Suite struct `A curve` {
    private func text(
        _ values: [Double?], _ width: Int, highest: Double? = nil, look: Look = .full
    ) -> String {
        Sparkline(values, highest: highest).line(width: width, look: look).text
    }

    @Test func `rises to the highest of its values`() {
        #expect(text([0, 1, 2, 3, 4, 5, 6, 7], 8) == "▁▂▃▄▅▆▇█")
        #expect(text([0, 1, 2, 3, 4, 5, 6], 7, look: .ascii) == ".:-=+*#")
        #expect(text([1, 1], 2) == "██")
        #expect(text([1, 7], 2, highest: 14) == "▂▅")
    }

    @Test func `tells little from nothing, and nothing from not looked at`() {
        #expect(text([nil, 0, 0.001, 100], 4) == " ▁▂█")
        #expect(text([0, 0], 2) == "▁▁")
        #expect(text([nil, nil], 2) == "  ")
    }

    @Test func `shows the highest of what shares a place, and the newest at the right`() {
        #expect(text([7, 0, 0, 0, 0, 3.5], 3) == "█▁▅")
        #expect(text([7], 4) == "   █")
        #expect(text([], 3) == "   ")
        #expect(text([1], 0) == "")
    }

    @Test func `stands any value`() {
        #expect(text([.nan, .infinity, -.infinity, -1, 1e300], 5).count == 5)
        #expect(text([.infinity], 1) == "▁")
    }
}

@Suite struct `A bar` {
    private func text(_ share: Double, _ width: Int, look: Look = .full) -> String {
        Bar(share).line(width: width, look: look).text
    }

    @Test func `is full to an eighth`() {
        #expect(text(0.5, 4) == "██  ")
        #expect(text(0.53, 4) == "██▏ ")
        #expect(text(0.5, 3, look: .ascii) == "#- ")
    }

    @Test func `is full only where the share is, and empty only where that is nothing`() {
        #expect(text(1, 4) == "████")
        #expect(text(0.9999, 4) == "███▉")
        #expect(text(0.0001, 4) == "▏   ")
        #expect(text(0, 4) == "    ")
    }

    @Test func `stands any share`() {
        #expect(text(.infinity, 2) == "██")
        #expect(text(.nan, 2) == "  ")
        #expect(text(-1, 2) == "  ")
        #expect(text(1, 0) == "")
    }
}
