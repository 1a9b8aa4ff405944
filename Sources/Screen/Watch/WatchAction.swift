/// What a key asks of the program, beside what it changes on the screen.
package enum WatchAction: Hashable, Sendable {
    case quit
    /// Draw everything again, whatever the terminal shows.
    case redraw
    /// One step towards the past.
    case stepBack
    /// One step towards the present.
    case stepForward
    /// The present again.
    case live
    /// The next network namespace.
    case nextNamespace
    /// A row is looked into: what is known of it only on demand may be read now.
    case lookInto(WatchSubject)
    /// A text about a row is asked for.
    case explain(WatchSubject)
}
