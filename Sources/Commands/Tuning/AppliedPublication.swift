import Kernel
import Model
import Report
import Tuning

/// Tells programs without root what is applied: the agent, and an audit by anybody.
///
/// A copy for readers: no command reads it to decide anything, and none fails because of it.
enum AppliedPublication {
    /// Publishes what the journal says, which its holder has changed or may have.
    static func publish(_ journal: borrowing Journal) { publish() }

    /// Publishes where there is no state at all; nothing, where nothing was published either.
    static func publishWithoutState() {
        guard (try? AppliedFile.read()) != nil else { return }
        publish()
    }

    private static func publish() {
        do {
            let changes = try AppliedChanges.read()
            let (host, _) = HostFacts.read(root: .host)
            try AppliedFile.publish(
                try AppliedDocument.encode(
                    changes, host: host, tool: Tcptune.tool,
                    clock: WallClock.now - BootClock.now))
        } catch {
            Tcptune.say(
                "tcptune: cannot update \(AppliedFile.path), from which tcptune-agent learns the applied settings: \(error)"
            )
        }
    }

    /// What is published, for an audit; nil where nothing is, or it is of another boot.
    static func read() -> AppliedChanges? {
        guard let bytes = try? AppliedFile.read(), let changes = AppliedDocument.decode(bytes),
            let boot = try? BootIdentity.read(), boot == changes.boot
        else { return nil }
        return changes
    }
}
