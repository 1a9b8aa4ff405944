import CNetlink
import Glibc

extension TCPSocket {
    /// Waits until there is something to read, an end, an error, or a connection to accept.
    ///
    /// - Returns: False where the time ran out first.
    package func awaitInput(milliseconds: Int32) -> Bool {
        var entry = pollfd(
            fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }
}
