import Kernel

/// When the next look is due, by CLOCK_BOOTTIME.
struct LookTimes {
    private let interval: Double
    private(set) var due = BootClock.now

    init(every interval: Double) { self.interval = interval }

    /// Goes on from a look; what was missed while the machine slept, or was busy, is not made up for.
    mutating func advance() {
        due += interval
        if due < BootClock.now { due = BootClock.now + interval }
    }
}
