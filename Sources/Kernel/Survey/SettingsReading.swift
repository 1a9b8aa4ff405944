import Model

/// The settings of a namespace and its Unix listeners, read on a thread of its own beside the dump of its sockets: either
/// takes a millisecond.
struct SettingsReading {
    private let survey: Deferred<Found>
    private let applied: [String: AppliedSetting]
    private let root: Root

    fileprivate struct Found: Sendable {
        var settings: SysctlSurvey
        var unixListeners: UnixListeners?
        var unseen: [Unseen] = []
    }

    /// Begins to read; a new thread is in the namespace of the one that starts it, and goes on to what comes after.
    ///
    /// One such thread, not two: on two processors the thread that dumps would wait for a time slice.
    ///
    /// - Parameters:
    ///   - applied: what was applied here, by key: read besides the keys, whoever judges them.
    ///   - unixListeners: whether they are read, too.
    init(
        _ applied: [String: AppliedSetting] = [:],
        keys: @escaping @Sendable () -> [String], judged: (@Sendable () -> Set<String>)?,
        unixListeners: Bool, root: Root,
        takes: @escaping @Sendable (String, String, String?) -> Bool = { _, _, _ in true },
        andThen after: (@Sendable () -> Void)? = nil
    ) {
        let keysApplied = Set(applied.keys)
        let survey = Deferred {
            var keys = keys()
            if !keysApplied.isEmpty { keys += keysApplied.subtracting(keys).sorted() }
            var found = Found(
                settings: SysctlSurvey(
                    keys: keys, judged: judged?().union(keysApplied), root: root, takes: takes))
            if unixListeners { found.readUnixListeners() }
            return found
        }
        self.survey = survey
        self.applied = applied
        self.root = root
        // Where no thread can be started, the one that needs it reads.
        try? SystemThread<Void>.detach {
            _ = survey.value
            after?()
        }
    }

    /// Adds what was read; waits for it, or reads it here.
    func fill(_ snapshot: inout Snapshot) {
        let found = survey.value
        snapshot.settings = found.settings.settings
        if !applied.isEmpty {
            for index in snapshot.settings.indices {
                snapshot.settings[index].applied = applied[snapshot.settings[index].key]
            }
        }
        snapshot.unixListeners = found.unixListeners
        snapshot.unseen += found.unseen
        if !root.isHost, root.exists("/proc"), !root.exists("/proc/sys/net") {
            snapshot.unseen.append(
                Unseen(what: "settings", why: "/proc/sys/net is not in the captured tree"))
        }
        guard !Container.hidesBootFiles(root: root) else {
            for index in snapshot.settings.indices { snapshot.settings[index].boot = nil }
            snapshot.unseen.append(Container.unseenBootFiles)
            return
        }
        snapshot.strayAssignments = found.settings.stray
        snapshot.unseen += found.settings.unseen
    }

    /// The ports that connect() chooses from, which the dump must know before it begins.
    static func portRange(root: Root) -> ClosedRange<UInt16> {
        var reader = SysctlReader(root: root)
        guard let key = SysctlKey(Snapshot.portRangeKey), case .value(let text) = reader.read(key)
        else { return Snapshot.portRange("") }
        return Snapshot.portRange(text)
    }

    /// Those of them that it does not choose; nil for none.
    static func reservedPorts(root: Root) -> PortSet? {
        var reader = SysctlReader(root: root)
        guard let key = SysctlKey("net.ipv4.ip_local_reserved_ports"),
            case .value(let text) = reader.read(key)
        else { return nil }
        return PortSet(text)
    }
}

extension SettingsReading.Found {
    /// Kernels without the module have none to tell of, and no more is said.
    fileprivate mutating func readUnixListeners() {
        do throws(KernelError) {
            unixListeners = try UnixListenerDump.read()
        } catch {
            unseen.append(Unseen(what: "accept queues of Unix sockets", why: error.description))
        }
    }
}
