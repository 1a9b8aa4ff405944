import Audit
import Catalogue
import Kernel
import Model
import Report

/// Where an observation comes from.
///
/// A plain value, with the defaults of the options: a command that was given none needs no parser.
struct ReadingRequest {
    /// Seconds between two snapshots; nil for a single one.
    var interval: Double?
    var netns: String?
    var processes = false
    var listeners = false
    var from: String?
    var save: String?
    var root: String?
    var source: Snapshot.Source?
    var threads = 1
    /// Whether only those settings are read that are judged; the others are for tools, and for comparing.
    var judgedSettingsOnly = false
    /// Whether bound and idle sockets are asked for in any case.
    var boundSockets = false

    /// Whether nothing is said while it takes its time.
    var isQuiet = false

    /// What the commands of a page must name to be about the same.
    var origin: ObservedFrom {
        if let from { return .snapshot(file: from) }
        return root.map { .tree(directory: $0) } ?? .host
    }
    /// Settings that are read although the catalogue's list of TCP's has not them.
    var besides: [String] = []

    /// Claims the file that `--save` names before any work is done.
    func claimSave(besides showing: ShowingRequest) throws -> ClaimedOutput? {
        guard let save else { return nil }
        guard save != showing.output else {
            throw CommandFailure(
                status: .usage,
                message: "--save and --output name the same file; give each its own")
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

    /// Reads, and saves what was read where that is asked for; that it can be saved is tried first.
    func observation(besides showing: ShowingRequest) throws -> Observation {
        let saved = try claimSave(besides: showing)
        let observation = try self.observation()
        try save(observation, to: saved)
        return observation
    }

    /// What a survey is to read, without a look at whether it is there.
    var surveyOptions: SurveyOptions {
        var options = SurveyOptions()
        options.source = source
        options.threads = threads
        options.interval = interval
        options.allProcesses = processes
        options.listenersOnly = listeners
        options.boundSockets = boundSockets
        let besides = besides
        options.keys = { Knob.all.map(\.key) + besides }
        options.takes = { Knob.takes($1, for: $0, present: $2) }
        // Of several namespaces all settings are compared.
        if judgedSettingsOnly, netns == nil { options.keysJudged = { Situation.settingsJudged } }
        options.namespaces = netns
        if let root {
            options.root = Root(path: root)
        } else {
            options.applied = { AppliedPublication.read() }
        }
        return options
    }

    private func survey() throws -> Observation {
        let options = surveyOptions
        do throws(KernelError) {
            // Boot-time files alone can be judged, as those of a configuration that is kept in a repository.
            let tops = ["/proc", "/etc", "/run/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"]
            if root != nil, !tops.contains(where: options.root.exists) {
                throw KernelError.absent(
                    "read", options.root.path + "/proc",
                    detail: "--root takes the top of a tree that contains proc, etc, or both")
            }
            let line = ProgressLine(isQuiet: isQuiet)
            defer { line.clear() }
            line.show("reading this host", left: interval)
            var observation = try HostSurvey(options).observe()
            if listeners { observation.noteUnreadConnections() }
            return observation
        } catch {
            throw error.isAbsent ? CommandFailure.reading(error) : CommandFailure.working(error)
        }
    }

    func save(_ observation: Observation, to output: ClaimedOutput?) throws {
        guard let output else { return }
        try output.write(try SnapshotFile.encode(observation, tool: Tcptune.tool))
    }
}

extension Observation {
    /// Sockets that were not asked for are not absent.
    fileprivate mutating func noteUnreadConnections() {
        for index in views.indices {
            views[index].now.unseen.append(
                Unseen(
                    what: Coverage.unreadConnections, why: "--listeners reads listeners only"))
        }
    }
}
