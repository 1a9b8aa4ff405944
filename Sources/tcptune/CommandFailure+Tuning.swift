import Tuning

extension CommandFailure {
    /// Why a host was not changed, or not changed back, with the status of its kind.
    static func tuning(_ error: TuningError) -> CommandFailure {
        let status: ExitStatus =
            switch error.kind {
            case .failed: .failed
            case .restored: .restored
            case .partial: .partial
            case .guardMissing: .guardMissing
            case .conflict: .conflict
            case .noTransaction: .noTransaction
            case .badData: .badData
            case .noInput: .noInput
            case .unavailable: .unavailable
            case .locked: .locked
            case .noPrivilege: .noPrivilege
            case .unsafeConfiguration: .unsafeConfiguration
            }
        return CommandFailure(status: status, message: error.description)
    }
}
