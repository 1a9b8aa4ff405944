import Glibc

extension KernelError {
    /// The errno of an answer that did not come in time.
    static let late = ETIMEDOUT
    /// The errno of another end that has gone.
    static let ended = ECONNRESET

    var isLate: Bool { code == ETIMEDOUT }
    /// True where the other end of a connection has gone.
    package var isDisconnection: Bool { [EPIPE, ECONNRESET, ENOTCONN].contains(code) }
    /// True where nobody listens at a socket of the file system.
    package var isRefusedConnection: Bool { code == ECONNREFUSED }
}
