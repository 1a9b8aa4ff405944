/// Why a server cannot start, or its configuration cannot be used: what was tried, on what, and why it failed.
package struct WebError: Error, Sendable, Equatable {
    /// `listen on`, `read`, `use`: the verb of the message.
    package var operation: String
    /// An address, or a file with its line: untrusted text.
    package var subject: String
    /// Why, and what to do about it.
    package var reason: String

    init(_ operation: String, _ subject: String, _ reason: String) {
        self.operation = operation
        self.subject = subject
        self.reason = reason
    }
}

extension WebError: CustomStringConvertible {
    package var description: String { "cannot \(operation) \(subject): \(reason)" }
}
