import CNetlink
import Glibc
import Model

/// Whether the caller is in a container, and what that hides.
enum Container {
    /// Whether `/proc` shows other processes than the host's.
    static func hidesProcesses(root: Root) -> Bool {
        root.isHost && ProcessNamespace.isInitial(root: root) == false
    }

    /// Whether `/etc` is another than the host's, so that its files are none that the host boots by.
    ///
    /// A container may be given the host's processes (`--pid=host`), not its files: then process 1 has another `/etc`.
    static func hidesBootFiles(root: Root) -> Bool {
        guard root.isHost else { return false }
        if hidesProcesses(root: root) { return true }
        return isShared("/etc") == false
    }

    /// Whether a file or directory is the same to process 1; nil where that cannot be told.
    static func isShared(_ path: String) -> Bool? {
        guard let own = status(path), let first = status("/proc/1/root" + path) else { return nil }
        return own.st_ino == first.st_ino && own.st_dev == first.st_dev
    }

    static func status(_ path: String) -> stat? {
        var status = Glibc.stat()
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    static let unseenProcesses = Unseen(
        what: "processes outside of this container",
        why: "processes in other PID namespaces are not visible; run tcptune on the host")

    static let unseenBootFiles = Unseen(
        what: "what the host sets at boot",
        why: "this is a container: the host does not read the container's sysctl.d files at boot")
}
