/// Why a host is not changed, or not changed back.
package struct TuningError: Error, Sendable, Hashable, CustomStringConvertible {
    package var kind: Kind
    /// What was tried, on what, why it failed, what to do.
    package var description: String

    /// One for each exit status (see `tcptune`'s table).
    package enum Kind: Sendable, Hashable {
        /// Nothing was changed: 2.
        case failed
        /// Refused; everything is as it was: 4.
        case restored
        /// Something could not be put back: 5.
        case partial
        /// The guard could not be armed: 6.
        case guardMissing
        /// Somebody else's value is in the way: 7.
        case conflict
        /// No such transaction: 8.
        case noTransaction
        /// What was typed names nothing, or more than one thing: 64.
        case usage
        /// A profile or plan that makes no sense: 65.
        case badData
        /// No such profile or file: 66.
        case noInput
        /// This kernel lacks what is needed: 69.
        case unavailable
        /// Another command is at work: 75.
        case locked
        /// 77.
        case noPrivilege
        /// Unsafe or bad configuration: 78.
        case unsafeConfiguration
    }

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
