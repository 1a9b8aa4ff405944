/// A share of one processor that may be used: saved up while nothing is done, spent by what was measured.
///
/// What a look will cost is never guessed: it is what the last one of its kind took of CLOCK_PROCESS_CPUTIME_ID.
package struct ProcessorBudget: Sendable, Hashable {
    /// Of one processor: 0.01 is 1 %.
    package private(set) var share: Double
    /// Processor seconds that may be used now; below zero after a look that cost more than was saved.
    package private(set) var saved: Double
    /// Processor seconds used since the beginning.
    package private(set) var used = 0.0
    private let began: Double
    private var time: Double

    /// What looking may take unless something else is asked for.
    package static let usualShare = 0.01
    /// Shares that can be asked for: from next to nothing to a whole processor.
    package static let possibleShares = 0.0001...1

    /// No more is saved than so many seconds' worth: a long quiet time is no leave for a burst.
    package static let longestSaving = 60.0

    /// A share as people write it: `1%`, `0.5%`; nil for what is none.
    package static func share(_ text: String) -> Double? {
        guard text.hasSuffix("%") else { return nil }
        let number = text.dropLast()
        guard number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
            let value = Double(number), value.isFinite
        else { return nil }
        return value / 100
    }

    /// - Parameter time: CLOCK_BOOTTIME, in seconds.
    package init(share: Double, at time: Double) {
        self.share = share
        self.time = time
        began = time
        // The first look is wanted at once.
        saved = share * Self.longestSaving
    }

    /// Goes on with another share; no more stays saved than that one lets be.
    package mutating func change(share: Double) {
        self.share = share
        saved = min(saved, share * Self.longestSaving)
    }

    /// Saves for the time that has passed.
    package mutating func pass(to now: Double) {
        guard now > time else { return }
        saved = min(saved + (now - time) * share, share * Self.longestSaving)
        time = now
    }

    /// Takes off what a look took.
    package mutating func spend(_ seconds: Double) {
        guard seconds > 0 else { return }
        saved -= seconds
        used += seconds
    }

    /// Whether something of that cost may be done now; what costs more than can be saved waits until all is saved.
    package func allows(_ cost: Double) -> Bool {
        saved >= min(cost, share * Self.longestSaving * 0.99)
    }

    /// Seconds until something of that cost may be done.
    package func wait(for cost: Double) -> Double {
        guard share > 0 else { return .infinity }
        return max(0, min(cost, share * Self.longestSaving * 0.99) - saved) / share
    }

    /// The share that was used so far; nil at the very beginning.
    package var usedShare: Double? { time > began ? used / (time - began) : nil }
}
