import HostState

/// The settings of a namespace, read on a thread of its own beside the dump of its sockets: either takes a millisecond.
struct SettingsReading {
    private let survey: Deferred<SysctlSurvey>

    /// Begins to read; a new thread is in the namespace of the one that starts it, and goes on to what comes after.
    ///
    /// One such thread, not two: on two processors the thread that dumps would wait for a time slice.
    init(
        keys: @escaping @Sendable () -> [String], judged: (@Sendable () -> Set<String>)?,
        root: Root,
        andThen after: (@Sendable () -> Void)? = nil
    ) {
        let survey = Deferred { SysctlSurvey(keys: keys(), judged: judged?(), root: root) }
        self.survey = survey
        // Where no thread can be started, the one that needs it reads.
        try? SystemThread<Void>.detach {
            _ = survey.value
            after?()
        }
    }

    /// Adds what was read; waits for it, or reads it here.
    func fill(_ snapshot: inout Snapshot) {
        let survey = survey.value
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
