package import Model

/// What a survey of a host is to read.
package struct SurveyOptions: Sendable {
    /// Where sockets are read; nil takes sock_diag and falls back to /proc.
    package var source: Snapshot.Source?
    /// Dumps side by side: 1 or 2.
    package var threads = 1
    /// Seconds between two snapshots; nil for a single one.
    package var interval: Double?
    /// Whether every process is looked at, and its sockets are counted.
    package var allProcesses = false
    /// Only listeners, which costs the same however many connections there are.
    package var listenersOnly = false
    /// Of sockets that do not listen, only those to this port; nil for all.
    package var destinationPort: UInt16?
    /// Whether sockets that are bound and idle are asked for in any case, not only where there seem to be many.
    package var boundSockets = false
    /// The sysctls to read; asked for by the thread that reads them.
    package var keys: @Sendable () -> [String] = { [] }
    /// Those of them that are read though no boot-time file names them; nil for all.
    package var keysJudged: (@Sendable () -> Set<String>)?
    /// Whether the kernel takes a text for a key that holds something now: what boot writes in vain leaves what was there.
    package var takes: @Sendable (_ key: String, _ text: String, _ present: String?) -> Bool = {
        _, _, _ in true
    }
    /// What `tcptune apply` changed: settings of it are read in any case, and told from others.
    package var applied: @Sendable () -> AppliedChanges? = { nil }
    /// Who is asked for the owners of sockets; nil where this process looks itself.
    package var owners: OwnersClient?
    /// How many tuples are kept one by one.
    package var tupleLimit = 1024
    /// `all`, `init`, a process's number, a name or a path; nil for the one this process is in.
    package var namespaces: String?
    /// A namespace that was found before, which is read in place of those that `namespaces` names.
    package var place: NetworkNamespace?
    package var root = Root.host
    /// How dumps are spread over time; nil for at once.
    package var pace: DumpPace?

    package init() {}
}
