/// The median and the slow end of a time in each tenth of a second.
///
/// Only the tenth that is under way is kept as a distribution; what was before is two numbers and a count each.
struct LatencySeries: Sendable {
    private var row = 0
    /// Times of the row that is under way, by ``place(of:)``.
    private var counts = [UInt32](repeating: 0, count: Self.places)
    private var total: UInt64 = 0
    private var touched = (low: Self.places, high: 0)
    private var past: [Row] = []

    private struct Row {
        var count: UInt64 = 0
        var p50 = 0.0
        var p99 = 0.0
    }

    /// Each power of two has so many places: 0.8 %, and less by interpolation.
    private static let steps = 128
    private static let stepBits = 7
    /// Up to 73 minutes.
    private static let places = steps * 36

    /// Notes a time, in nanoseconds, that was known at so many nanoseconds from the beginning.
    mutating func record(_ time: Int64, at now: Int64) {
        let current = min(Int(max(now, 0) / Timeline.width), Timeline.limit - 1)
        if current > row { end(before: current) }
        let place = Self.place(of: UInt64(max(time, 0)))
        counts[place] &+= 1
        total += 1
        touched = (min(touched.low, place), max(touched.high, place))
    }

    private static func place(of value: UInt64) -> Int {
        guard value >= UInt64(steps) else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - stepBits
        return min((shift + 1) * steps + Int(value >> UInt64(shift)) - steps, places - 1)
    }

    /// The values that a place stands for.
    private static func bounds(of place: Int) -> (low: Double, width: Double) {
        guard place >= steps else { return (Double(place), 1) }
        let width = Double(UInt64(1) << UInt64(place / steps - 1))
        return (Double(place % steps + steps) * width, width)
    }

    private mutating func end(before next: Int) {
        past.append(current)
        past.append(contentsOf: repeatElement(Row(), count: next - row - 1))
        row = next
        if touched.low <= touched.high {
            for place in touched.low...touched.high { counts[place] = 0 }
        }
        touched = (Self.places, 0)
        total = 0
    }

    private var current: Row {
        Row(count: total, p50: quantile(0.5), p99: quantile(0.99))
    }

    /// In seconds; 0 where nothing was noted.
    private func quantile(_ share: Double) -> Double {
        guard total > 0 else { return 0 }
        let wanted = share * Double(total)
        var seen = 0.0
        for place in touched.low...touched.high where counts[place] > 0 {
            let here = Double(counts[place])
            if seen + here >= wanted {
                let (low, width) = Self.bounds(of: place)
                return (low + width * min(max(wanted - seen, 0) / here, 1)) / 1e9
            }
            seen += here
        }
        return 0
    }

    private var rows: [Row] { past + [current] }

    /// By tenths, in seconds; 0 where no time was noted, and of several threads the means by how many each noted.
    static func columns(_ threads: [LatencySeries]) -> (p50: [Double], p99: [Double]) {
        let all = threads.map(\.rows)
        let count = all.map(\.count).max() ?? 0
        var (p50, p99) = ([Double](), [Double]())
        for place in 0..<count {
            let here = all.compactMap { $0.indices.contains(place) ? $0[place] : nil }
            let sum = Double(here.reduce(0) { $0 + $1.count })
            func mean(_ value: (Row) -> Double) -> Double {
                sum > 0 ? here.reduce(0) { $0 + value($1) * Double($1.count) } / sum : 0
            }
            p50.append(mean(\.p50))
            p99.append(mean(\.p99))
        }
        return (p50, p99)
    }
}
