import Model

/// What the history has of a stretch of time.
package struct HistoryPage: Sendable, Hashable {
    package let span: HistorySpan
    package let subject: HistorySubject?
    /// The fullest first.
    package var tuples: [TupleCurve] = []
    /// Those with drops first, then the longest queue.
    package var listeners: [ListenerCurve] = []
    /// Those that had no row of their own, at most at one time.
    package var otherTuples = 0
    /// What they closed.
    package var otherClosings = 0
    /// Minutes of the stretch of which something was written.
    package var recordedMinutes = 0
    package var events: [HistoryEvent] = []
    /// What could not be read, in sentences.
    package var unread: [String] = []

    package init(_ span: HistorySpan, _ subject: HistorySubject?) {
        self.span = span
        self.subject = subject
    }

    package var minutes: Int { Int(span.lastMinute - span.firstMinute + 1) }

    package mutating func sort() {
        tuples.sort {
            ($1.highestUsed?.value ?? 0, $1.closed, $0.netns, $0.tuple.route)
                < ($0.highestUsed?.value ?? 0, $0.closed, $1.netns, $1.tuple.route)
        }
        listeners.sort {
            ($1.dropped, $1.highestQueue?.value ?? 0, $0.netns, $0.place.text)
                < ($0.dropped, $0.highestQueue?.value ?? 0, $1.netns, $1.place.text)
        }
    }
}
