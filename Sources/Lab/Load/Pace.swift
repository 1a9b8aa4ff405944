/// When the next connection is begun.
package enum Pace: Sendable, Hashable {
    /// Closed loop: as soon as one ends. Slow answers slow the load down.
    case closed
    /// Open loop: by the clock, whatever the answers do. From one rate to the other, a second, over the whole time.
    case open(from: Double, to: Double, spacing: Spacing)

    package enum Spacing: String, Sendable, CaseIterable {
        /// As independent clients come: the times between are exponential.
        case poisson
        case even
    }
}
