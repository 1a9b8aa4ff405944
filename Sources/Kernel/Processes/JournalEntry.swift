import Glibc

/// An entry of the journal of systemd, sent as its own programs send them: a datagram of fields.
///
/// https://systemd.io/JOURNAL_NATIVE_PROTOCOL/
package struct JournalEntry: Sendable {
    package static let usualSocket = "/run/systemd/journal/socket"

    private(set) var bytes: [UInt8] = []

    package init() {}

    /// Adds a field.
    ///
    /// - Parameters:
    ///   - name: capital letters, digits and underscores.
    ///   - value: whatever text of others it holds, it begins no other field.
    package mutating func add(_ name: StaticString, _ value: String) {
        bytes += Array(name.description.utf8)
        let value = Array(value.utf8)
        if value.contains(0x0A) {
            // Its length in 64 bits, little-endian, stands before a value of several lines.
            bytes.append(0x0A)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: value.count >> (8 * $0)) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes += value
        bytes.append(0x0A)
    }

    /// Sends it and does not wait for the journal.
    ///
    /// - Throws: an absent socket where no journal runs here.
    package func send(to socket: String = usualSocket) throws(KernelError) {
        try ServiceNotice.send(bytes, to: socket, waits: false)
    }
}

extension KernelError {
    /// Whether nobody reads the socket that it was sent to: there is none, or it was left behind.
    package var isWithoutReader: Bool { isAbsent || code == ECONNREFUSED || code == EACCES }
}
