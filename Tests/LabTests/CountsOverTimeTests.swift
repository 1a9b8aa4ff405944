import Kernel
import Testing

@testable import Lab

@Suite struct `Counts over time` {
    @Test func `are all of one length, and what was not noted stays as it was`() {
        var counts = CountsOverTime(["a", "b"])
        #expect(counts.isNew)
        counts.count("a")
        counts.note("gauge", 7)
        #expect(!counts.isNew)
        LoadClock.rest(milliseconds: 320)
        #expect(counts.isNew)
        counts.count("a")
        counts.count("a")
        let series = counts.series
        let length = series["a"]?.count ?? 0
        #expect(length >= 4)
        #expect(series["a"]?.first == 1 && series["a"]?.last == 2 && counts.total("a") == 3)
        #expect(series["b"] == Array(repeating: 0, count: length) && counts.total("b") == 0)
        #expect(series["gauge"] == Array(repeating: 7, count: length))
    }
}
