import HostState

/// The settings of a namespace, read on a thread of its own beside the dump of its sockets: either takes a millisecond.
struct SettingsReading {
    private let keys: [String]
    private let root: Root
    /// Nil where no thread could be started.
    private let thread: SystemThread<SysctlSurvey>?

    /// Begins to read; a new thread is in the namespace of the one that starts it.
    init(keys: [String], root: Root) {
        self.keys = keys
        self.root = root
        thread = try? SystemThread.start { () throws(KernelError) in
            SysctlSurvey(keys: keys, root: root)
        }
    }

    /// Waits for the end, and adds what was read.
    func fill(_ snapshot: inout Snapshot) {
        let survey = (try? thread?.join()) ?? SysctlSurvey(keys: keys, root: root)
        snapshot.settings = survey.settings
        snapshot.strayAssignments = survey.stray
        snapshot.unseen += survey.unseen
    }

    /// The ports that connect() chooses from, which the dump must know before it begins.
    static func portRange(root: Root) -> ClosedRange<UInt16> {
        var reader = SysctlReader(root: root)
        guard let key = SysctlKey(Snapshot.portRangeKey), case .value(let text) = reader.read(key)
        else { return Snapshot.portRange("") }
        return Snapshot.portRange(text)
    }
}
