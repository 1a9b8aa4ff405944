import Glibc

/// An axis on which twice as much is always as far; what is not above 0 stands at its beginning.
struct LogarithmicAxis: Sendable, Hashable {
    let low: Double
    let high: Double

    /// Nil where no value is above 0.
    init?(_ values: some Sequence<Double>) {
        let positive = values.filter { $0 > 0 && $0.isFinite }
        guard let least = positive.min(), let most = positive.max() else { return nil }
        // A little room at both ends; one value alone stands in the middle of it.
        let room = most / least < 4 ? 1.5 : 1.05
        low = least / room
        high = most * room
    }

    /// How far along the axis, 0 to 1.
    func share(_ value: Double) -> Double {
        guard value > low else { return 0 }
        let share = (log(value) - log(low)) / (log(high) - log(low))
        return share.isFinite ? min(share, 1) : 0
    }

    /// Round numbers within it: powers of ten, or their doubles and halves where those would be too few; six at most.
    var ticks: [Double] {
        let all = (-12...15).flatMap { exponent in
            [1.0, 2, 5].map { (digit: $0, value: $0 * pow(10, Double(exponent))) }
        }.filter { low <= $0.value && $0.value <= high }
        let powers = all.filter { $0.digit == 1 }
        var chosen = powers.count >= 3 ? powers : all
        while chosen.count > 6 {
            chosen = chosen.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        }
        return chosen.map(\.value)
    }

    /// Those that are named: none so near to another that their names would touch on a telephone.
    var labelled: [Double] {
        var named: [Double] = []
        let isPower = { (tick: Double) in abs(log10(tick) - log10(tick).rounded()) < 1e-9 }
        for tick in ticks.filter(isPower) + ticks.filter({ !isPower($0) })
        where named.allSatisfy({ abs(share($0) - share(tick)) > 0.17 }) {
            named.append(tick)
        }
        return named.sorted()
    }
}
