/// The three tables of the screen.
package enum WatchPanel: Hashable, Sendable, CaseIterable {
    case findings, tuples, listeners
}

/// One row of a table.
package struct WatchSubject: Hashable, Sendable {
    package var panel: WatchPanel
    package var id: String

    package init(_ panel: WatchPanel, _ id: String) {
        self.panel = panel
        self.id = id
    }
}
