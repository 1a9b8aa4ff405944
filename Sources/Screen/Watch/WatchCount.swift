/// How many sockets are in a state, now and over the last minute.
package struct WatchCount: Sendable, Hashable {
    /// `EST`, `TIME_WAIT`.
    package var name: String
    package var value: Int
    /// One a second, oldest first; nil where nothing was sampled.
    package var history: [Double?]

    package init(_ name: String, _ value: Int, history: [Double?] = []) {
        self.name = name
        self.value = value
        self.history = history
    }
}
