import Model

/// Reads one network namespace, from a thread that is inside it.
struct NamespaceReading: Sendable {
    let namespace: Namespace
    let options: SurveyOptions
    /// Whether it is the second of two.
    var isLater = false

    /// Bound and idle sockets cost a walk more than all the rest: they are asked for where a tuple, or all the ports of a
    /// source, hold that share of the range, and where many sockets are in no other table.
    static let fillThatAsksForBoundPorts = 0.8
    /// The first kernel that tells of them.
    static let firstWithBoundInactive = (6, 8)
    /// The first kernel that tells which sockets are transparent, without which an address of theirs seems to be gone.
    static let firstWithTransparent = (5, 10)

    /// A snapshot, and what two of them tell together.
    struct Reading: Sendable {
        var snapshot: Snapshot
        var waiting = WaitingConnections()
        var unread = UnreadReading()
        /// Sockets of the fullest tuples by process, where all processes were asked for.
        var holders: [Tuple: [(pid: Int32, sockets: Int)]]?
    }

    /// The namespace, told to be the initial one or not by what only that has, where no link told.
    private var recognised: Namespace {
        guard options.root.isHost, namespace.isInit == nil else { return namespace }
        var namespace = namespace
        namespace.isInit = InitialNamespace.holdsCallingThread()
        return namespace
    }

    /// Reads all there is; what cannot be read is noted.
    ///
    /// - Parameters:
    ///   - owners: who holds which socket, where all processes were asked for.
    ///   - after: what the thread that reads the settings does then, beside this one.
    func read(
        owners: SocketOwnerCounts? = nil, andThen after: (@Sendable () -> Void)? = nil
    ) throws(KernelError) -> Reading {
        var snapshot = Snapshot(
            namespace: recognised, time: WallClock.now, uptime: BootClock.now, source: .none)
        let applied = applied(in: snapshot.namespace)
        let settings = SettingsReading(
            applied, keys: options.keys, judged: options.keysJudged,
            unixListeners: options.root.isHost && options.source != .proc
                && options.destinationPort == nil,
            root: options.root, takes: options.takes, andThen: after)
        guard options.root.isHost || options.root.exists("/proc") else {
            // The files of boot alone, as of a configuration in a repository.
            snapshot.unseen.append(
                Unseen(
                    what: "sockets, settings and counters",
                    why: "/proc is not in the captured tree; tcptune checks its boot files"))
            settings.fill(&snapshot)
            return Reading(snapshot: snapshot)
        }
        let (counters, unseenCounters) = CounterFiles.read(root: options.root)
        snapshot.counters = counters
        snapshot.unseen += unseenCounters
        var sockets = SocketSurvey()
        sockets.source = options.source
        sockets.threads = options.threads
        sockets.tupleLimit = options.tupleLimit
        sockets.listenersOnly = options.listenersOnly
        sockets.destinationPort = options.destinationPort
        sockets.waitingLimit = waitingLimit
        if isLater { sockets.unreadLimit = UnreadSockets.mostFound }
        let known = (counters["sockstat.TCP", "inuse"] ?? 0) + (counters["sockstat.TCP", "tw"] ?? 0)
        sockets.expected = Int(clamping: max(0, known))
        sockets.root = options.root
        sockets.pace = options.pace
        sockets.range = SettingsReading.portRange(root: options.root)
        sockets.reserved = SettingsReading.reservedPorts(root: options.root)
        var reading = Reading(snapshot: snapshot)
        do throws(KernelError) {
            let counted = try sockets.read(into: &reading.snapshot, owners: owners)
            reading.waiting = counted.waiting
            reading.unread = counted.unread
            if reading.snapshot.source == .diag {
                readOthers(sockets, counted, into: &reading.snapshot)
            }
            if let owners = counted.owners {
                reading.snapshot.processes = owners.processes(root: options.root)
                let fullest = reading.snapshot.tuples.prefix(OwnerAttribution.tuplesLookedUp)
                reading.holders = counted.holders?.counts(
                    of: fullest.map(\.tuple), processes: owners.pids)
            }
        } catch {
            // One file that a captured tree lacks ends no audit: counters and settings are judged without it.
            guard !options.root.isHost else { throw error }
            reading.snapshot.unseen.append(
                Unseen(
                    what: "sockets",
                    why: error.isAbsent
                        ? "/proc/net/tcp is not in the captured tree" : error.description))
        }
        settings.fill(&reading.snapshot)
        ConnectionOptions.fill(&reading.snapshot, range: sockets.range)
        if wantsBound(reading.snapshot, range: sockets.range) {
            readBound(sockets, into: &reading.snapshot)
        }
        return reading
    }

    /// What `tcptune apply` set here.
    private func applied(in namespace: Namespace) -> [String: AppliedSetting] {
        options.applied()?.settings(in: namespace) { try? NamespaceCookie.read() } ?? [:]
    }

    /// What a second question tells of the sockets that were read; each is asked only where there is something to ask.
    private func readOthers(
        _ sockets: SocketSurvey, _ counted: SocketSurvey.Reading, into snapshot: inout Snapshot
    ) {
        if MPTCPTally.isWorthwhile(snapshot.counters) {
            do throws(KernelError) { snapshot.mptcp = try sockets.readMPTCP().result } catch {
                snapshot.unseen.append(
                    Unseen(what: "sockets of Multipath TCP", why: error.description))
            }
        }
        UnaskedData.fill(&snapshot)
        // What a filter of system calls refuses is not told, and nothing else depends on it.
        snapshot.loopbackUp = try? LinkReadiness.isLoopbackUp()
        for place in snapshot.listeners.indices where snapshot.listeners[place].interface != 0 {
            snapshot.listeners[place].interfaceName = InterfaceIndex.name(
                of: snapshot.listeners[place].interface)
        }
        guard !options.listenersOnly, options.destinationPort == nil else { return }
        PortBlocks.fill(&snapshot, from: counted.portRuns, survey: sockets)
        fillGoneAddresses(&snapshot, from: counted.addresses)
    }

    private func fillGoneAddresses(
        _ snapshot: inout Snapshot, from addresses: LocalAddressTable
    ) {
        guard HostFacts.kernel(isAtLeast: Self.firstWithTransparent) else { return }
        let all = addresses.result
        if addresses.isOverfull {
            snapshot.unseen.append(
                Unseen(
                    what:
                        "whether this host still has the other local addresses of its connections",
                    why: "tcptune checked \(LocalAddressTable.mostAddresses); these came later"))
        }
        guard !all.isEmpty else {
            snapshot.goneAddresses = []
            return
        }
        do throws(KernelError) {
            let missing = try LocalAddresses.open().missing(of: all.map(\.address))
            snapshot.goneAddresses = all.filter { missing.contains($0.address) }
                .sorted { $0.states.total > $1.states.total }
        } catch {
            snapshot.unseen.append(
                Unseen(what: "local addresses of connections", why: error.description))
        }
    }

    /// Cookies are kept for a later snapshot only, of which none is left out.
    private var waitingLimit: Int {
        guard options.interval != nil else { return 0 }
        return isLater ? .max : WaitingConnections.mostKept
    }

    private func wantsBound(_ snapshot: Snapshot, range: ClosedRange<UInt16>) -> Bool {
        guard snapshot.source == .diag else { return false }
        if options.boundSockets { return true }
        guard !options.listenersOnly, options.destinationPort == nil else { return false }
        let enough = Self.fillThatAsksForBoundPorts * Double(range.count)
        return Double(snapshot.tuples.first?.used ?? 0) >= enough
            || Double(snapshot.sourcePorts?.first?.distinct ?? 0) >= enough
            || InvisibleSockets.areMany(counters: snapshot.counters, root: options.root)
    }

    /// A kernel that does not tell of them sends nothing: absent is not zero.
    private func readBound(_ sockets: SocketSurvey, into snapshot: inout Snapshot) {
        let bound: BoundTally
        do throws(KernelError) { bound = try sockets.readBound() } catch {
            snapshot.unseen.append(
                Unseen(
                    what: "sockets that are bound and idle (BOUND_INACTIVE)",
                    why: error.description))
            return
        }
        guard bound.sockets > 0 || HostFacts.kernel(isAtLeast: Self.firstWithBoundInactive) else {
            snapshot.unseen.append(
                Unseen(
                    what: "sockets that are bound and idle (BOUND_INACTIVE)",
                    why: "Linux reports them since 6.8"))
            return
        }
        bound.fill(&snapshot)
    }
}
