import Glibc

/// The times at which connections are to be begun in an open loop: the same for the same seed.
struct Arrivals {
    private let from: Double
    private let to: Double
    private let spacing: Pace.Spacing
    private let seconds: Double
    private var random: SeededGenerator
    private var time = 0.0

    init(from: Double, to: Double, spacing: Pace.Spacing, seconds: Double, seed: UInt64) {
        self.from = from
        self.to = to
        self.spacing = spacing
        self.seconds = seconds
        random = SeededGenerator(seed: seed)
    }

    /// Nanoseconds from the beginning.
    mutating func next() -> Int64 {
        let share = seconds > 0 ? min(time / seconds, 1) : 0
        let rate = max(from + (to - from) * share, 0.001)
        time += spacing == .even ? 1 / rate : -log(1 - random.unit()) / rate
        return Int64(time * 1e9)
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 ≤ number < 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
