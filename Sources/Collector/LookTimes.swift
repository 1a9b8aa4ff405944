import Kernel

/// When the next look is due, by CLOCK_BOOTTIME.
package struct LookTimes {
    private let interval: Double
    package private(set) var due = BootClock.now

    package init(every interval: Double) { self.interval = interval }

    /// Goes on from a look; what was missed while the machine slept, or was busy, is not made up for.
    package mutating func advance() {
        due += interval
        if due < BootClock.now { due = BootClock.now + interval }
    }
}
