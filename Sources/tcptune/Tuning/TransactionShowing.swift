import HostState
import Kernel
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
        try show(TransactionReport(rollback, now: BootClock.now), to: output)
        if rollback.record.state == .partial {
            throw CommandFailure(status: .partial, message: "")
        }
        if rollback.metForeignValues { throw CommandFailure(status: .conflict, message: "") }
    }
}
