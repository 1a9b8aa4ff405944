/// How a command ended, for scripts: one table for all commands and the agent.
package enum ExitStatus: Int32, Sendable {
    case clean = 0
    /// Findings, changes, drift or regression.
    case found = 1
    /// It could not do what was asked; nothing was changed.
    case failed = 2
    /// It was done, and shows nothing: the program itself was the limit.
    case inconclusive = 3
    /// Refused; everything is as it was.
    case restored = 4
    /// Something could not be put back.
    case partial = 5
    /// The guard could not be armed.
    case guardMissing = 6
    /// Somebody else's value is in the way.
    case conflict = 7
    case noTransaction = 8
    case usage = 64
    case badData = 65
    case noInput = 66
    /// This kernel lacks what is needed.
    case unavailable = 69
    case outputError = 74
    /// Another command is at work.
    case locked = 75
    case noPrivilege = 77
    /// Unsafe or bad configuration.
    case unsafeConfiguration = 78
    case hungUp = 129
    case interrupted = 130
    case quit = 131
    case terminated = 143
}

extension ExitStatus {
    /// The one table of refusals.
    package init(_ kind: Refusal.Kind) {
        self =
            switch kind {
            case .failed: .failed
            case .restored: .restored
            case .partial: .partial
            case .guardMissing: .guardMissing
            case .conflict: .conflict
            case .noTransaction: .noTransaction
            case .usage: .usage
            case .badData: .badData
            case .noInput: .noInput
            case .unavailable: .unavailable
            case .locked: .locked
            case .noPrivilege: .noPrivilege
            case .unsafeConfiguration: .unsafeConfiguration
            }
    }

    /// By the number of the signal that ended it.
    package init(signal: Int32) { self = ExitStatus(rawValue: 128 + signal) ?? .interrupted }
}
