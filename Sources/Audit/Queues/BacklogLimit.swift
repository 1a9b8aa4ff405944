package import Model

/// What limits the backlog of a listener: listen() takes the smaller of its argument and `net.core.somaxconn`.
package enum BacklogLimit: String, Sendable, Hashable, Codable {
    /// The program asked for less than somaxconn allows (or somaxconn was smaller when it called
    /// listen()).
    case application
    /// The backlog is what somaxconn allows; the program asked for as much or more.
    case somaxconn

    /// Nil if somaxconn or the backlog could not be read.
    package init?(of listener: Listener, somaxconn: Int64?) {
        guard let somaxconn, somaxconn >= 0, let backlog = listener.backlog, backlog >= 0 else {
            return nil
        }
        self = Int64(backlog) < somaxconn ? .application : .somaxconn
    }
}
