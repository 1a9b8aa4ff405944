package import Kernel
package import Model

/// Why a profile could not be had.
package enum ProfileFailure: Error, Sendable {
    /// Its file, or one that it extends, is wrong.
    case wrong(TextError)
    /// There is none, or it is not to be trusted.
    case other(Refusal)

    var tuning: Refusal {
        switch self {
        case .wrong(let error) where error.problems.count > 1:
            Refusal(
                .badData,
                "\(error); all problems: tcptune profile lint \(error.problems[0].path)")
        case .wrong(let error): Refusal(.badData, error.description)
        case .other(let error): error
        }
    }
}

extension TrustedFile.Refusal {
    package var tuning: Refusal {
        switch self {
        case .untrusted(let reason): Refusal(.unsafeConfiguration, reason)
        case .unreadable(let error):
            Refusal(
                error.isDenied ? .noPrivilege : error.isTooLarge ? .badData : .noInput,
                error.description)
        }
    }
}
