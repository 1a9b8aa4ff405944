/// What the user of the screen has chosen: what is shown, not what is collected.
package struct WatchState: Hashable, Sendable {
    /// What is shown in place of the tables.
    package enum Page: Hashable, Sendable {
        /// One row, with all that is known of it.
        case detail(WatchSubject)
        /// What is behind a row, in words.
        case explanation(WatchSubject)
    }

    /// The row that the arrows stand on.
    package struct Selection: Hashable, Sendable {
        /// Rows change their order from sample to sample, so it is the row that is kept, not its place.
        package var id: String?
        /// Where it was: its neighbour is taken when it is gone.
        package var place = 0

        package init() {}
    }

    /// The pages that were opened one from the other; empty where the tables are shown.
    package var path: [Page] = []
    /// The table that the arrows move in.
    package var focus: WatchPanel = .tuples
    package var findings = Selection()
    package var tuples = Selection()
    package var listeners = Selection()
    package var tupleSort: TupleSort = .fullIn
    package var listenerSort: ListenerSort = .queue
    /// Only rows that hold it are shown.
    package var filter = ""
    /// The filter as it was before the user began to type another; nil where nobody types.
    package var filterBefore: String?
    package var isPaused = false
    /// How many lines of a text are scrolled away.
    package var scroll = 0

    package init() {}

    /// The page that is shown; nil for the tables.
    package var page: Page? { path.last }

    package var isTyping: Bool { filterBefore != nil }

    package subscript(panel: WatchPanel) -> Selection {
        get {
            switch panel {
            case .findings: findings
            case .tuples: tuples
            case .listeners: listeners
            }
        }
        set {
            switch panel {
            case .findings: findings = newValue
            case .tuples: tuples = newValue
            case .listeners: listeners = newValue
            }
        }
    }
}
