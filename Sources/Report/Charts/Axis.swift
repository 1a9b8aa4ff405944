/// Round numbers along an axis that begins at 0.
struct Axis: Sendable, Hashable {
    /// From 0 to the end of the axis.
    let ticks: [Double]

    /// - Parameters:
    ///   - highest: what has to find room.
    ///   - parts: into how many parts the axis falls at most.
    ///   - endsRound: whether the axis is lengthened to a tick; otherwise it ends at `highest`.
    init(highest: Double, parts: Int = 4, endsRound: Bool = true) {
        // Beyond these no arithmetic is left for ticks; no host measures such numbers.
        guard 1e-290...1e290 ~= highest else {
            ticks = [0, 1]
            length = 1
            return
        }
        let step = Self.roundStep(atLeast: highest / Double(parts))
        let whole = (highest / step * (1 + 1e-12)).rounded(.down)
        let count = Int(endsRound && whole * step < highest * (1 - 1e-9) ? whole + 1 : whole)
        ticks = (0...max(count, 1)).map { Double($0) * step }
        length = endsRound ? Double(max(count, 1)) * step : highest
    }

    /// Where the axis ends.
    let length: Double

    /// How far along the axis, 0 to 1.
    func share(_ value: Double) -> Double { value / length }

    /// 1, 2 or 5 times a power of ten.
    private static func roundStep(atLeast least: Double) -> Double {
        var power = 1.0
        while power > least { power /= 10 }
        while power * 10 <= least { power *= 10 }
        return [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= least * (1 - 1e-12) } ?? power
    }
}
