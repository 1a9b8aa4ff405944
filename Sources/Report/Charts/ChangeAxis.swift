import Glibc

/// An axis of changes around none, as wide as the largest of them; what is beyond stands at its end.
struct ChangeAxis: Sendable, Hashable {
    /// How many times as much its right end is; its left end is the same part.
    let reach: Double

    init(_ changes: [Double]) {
        // Nothing left is no number of times less; it stands at the end whatever the axis.
        let ratios = changes.filter { $0.isFinite && $0 > -1 }.map { 1 + $0 }
        let widest = ratios.map { max($0, 1 / $0) }.max() ?? 1
        let least = changes.contains { $0 <= -1 } ? 10.0 : 1.12
        reach = Self.reaches.first { $0 >= max(widest, least) } ?? 1100
    }

    private static let reaches = [1.12, 1.3, 2.1, 4.2, 11, 110, 1100]

    func share(_ change: Double) -> Double {
        guard change.isFinite else { return change == .infinity ? 1 : 0.5 }
        guard change > -1 else { return 0 }
        return min(max(0.5 + log(1 + change) / log(reach) / 2, 0), 1)
    }

    var ticks: [(change: Double, text: String)] {
        switch reach {
        case ...1.12: [(-0.1, "−10 %"), (0, "no change"), (0.1, "+10 %")]
        case ...1.3: [(-0.2, "−20 %"), (0, "no change"), (0.25, "+25 %")]
        case ...2.1: [(-0.5, "half"), (0, "no change"), (1, "twice")]
        case ...4.2:
            [(-0.75, "÷4"), (-0.5, "÷2"), (0, "no change"), (1, "×2"), (3, "×4")]
        case ...11:
            [(-0.9, "÷10"), (-2 / 3.0, "÷3"), (0, "no change"), (2, "×3"), (9, "×10")]
        case ...110:
            [(-0.99, "÷100"), (-0.9, "÷10"), (0, "no change"), (9, "×10"), (99, "×100")]
        default:
            [(-0.999, "÷1000"), (-0.9, "÷10"), (0, "no change"), (9, "×10"), (999, "×1000")]
        }
    }
}
