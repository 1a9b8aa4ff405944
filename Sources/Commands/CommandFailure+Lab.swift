import Lab

extension CommandFailure {
    /// Why nothing was run, with the status of its kind.
    static func lab(_ error: LabError) -> CommandFailure {
        let status: ExitStatus =
            switch error.kind {
            case .failed: .failed
            case .forbidden: .unsafeConfiguration
            case .badData: .usage
            case .unavailable: .unavailable
            case .noPrivilege: .noPrivilege
            }
        return CommandFailure(status: status, message: error.description)
    }
}
