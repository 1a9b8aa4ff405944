import Glibc
import Statistics

/// The times at which connections are to be begun in an open loop: the same for the same seed.
struct Arrivals {
    private let from: Double
    private let to: Double
    private let spacing: Pace.Spacing
    private let seconds: Double
    private var random: SeededGenerator
    private var time = 0.0
    private var isFirst = true
    private let skipped: Int

    /// - Parameter share: of several threads, which one's: together they have them all.
    init(
        from: Double, to: Double, spacing: Pace.Spacing, seconds: Double, seed: UInt64,
        share: ClientShare = ClientShare()
    ) {
        self.from = from
        self.to = to
        self.spacing = spacing
        self.seconds = seconds
        random = SeededGenerator(seed: seed)
        skipped = share.count - 1
        for _ in 0..<share.index { advance() }
    }

    /// Nanoseconds from the beginning.
    mutating func next() -> Int64 {
        advance()
        let mine = Int64(time * 1e9)
        for _ in 0..<skipped { advance() }
        return mine
    }

    private mutating func advance() {
        let share = seconds > 0 ? min(time / seconds, 1) : 0
        let rate = max(from + (to - from) * share, 0.001)
        // Even ones are due in the middle of their part of the time: none falls on the end.
        time +=
            spacing == .even ? (isFirst ? 0.5 : 1) / rate : -log(1 - random.unit()) / rate
        isFirst = false
    }
}
