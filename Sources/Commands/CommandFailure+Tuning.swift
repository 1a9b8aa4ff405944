import Tuning

extension CommandFailure {
    /// Why a host was not changed, or not changed back, with the status of its kind.
    static func tuning(_ error: TuningError) -> CommandFailure {
        CommandFailure(status: ExitStatus(error.kind), message: error.description)
    }
}
