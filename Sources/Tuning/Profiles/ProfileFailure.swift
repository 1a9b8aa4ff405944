package import Kernel
package import Model

/// Why a profile could not be had.
package enum ProfileFailure: Error, Sendable {
    /// Its file, or one that it extends, is wrong.
    case wrong(TextError)
    /// There is none, or it is not to be trusted.
    case other(TuningError)

    var tuning: TuningError {
        switch self {
        case .wrong(let error) where error.problems.count > 1:
            TuningError(
                .badData,
                "\(error); all problems: tcptune profile lint \(error.problems[0].path)")
        case .wrong(let error): TuningError(.badData, error.description)
        case .other(let error): error
        }
    }
}

extension TrustedFile.Refusal {
    package var tuning: TuningError {
        switch self {
        case .untrusted(let reason): TuningError(.unsafeConfiguration, reason)
        case .unreadable(let error):
            TuningError(
                error.isDenied ? .noPrivilege : error.isTooLarge ? .badData : .noInput,
                error.description)
        }
    }
}
