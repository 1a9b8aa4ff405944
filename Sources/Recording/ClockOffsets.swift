/// Which second of the wall clock a second of CLOCK_BOOTTIME was, also where the clock was set in between.
struct ClockOffsets: Sendable {
    private struct Offset: Sendable {
        /// The first second, of CLOCK_BOOTTIME, that it holds for.
        let from: Int64
        let seconds: Int64
    }

    private var offsets: [Offset] = []
    /// Offsets that are remembered: as far back as closings are found.
    private static let most = 16
    /// A clock that is slewed moves on by whole seconds, and not to and fro between two.
    private static let slack = 0.75
    /// From so many seconds on it was set, not slewed.
    private static let step = 1.5

    /// Takes in both clocks of a moment; by how many seconds the wall clock was set since the moment before, 0 if it was not.
    mutating func note(clock: Double, boot: Double) -> Int64 {
        let now = clock - boot
        let rounded = Int64(now.rounded())
        guard let last = offsets.last else {
            offsets.append(Offset(from: .min, seconds: rounded))
            return 0
        }
        let distance = now - Double(last.seconds)
        guard abs(distance) > Self.slack else { return 0 }
        offsets.append(Offset(from: Int64(boot), seconds: rounded))
        if offsets.count > Self.most { offsets.removeFirst() }
        return abs(distance) >= Self.step ? rounded - last.seconds : 0
    }

    /// The second since 1970 that a second of CLOCK_BOOTTIME was, to the nearest; nil before the first moment.
    func wall(_ second: Int64) -> Int64? {
        (offsets.last { $0.from <= second } ?? offsets.first).map { second + $0.seconds }
    }
}
