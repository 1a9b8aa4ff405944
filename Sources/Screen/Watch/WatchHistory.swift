/// A moment of the past that is shown in place of the present.
package struct WatchHistory: Sendable, Hashable {
    /// `2026-11-29 14:25:10`.
    package var time: String
    /// How many seconds ago.
    package var age: Double
    /// Whether nothing older is kept.
    package var isOldest: Bool

    package init(time: String, age: Double, isOldest: Bool = false) {
        self.time = time
        self.age = age
        self.isOldest = isOldest
    }
}
