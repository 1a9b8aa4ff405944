package import Model
import Text

/// How transactions are spoken of.
package enum TransactionText {
    /// What of a rollback needs a person's eye.
    package static func troubles(_ rollback: Rollback) -> [String] {
        var lines: [String] = []
        for knob in rollback.record.knobs {
            switch knob.outcome {
            case .foreign:
                let present = knob.found.map { "is \(shown($0)), which" } ?? "has a value that"
                lines.append(
                    "\(name(knob, in: rollback.record)) \(present) no transaction set that tcptune can read: left unchanged. "
                        + "Before the transaction it was \(shown(knob.before)); to set that\(enter(knob))sysctl -w "
                        + "\(knob.name)='\(knob.before)'")
            case .failed:
                let cause = knob.cause.map { ": \($0)" } ?? ""
                lines.append(
                    "tcptune could not revert \(name(knob, in: rollback.record))\(cause); by hand\(enter(knob))sysctl -w "
                        + "\(knob.name)='\(knob.before)'")
            case .pending, .landed, .skipped, .restored, .covered: break
            }
        }
        return lines + rollback.remarks
    }

    /// The key, and the namespace where that is not the caller's and a rollback went through several.
    static func name(_ knob: KnobImage, in record: TransactionRecord) -> String {
        guard record.undoesAll else { return knob.name }
        return knob.name + (knob.place.map { " (network namespace \($0.name))" } ?? "")
    }

    /// What stands between "by hand" and a command that is to run in the value's namespace.
    private static func enter(_ knob: KnobImage) -> String {
        guard let place = knob.place else { return ": " }
        guard let path = place.path else { return ", in network namespace \(place.name): " }
        for directory in ["/run/netns/", "/var/run/netns/"] where path.hasPrefix(directory) {
            return ": ip netns exec \(path.dropFirst(directory.utf8.count)) "
        }
        return ": nsenter --net=\(path) "
    }

    /// What can be done with a transaction that waits to be confirmed.
    ///
    /// - Parameter now: as for `end(of:now:)`.
    static func choices(_ record: TransactionRecord, now: Double?) -> Block {
        let id = record.id.prefix(8)
        if record.isBeingTakenBack {
            return .remark(label: "next", .code("tcptune recover") + .quiet(" (tries again)"))
        }
        if let now, record.isOver(at: now) {
            return .remark(
                label: "next",
                .code("tcptune recover") + .quiet(" (reverts it if its guard has not)"))
        }
        return .remark(
            label: "next",
            ["confirm \(id)", "extend \(id) 5m", "rollback \(id)"]
                .map { Phrase.code("tcptune \($0)") }.joined(by: " · "))
    }

    /// When a transaction under way is taken back, or what becomes of it.
    ///
    /// - Parameter now: seconds of `BootClock`; nil where that cannot be told.
    static func end(of record: TransactionRecord, now: Double?) -> String {
        switch record.state {
        case .prepared, .armed: return "tcptune is applying it"
        case .confirming: return "tcptune is confirming it"
        case .confirmed: return "confirmed"
        case .rolledBack: return "reverted"
        case .rollingBack: return "tcptune is reverting it"
        case .partial: return "tcptune could not revert all of it"
        case .applied: break
        }
        guard let deadline = record.deadlineSeconds else { return "nobody reverts it" }
        guard let now else {
            return "its deadline is unknown in this time namespace"
        }
        return deadline > now
            ? "reverts in \((deadline - now).duration)"
            : "not confirmed in time: its deadline passed \((now - deadline).duration) ago"
    }

    /// A value as it is cited: an empty list has no text of its own, a long one is cut.
    static func shown(_ value: String) -> String {
        if value.isEmpty { return "(none)" }
        return value.utf8.count <= 60 ? value : "\(value.prefix(50))…"
    }
}
