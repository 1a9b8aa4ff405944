package import Tuning

/// What the first step of a command found and did, in sentences; nothing where there was nothing to do.
package enum RecoveryText {
    package static func lines(_ recovery: Recovery) -> [String] {
        var lines: [String] = []
        if let rollback = recovery.rollback {
            let record = rollback.record
            let isWhole = record.state == .rolledBack
            lines.append(
                "transaction \(record.id.prefix(8)) (\(record.profile)) \(isWhole ? "was" : "is not yet") taken back"
                    + "\(isWhole ? "" : " in full"): \(record.reason)")
            lines += TransactionText.troubles(rollback)
        }
        if let confirmed = recovery.confirmation?.record {
            lines.append(
                "the confirmation of transaction \(confirmed.id.prefix(8)) (\(confirmed.profile)) was finished"
            )
        }
        if recovery.rearmed, let pending = recovery.pending {
            lines.append(
                "the guard of transaction \(pending.id.prefix(8)) was gone; another one watches now"
            )
        }
        if recovery.isGuardUnseen, let pending = recovery.pending {
            lines.append(
                "the guard of transaction \(pending.id.prefix(8)) is a process of another PID namespace, and not to be seen "
                    + "from here")
        }
        return lines
    }
}
