import Testing

@testable import Kernel

@Suite struct `The times of processors` {
    /// Recorded on Linux 6.18.
    private static let recorded = """
        cpu  2614778 20671 749640 1638660 10729 0 66665 2701 0 0
        cpu0 1306862 10390 371987 820163 5378 0 34560 1364 0 0
        """

    @Test func `are those of the first line`() throws {
        let text = Array(Self.recorded.utf8)
        let parsed = ProcessorTimes.parse(text.span)
        let times = try #require(parsed)
        #expect(times.softirq == 66665)
        #expect(times.total == 2_614_778 + 20671 + 749_640 + 1_638_660 + 10729 + 66665 + 2701)
        var later = times
        later.total += 200
        later.softirq += 50
        #expect(later.softirqRatio(since: times) == 0.25)
        #expect(times.softirqRatio(since: times) == nil)
    }

    @Test(arguments: ["", "cpu 1 2", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 x 8"])
    func `of something else are none`(text: String) {
        let bytes = Array(text.utf8)
        let parsed = ProcessorTimes.parse(bytes.span)
        #expect(parsed == nil)
    }

    @Test func `of this machine can be read`() throws {
        let times = try #require(try ProcessorTimes.read())
        #expect(times.total > times.softirq && times.softirq >= 0)
    }
}
