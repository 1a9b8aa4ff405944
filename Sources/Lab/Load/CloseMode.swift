/// Who closes a connection, and how: that side keeps the TIME_WAIT.
package enum CloseMode: String, Sendable, CaseIterable {
    /// The client, after the last response.
    case client
    /// The server, after the last response.
    case server
    /// The client, with a reset: no TIME_WAIT on either side.
    case reset
    /// The client says that it sends no more as it sends its last request, and closes after the server has.
    case half
    /// Nobody, until the run ends.
    case never
}
