import Kernel
import Model
import Report
import Tuning

/// How the commands that change a host show what they did.
extension ShowingRequest {
    func show(_ report: TransactionReport, to output: ClaimedOutput) throws {
        try show(report.document(), to: output) {
            let (host, _) = HostFacts.read(root: .host)
            return try report.json(host: host, tool: Tcptune.tool)
        }
    }

    /// Shows a rollback, and ends with the status that it comes to.
    func show(_ rollback: Rollback, to output: ClaimedOutput) throws {
        // That comes before a reader that has gone, which alone would be no failure.
        var unshown: (any Error)?
        do { try show(TransactionReport(rollback, now: BootClock.now), to: output) } catch {
            unshown = error
        }
        if let status = Self.unfinished(rollback) {
            throw CommandFailure(status: status, message: "")
        }
        if rollback.isUnrecorded {
            throw CommandFailure(
                status: .partial,
                message:
                    "tcptune reverted the values but could not record it: run the command again once it can"
            )
        }
        if let unshown { throw unshown }
    }

    /// Shows a rollback that a failure led to, and ends with that failure unless something is left to be put back.
    func show(
        _ rollback: Rollback, after failure: CommandFailure, to output: ClaimedOutput
    ) throws -> Never {
        try? show(TransactionReport(rollback, now: BootClock.now), to: output)
        throw CommandFailure(
            status: Self.unfinished(rollback) ?? failure.status, message: failure.message)
    }

    /// Shows what was confirmed, or why it could not be.
    ///
    /// - Parameter leftOut: what of the plan could not be had.
    func show(
        _ confirmation: Confirmation, leftOut: [ImpossibleSetting] = [], to output: ClaimedOutput
    ) throws {
        if let failure = confirmation.failure {
            guard let rollback = confirmation.rollback else { throw CommandFailure(failure) }
            try show(rollback, after: CommandFailure(failure), to: output)
        }
        if let unsettled = confirmation.unsettled {
            Tcptune.say(
                "tcptune: \(unsettled.description); the change is confirmed anyway, and the next command finishes "
                    + "its record")
        }
        try show(
            TransactionReport(
                .confirmed, confirmation.record, leftOut: leftOut, now: BootClock.now,
                isOfContainer: BootPlace.isContainer), to: output)
    }

    /// The status of one that could not put everything back.
    private static func unfinished(_ rollback: Rollback) -> ExitStatus? {
        if rollback.record.state == .partial { return .partial }
        return rollback.metForeignValues ? .conflict : nil
    }
}
