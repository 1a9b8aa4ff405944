import Kernel
package import Model

/// What may be loaded: what is in own namespaces or on this machine's loopback, and the rest only on the user's word.
package enum TargetRules {
    /// Requests a second to a target that is not on this machine, at most.
    package static let ceiling = 5000.0
    /// Connections at a time, likewise.
    package static let mostConnections = 256

    /// Refuses a plan that could hurt somebody.
    package static func check(_ plan: LoadPlan, isOwned: Bool) throws(Refusal) {
        guard case .addresses(let addresses) = plan.target,
            let other = addresses.first(where: { !$0.address.isLoopback })
        else { return }
        guard isOwned else {
            throw Refusal(
                .unsafeConfiguration,
                "tcptune will not load \(other.address): it is neither 127.0.0.0/8 nor ::1; if it is yours, use --i-own-the-target with --rate and --for"
            )
        }
        guard case .open(let from, let to, _) = plan.pace, plan.seconds != nil else {
            throw Refusal(
                .unsafeConfiguration,
                "tcptune will not load \(other.address) without an end and a limit: give --rate and --for"
            )
        }
        guard max(from, to) <= ceiling, plan.connections <= mostConnections else {
            throw Refusal(
                .unsafeConfiguration,
                "tcptune will not load \(other.address) with more than \(Int(ceiling)) requests per second or \(mostConnections) concurrent connections"
            )
        }
    }
}
