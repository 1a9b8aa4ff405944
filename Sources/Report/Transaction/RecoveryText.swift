package import Model

/// What the first step of a command found and did, in sentences; nothing where there was nothing to do.
package enum RecoveryText {
    /// - Parameters:
    ///   - rollback: what was taken back; nil where nothing was.
    ///   - confirmed: what was finished to be confirmed.
    ///   - pending: what waits to be confirmed.
    ///   - isRearmed: whether its guard was gone, and another watches now.
    ///   - isGuardUnseen: whether its guard is a process of another PID namespace.
    package static func lines(
        rollback: Rollback?, confirmed: TransactionRecord?, pending: TransactionRecord?,
        isRearmed: Bool, isGuardUnseen: Bool
    ) -> [String] {
        var lines: [String] = []
        if let rollback {
            let record = rollback.record
            let isWhole = record.state == .rolledBack
            lines.append(
                "reverted \(isWhole ? "" : "only a part of ")transaction \(record.id.prefix(8)) (\(record.profile)): "
                    + record.reason)
            lines += TransactionText.troubles(rollback)
        }
        if let confirmed {
            lines.append(
                "finished confirming transaction \(confirmed.id.prefix(8)) (\(confirmed.profile))"
            )
        }
        if isRearmed, let pending {
            lines.append(
                "the guard of transaction \(pending.id.prefix(8)) was gone; a new one is watching"
            )
        }
        if isGuardUnseen, let pending {
            lines.append(
                "the guard of transaction \(pending.id.prefix(8)) runs in another PID namespace and is not visible "
                    + "here")
        }
        return lines
    }
}
