import Glibc
import Model

/// Reads all TCP sockets of the network namespace that the calling thread is in.
struct SocketSurvey: Sendable {
    /// Where to read: `nil` takes sock_diag and falls back to /proc.
    var source: Snapshot.Source?
    /// One dump after another, or two side by side, each for half of the ports.
    var threads = 1
    /// The ports that connect() chooses from.
    var range: ClosedRange<UInt16> = 32768...60999
    /// Those of them that it does not choose; nil for none.
    var reserved: PortSet?
    /// How many sockets there are, as far as a counter tells.
    var expected = 0
    /// How many tuples are kept one by one.
    var tupleLimit = 1024
    /// Only listeners: costs the same however many other sockets there are.
    var listenersOnly = false
    /// Of other sockets, only those to this port; nil for all.
    var destinationPort: UInt16?
    /// Of each listener, how many of the connections that wait are kept by their cookies.
    var waitingLimit = 0
    /// How many connections with unread data are kept by their cookies.
    var unreadLimit = UnreadSockets.mostKept
    var root = Root.host
    /// How dumps are spread over time; nil for at once.
    var pace: DumpPace?

    /// What was read beside the snapshot.
    struct Reading: Sendable {
        /// Sockets by process, and those of each tuple, where all processes were asked for.
        var owners: SocketOwnerCounts?
        var holders: TupleHolders?
        var waiting = WaitingConnections()
        /// Connections that hold unread data.
        var unread = UnreadReading()
        /// Local ports that lie side by side and are all in use.
        var portRuns: [PortRun] = []
        /// Local addresses of open connections.
        var addresses = LocalAddressTable()
    }

    /// Reads the sockets into the snapshot.
    ///
    /// - Parameter owners: who holds which socket, where all processes were asked for.
    @discardableResult
    func read(
        into snapshot: inout Snapshot, owners: SocketOwnerCounts? = nil
    ) throws(KernelError) -> Reading {
        let start = MonotonicClock.now
        var tally = emptyTally(owners)
        snapshot.source = try fill(&tally, notes: &snapshot.unseen)
        tally.fill(&snapshot, limit: tupleLimit)
        snapshot.dumpSeconds = MonotonicClock.now - start
        return Reading(
            owners: tally.owners, holders: tally.holders, waiting: tally.listeners.waiting,
            unread: tally.unreadReading, portRuns: tally.portRuns, addresses: tally.addresses)
    }

    /// Counts the sockets of the namespace in which that socket of sock_diag was opened.
    func count(on socket: borrowing NetlinkSocket) throws(KernelError) -> SocketTally {
        var tally = emptyTally()
        try readDiag(on: socket, into: &tally)
        return tally
    }

    private func emptyTally(_ owners: SocketOwnerCounts? = nil) -> SocketTally {
        var tally = SocketTally(
            range: range, reserved: reserved, owners: owners, expecting: expected)
        tally.isComplete = !listenersOnly && destinationPort == nil
        tally.keepWaiting(waitingLimit)
        tally.keepUnread(unreadLimit)
        return tally
    }

    /// The sockets of a run of local ports.
    func read(_ run: PortRun) throws(KernelError) -> PortRunTally {
        var tally = PortRunTally(run)
        try dump(
            DiagRequest.connected, on: try SocketDump.open(), into: &tally,
            filter: PortFilter(comparison: .sourceAtLeast, port: run.low, upTo: run.high))
        return tally
    }

    /// The sockets of Multipath TCP, which have a table of their own.
    func readMPTCP() throws(KernelError) -> MPTCPTally {
        var tally = MPTCPTally()
        let socket = try SocketDump.open()
        for family in [AF_INET, AF_INET6] {
            try SocketDump.run(
                DiagRequest(
                    states: DiagRequest.connected, walk: .oneFamily(family), isOfMPTCP: true),
                on: socket, into: &tally)
        }
        return tally
    }

    /// Sockets that are bound and idle: a walk through another table, dearer than that of connections.
    func readBound() throws(KernelError) -> BoundTally {
        var tally = BoundTally(range: range)
        try dump(DiagRequest.boundInactive, on: try SocketDump.open(), into: &tally)
        return tally
    }

    private func fill(
        _ tally: inout SocketTally, notes: inout [Unseen]
    ) throws(KernelError) -> Snapshot.Source {
        guard source != .proc, root.isHost else {
            try readProc(into: &tally, notes: &notes)
            return .proc
        }
        do {
            try readDiag(on: try SocketDump.open(), into: &tally)
            return .diag
        } catch  where source == nil {
            // No module, no such protocol, or a filter of system calls that refuses with whatever error it was given.
            tally = emptyTally()
            try readProc(into: &tally, notes: &notes)
            notes.append(
                Unseen(
                    what: "accept queue limits, IPV6_V6ONLY and control groups of sockets",
                    why: "tcptune read /proc/net/tcp instead: \(error)"))
            return .proc
        }
    }

    private func readDiag(
        on socket: borrowing NetlinkSocket, into tally: inout SocketTally
    ) throws(KernelError) {
        // Listeners first: a connection is told from a tuple by whether its local end listens.
        try dump(
            DiagRequest.listening, on: socket, into: &tally,
            extensions: DiagRequest.memoryOfSockets)
        guard !listenersOnly else { return }
        if let destinationPort {
            try dump(
                DiagRequest.connected, on: socket, into: &tally,
                filter: PortFilter(comparison: .destinationIs, port: destinationPort))
        } else if threads > 1 {
            try dumpInHalves(on: socket, into: &tally)
        } else {
            try dump(DiagRequest.connected, on: socket, into: &tally)
        }
    }

    private func dump<Sink: SocketRowSink>(
        _ states: UInt32, on socket: borrowing NetlinkSocket, into sink: inout Sink,
        filter: PortFilter? = nil, extensions: UInt8 = 0
    ) throws(KernelError) {
        try SocketDump.runBothFamilies(
            DiagRequest(states: states, filter: filter, extensions: extensions), on: socket,
            into: &sink, pace: pace)
    }

    /// Two dumps side by side, parted where half of the local ports lie.
    private func dumpInHalves(
        on socket: borrowing NetlinkSocket, into tally: inout SocketTally
    ) throws(KernelError) {
        let middle = try medianPort()
        let empty = tally.emptied()
        let survey = self
        // A new thread is in the namespace of the one that starts it.
        let upper = try SystemThread.start { () throws(KernelError) in
            var half = empty
            let socket = try SocketDump.open()
            try survey.dump(
                DiagRequest.connected, on: socket, into: &half,
                filter: PortFilter(comparison: .sourceAtLeast, port: middle + 1))
            return half
        }
        let lower = Result { () throws(KernelError) in
            try dump(
                DiagRequest.connected, on: socket, into: &tally,
                filter: PortFilter(comparison: .sourceAtMost, port: middle))
        }
        let half = try upper.join()
        try lower.get()
        tally.add(half)
    }

    /// The median of the local ports in the first datagram of a dump: its order is that of a hash.
    private func medianPort() throws(KernelError) -> UInt16 {
        var ports = PortSample()
        let socket = try SocketDump.open()
        try SocketDump.begin(
            DiagRequest(states: DiagRequest.connected), on: socket, into: &ports)
        ports.ports.sort()
        guard !ports.ports.isEmpty else { return 32767 }
        return min(ports.ports[ports.ports.count / 2], 65534)
    }

    /// Listeners first here, too; the rows are no picture of one moment.
    private func readProc(
        into tally: inout SocketTally, notes: inout [Unseen]
    ) throws(KernelError) {
        let (notUnderstood, isIPv6Empty) = try readProc { row in
            if row.state == .listen { tally.takeWithoutMessage(row) }
        }
        if isIPv6Empty {
            notes.append(
                Unseen(
                    what: "IPv6 sockets", why: KernelError.emptyFile("/proc/net/tcp6").description))
        }
        if notUnderstood > 0 {
            notes.append(
                Unseen(
                    what: "sockets on \(notUnderstood) lines of /proc/net/tcp and tcp6",
                    why: "the lines do not have the kernel's format"))
        }
        guard !listenersOnly else { return }
        _ = try readProc { row in
            if row.state != .listen { tally.takeWithoutMessage(row) }
        }
    }

    /// A host without IPv6 has no file of it.
    ///
    /// - Returns: how many lines were not understood, and whether the file of IPv6 has not even its heading.
    private func readProc(
        _ body: (borrowing SocketRow) -> Void
    ) throws(KernelError) -> (notUnderstood: Int, isIPv6Empty: Bool) {
        var isIPv6Empty = false
        var notUnderstood = try NetTCP.read(root: root, isIPv6: false, body)
        do throws(KernelError) {
            notUnderstood += try NetTCP.read(root: root, isIPv6: true, body)
        } catch {
            isIPv6Empty = error.isEmptyFile
            guard error.isAbsent || isIPv6Empty else { throw error }
        }
        return (notUnderstood, isIPv6Empty)
    }
}

/// Local ports of the rows that come.
private struct PortSample: SocketRowSink {
    var ports: [UInt16] = []

    mutating func take(_ row: SocketRow, message: RawSpan) { ports.append(row.sourcePort) }
}
