import ArgumentParser
import Model

/// The options that say where an observation comes from.
struct ReadingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take two snapshots this far apart (2s, 500ms, 1m): counters become rates.",
            valueName: "time"))
    var interval: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Network namespace: all, init, a process number, a name in /run/netns, or a path.",
            valueName: "namespace"), completion: Completion.namespaces)
    var netns: String?

    @Flag(help: "Read every process, and show its sockets by state.")
    var processes = ReadingRequest().processes

    @Flag(help: "Read listeners only: the cost does not grow with the number of connections.")
    var listeners = ReadingRequest().listeners

    @Option(
        help: ArgumentHelp("Audit a snapshot that --save wrote on any host.", valueName: "file"),
        completion: .file())
    var from: String?

    @Option(
        help: ArgumentHelp("Write the whole snapshot to a file, for --from.", valueName: "file"),
        completion: .file())
    var save: String?

    @Option(
        help: ArgumentHelp("Read /proc, /run and /etc of a captured tree.", valueName: "dir"),
        completion: .directory)
    var root: String?

    @Option(help: "Read sockets through netlink or from /proc/net/tcp.")
    var source: SocketSource?

    @Option(help: ArgumentHelp("Number of socket dumps in parallel: 1 or 2.", valueName: "n"))
    var threads = ReadingRequest().threads

    func validate() throws {
        if let interval, !(0.01...86400 ~= interval.seconds) {
            throw ValidationError("--interval takes from 10ms to 24h.")
        }
        for (name, value) in [
            ("from", from), ("save", save), ("root", root), ("netns", netns),
        ] where value?.isEmpty == true {
            throw ValidationError("--\(name) needs a name, not an empty word.")
        }
        guard 1...2 ~= threads else { throw ValidationError("--threads takes 1 or 2.") }
        if from != nil {
            let others: [(String, Bool)] = [
                ("--interval", interval != nil), ("--netns", netns != nil),
                ("--processes", processes), ("--listeners", listeners), ("--root", root != nil),
                ("--source", source != nil),
            ]
            if let other = others.first(where: \.1) {
                throw ValidationError(
                    "--from shows a saved snapshot; \(other.0) is for taking a new one.")
            }
        }
        if root != nil {
            if interval != nil {
                throw ValidationError(
                    "A captured tree does not change: --interval needs a running host.")
            }
            if source == .diag {
                throw ValidationError("A captured tree has no sock_diag: use --source proc.")
            }
        }
    }

    var request: ReadingRequest {
        ReadingRequest(
            interval: interval?.seconds, netns: netns, processes: processes, listeners: listeners,
            from: from, save: save, root: root, source: source?.source, threads: threads)
    }
}

/// Where sockets are read.
enum SocketSource: String, ExpressibleByArgument, CaseIterable {
    case diag, proc

    var source: Snapshot.Source { self == .diag ? .diag : .proc }
}
