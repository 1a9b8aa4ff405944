/// A watched namespace by the name that it is shown by, and its series have.
package struct WatchedView: Sendable {
    package let name: String
    package let watched: WatchedNamespace

    package init(name: String, watched: WatchedNamespace) {
        self.name = name
        self.watched = watched
    }
}
