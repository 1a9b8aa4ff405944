/// How often something happens, now and over the last minute.
package struct WatchRate: Sendable, Hashable {
    /// `opens`, `drops`.
    package var name: String
    /// Nil until two samples have been made.
    package var perSecond: Double?
    /// One a second, oldest first; nil where nothing was sampled.
    package var history: [Double?]
    /// Whether any of it is a failure, as a drop is.
    package var isFailure: Bool

    package init(
        _ name: String, perSecond: Double?, history: [Double?] = [], isFailure: Bool = false
    ) {
        self.name = name
        self.perSecond = perSecond
        self.history = history
        self.isFailure = isFailure
    }
}
