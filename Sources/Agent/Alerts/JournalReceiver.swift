package import Alerts
import Audit
import Kernel
import Model
import Text

/// The journal of systemd; standard error where none runs.
enum JournalReceiver {
    static func tell(_ message: AlertMessage) throws(DeliveryFailure) {
        do throws(KernelError) {
            try entry(message).send()
        } catch {
            guard error.isWithoutReader else {
                throw DeliveryFailure(reason: error.description)
            }
            AgentProgram.say(message.summary + ". " + message.details)
        }
    }

    private static func entry(_ message: AlertMessage) -> JournalEntry {
        var entry = JournalEntry()
        entry.add("MESSAGE", message.summary + "\n" + message.details)
        entry.add("PRIORITY", String(message.journalPriority))
        entry.add("MESSAGE_ID", message.kind.journalID)
        entry.add("SYSLOG_IDENTIFIER", "tcptune-agent")
        entry.add("TCPTUNE_RULE", message.key.rule.rawValue)
        entry.add("TCPTUNE_SUBJECT", message.key.subject)
        entry.add("TCPTUNE_NETNS", message.key.netns)
        entry.add("TCPTUNE_SEVERITY", message.severity.rawValue)
        entry.add("TCPTUNE_STATE", message.kind.rawValue)
        if let owner = message.sight.owner { entry.add("TCPTUNE_OWNER", owner) }
        if let start = UTC.iso(message.startsAt) { entry.add("TCPTUNE_SINCE", start) }
        return entry
    }
}

extension AlertMessage {
    /// Of syslog(3): critical is 2, and what is over is a notice.
    var journalPriority: Int {
        guard isFiring else { return 5 }
        switch severity {
        case .critical: return 2
        case .warning: return 4
        case .notice, .myth: return 5
        }
    }
}

extension AlertMessage.Kind {
    /// By which `journalctl MESSAGE_ID=…` finds all of a kind; these never change.
    package var journalID: String {
        switch self {
        case .raised: "5d9c7a4ee1f34c0fb0a1c2a5f1d48e37"
        case .cleared: "c36d0bb2f7a14f7f9d0c4be7a5836a91"
        case .digest: "8a41f0e95c764c64a2f5b1c8d7e3092b"
        }
    }
}
