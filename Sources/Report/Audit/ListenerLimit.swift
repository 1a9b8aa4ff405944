/// What keeps a listener's accept queue as short as it is.
enum ListenerLimit: String {
    /// The number that its program gave to listen().
    case application
    /// `net.core.somaxconn`, which cut that number.
    case somaxconn

    /// Nil where somaxconn could not be read: the backlog alone does not tell.
    init?(backlog: Int, somaxconn: Int64?) {
        guard let somaxconn else { return nil }
        self = Int64(backlog) >= somaxconn ? .somaxconn : .application
    }
}
