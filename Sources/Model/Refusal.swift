/// Why something was not done: an experiment not run, a load not made, a host not changed or not changed back.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    public var kind: Kind
    /// What was tried, on what, why it failed, what to do.
    public var description: String

    /// One for each exit status of a command that refuses; `ExitStatus` has the table.
    public enum Kind: Sendable, Hashable {
        /// It failed, and nothing was changed: 2.
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
        /// What was typed names nothing, more than one thing, or makes no sense: 64.
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
        /// Unsafe or bad configuration, or something that is not the user's own: 78.
        case unsafeConfiguration
    }

    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
