import History
import Testing

@Suite struct `A minute of counts` {
    private static func series(_ count: (Int) -> UInt32) -> MinuteSeries {
        var series = MinuteSeries()
        for second in 0..<60 { series[second] = count(second) }
        return series
    }

    @Test(
        arguments: [
            (0, 1), (1, 2), (7, 2), (128, 3), (UInt32.max, 6),
        ] as [(UInt32, Int)])
    func `that is the same each second takes some bytes`(count: UInt32, size: Int) {
        let series = Self.series { _ in count }
        #expect(series.bytes.count == size)
        #expect(MinuteSeries(series.bytes) == series)
    }

    @Test func `in which little happens has a pair of bytes for each`() {
        let series = Self.series { $0 == 7 || $0 == 59 ? 3 : 0 }
        #expect(series.bytes == [2, 7, 3, 59, 3])
        #expect(MinuteSeries(series.bytes) == series)
    }

    @Test func `with one burst is not wide in every second`() {
        let series = Self.series { $0 == 30 ? 20_000 : UInt32($0 % 7 + 1) }
        #expect(series.bytes.count == 1 + 59 + 3)
        #expect(MinuteSeries(series.bytes) == series)
    }

    @Test func `comes back as it was, whatever is in it`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let width = UInt32.random(in: 0...32, using: &random)
            let most: UInt32 = width == 32 ? .max : (1 << width) - 1
            let share = Double.random(in: 0...1, using: &random)
            let low = UInt32.random(in: 0...(UInt32.max - most), using: &random)
            let isSparse = Bool.random(using: &random)
            let series = Self.series { _ in
                if isSparse, Double.random(in: 0...1, using: &random) > share { return 0 }
                return (isSparse ? 0 : low) + UInt32.random(in: 0...most, using: &random)
            }
            #expect(MinuteSeries(series.bytes) == series, "\(series.counts)")
        }
    }

    @Test func `is refused where bytes are missing, too many, or none that were written`() {
        let whole = [
            Self.series { UInt32($0) }.bytes, Self.series { $0 == 5 ? 9 : 0 }.bytes,
            Self.series { $0 == 30 ? 20_000 : UInt32($0 % 7 + 1) }.bytes,
        ]
        for bytes in whole {
            for length in 0..<bytes.count {
                #expect(MinuteSeries(Array(bytes.prefix(length))) == nil)
            }
            #expect(MinuteSeries(bytes + [0]) == nil)
        }
        #expect(MinuteSeries([1, 60, 1]) == nil)
        #expect(MinuteSeries([63]) == nil && MinuteSeries([97, 0]) == nil)
        // A difference that goes beyond what a count can be.
        #expect(
            MinuteSeries([64 + 1, 255, 255, 255, 255, 15] + Array(repeating: 255, count: 8)) == nil)
    }

    @Test func `never ends the program, whatever the bytes are`() {
        var random = SystemRandomNumberGenerator()
        var read = 0
        for _ in 0..<50_000 {
            let count = Int.random(in: 0...80, using: &random)
            var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            if let kind = [3, 64, 70, 96, 128].randomElement(using: &random), count > 0 {
                bytes[0] = UInt8(kind)
            }
            if let series = MinuteSeries(bytes) {
                read += 1
                #expect(MinuteSeries(series.bytes) == series)
            }
        }
        #expect(read > 0)
    }
}
