import ArgumentParser
import Catalogue
import HostState
import Kernel
import Report

/// Where an observation comes from.
struct ReadingOptions: ParsableArguments {
    @Option(help: "Take two snapshots so far apart (2s, 500ms, 1m): counters become rates.")
    var interval: DurationArgument?

    @Option(help: "Network namespace: all, init, a process's number, a name of /run/netns, a path.")
    var netns: String?

    @Flag(help: "Look at every process, and count its sockets.")
    var processes = false

    @Flag(help: "Read listeners only: costs the same however many connections there are.")
    var listeners = false

    @Option(
        help: ArgumentHelp("Audit a snapshot that --save wrote, of any host.", valueName: "file"))
    var from: String?

    @Option(
        help: ArgumentHelp("Write the whole snapshot to a file, for --from.", valueName: "file"))
    var save: String?

    @Option(help: ArgumentHelp("Read /proc, /run and /etc of a captured tree.", valueName: "dir"))
    var root: String?

    @Option(help: "Read sockets by netlink or from /proc/net/tcp: diag, proc.")
    var source: SocketSource?

    @Option(help: "Dumps of the sockets side by side: 1 or 2.")
    var threads = 1

    func validate() throws {
        if let interval, !(0.01...86400 ~= interval.seconds) {
            throw ValidationError("--interval takes from 10ms to 24h.")
        }
        for (name, value) in [
            ("from", from), ("save", save), ("root", root), ("netns", netns),
        ] where value?.isEmpty == true {
            throw ValidationError("--\(name) takes a name, not an empty word.")
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
                    "--from shows what a snapshot holds; \(other.0) is for taking one.")
            }
        }
        if root != nil {
            if interval != nil {
                throw ValidationError("A captured tree does not change: --interval needs the host.")
            }
            if source == .diag {
                throw ValidationError("A captured tree has no sock_diag: use --source proc.")
            }
        }
    }

    /// Claims the file that `--save` names before any work is done.
    func claimSave(besides showing: ShowingOptions) throws -> ClaimedOutput? {
        guard let save else { return nil }
        guard save != showing.output else {
            throw CommandFailure(
                status: .usage,
                message: "--save and --output name the same file; each needs its own")
        }
        return try ClaimedOutput.claim(save)
    }

    func observation() throws -> Observation {
        guard let from else { return try survey() }
        let bytes: [UInt8]
        do throws(KernelError) {
            bytes = try InputFile.read(from, limit: SnapshotFile.largestBytes)
        } catch {
            throw CommandFailure.reading(error)
        }
        do throws(SnapshotFileError) {
            return try SnapshotFile.decode(bytes)
        } catch {
            throw CommandFailure(status: .badData, message: "cannot read \(from): \(error)")
        }
    }

    private func survey() throws -> Observation {
        var options = SurveyOptions()
        options.source = source?.source
        options.threads = threads
        options.interval = interval?.seconds
        options.allProcesses = processes
        options.listenersOnly = listeners
        options.keys = Knob.all.map(\.key)
        options.namespaces = netns
        if let root { options.root = Root(path: root) }
        do throws(KernelError) {
            if root != nil, !options.root.exists("/proc") {
                throw KernelError.absent(
                    "read", options.root.path + "/proc",
                    detail: "--root names the top of a tree that holds proc and etc")
            }
            return try HostSurvey(options).observe()
        } catch {
            throw error.isAbsent ? CommandFailure.reading(error) : CommandFailure.working(error)
        }
    }

    func save(_ observation: Observation, to output: ClaimedOutput?) throws {
        guard let output else { return }
        try output.write(try SnapshotFile.encode(observation, tool: Tcptune.tool))
    }
}

/// Where sockets are read.
enum SocketSource: String, ExpressibleByArgument, CaseIterable {
    case diag, proc

    var source: Snapshot.Source { self == .diag ? .diag : .proc }
}
