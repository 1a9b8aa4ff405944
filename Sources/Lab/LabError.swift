package import Kernel

/// Why an experiment or a load could not be run.
package struct LabError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// 2.
        case failed
        /// It would reach what is not the user's own: 78.
        case forbidden
        /// A setting or an option that makes no sense: 64 on the command line.
        case badData
        /// This kernel lacks what is needed: 69.
        case unavailable
        /// 77.
        case noPrivilege
    }

    package var kind: Kind
    /// What was tried, on what, why it failed, what to do.
    package var description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }

    package init(_ error: KernelError) {
        kind =
            error.isDenied
            ? .noPrivilege : error.isMissingFeature || error.isOverLimit ? .unavailable : .failed
        description = error.description
    }
}
