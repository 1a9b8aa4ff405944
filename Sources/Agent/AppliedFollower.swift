import Kernel
import Model
import Report
import Synchronization

/// Follows what `tcptune apply` publishes: the file is read each second, and understood anew only where it has changed.
///
/// To read it takes less than to be told: inotify(7) needs the directory, which is not there before something is applied.
final class AppliedFollower: Sendable {
    private struct State {
        var bytes: [UInt8]?
        var changes: AppliedChanges?
        var problem: String?
    }

    private let state = Mutex(State())
    private let boot: String?

    init() { boot = try? BootIdentity.read() }

    /// What is applied as far as is published; nil where nothing ever was in this boot, or it cannot be read.
    var changes: AppliedChanges? { state.withLock { $0.changes } }

    /// What is not known of it; empty where nothing was published.
    var unseen: [Unseen] {
        let (problem, changes) = state.withLock { ($0.problem, $0.changes) }
        let damaged = changes?.damaged.first.map { "\($0) is damaged" }
        return [problem, damaged].compactMap(\.self).map {
            Unseen(what: "settings that tcptune applied", why: $0)
        }
    }

    /// Reads the file again.
    func look() {
        let bytes: [UInt8]?
        do throws(KernelError) { bytes = try AppliedFile.read() } catch {
            state.withLock { $0 = State(bytes: nil, changes: nil, problem: error.description) }
            return
        }
        state.withLock { state in
            guard state.problem != nil || state.bytes != bytes else { return }
            state = State(bytes: bytes)
            guard let bytes else { return }
            guard let changes = AppliedDocument.decode(bytes) else {
                state.problem = "\(AppliedFile.path) is no document that this agent can read"
                return
            }
            // One that another boot left behind, where /run does not go with the boot.
            if changes.boot == boot { state.changes = changes }
        }
    }
}
