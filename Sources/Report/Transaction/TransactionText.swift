package import Tuning

/// How transactions are spoken of.
package enum TransactionText {
    /// What of a rollback needs a person's eye.
    package static func troubles(_ rollback: Rollback) -> [String] {
        var lines: [String] = []
        for knob in rollback.record.knobs {
            switch knob.outcome {
            case .foreign:
                lines.append(
                    "\(knob.name) is neither \(shown(knob.before)) nor \(shown(knob.landed)): somebody else set it, "
                        + "and it was left")
            case .failed:
                lines.append(
                    "\(knob.name) could not be put back; by hand: sysctl -w \(knob.name)='\(knob.before)'"
                )
            case .pending, .landed, .skipped, .restored: break
            }
        }
        return lines + rollback.remarks
    }

    /// What can be done with a transaction that waits to be confirmed.
    static func choices(_ record: TransactionRecord) -> Block {
        let id = record.id.prefix(8)
        return .remark(
            label: "next",
            ["confirm \(id)", "extend \(id) 5m", "rollback \(id)"]
                .map { Phrase.code("tcptune \($0)") }.joined(by: " · "))
    }

    /// A value as it is cited: an empty list has no text of its own, a long one is cut.
    static func shown(_ value: String) -> String {
        if value.isEmpty { return "(none)" }
        return value.utf8.count <= 60 ? value : "\(value.prefix(50))…"
    }
}
