import Glibc
import HostState
import Synchronization

/// Looks, between two snapshots, for who holds live sockets of tuples that are mostly TIME_WAIT.
///
/// A program that opens a connection for each request holds one for milliseconds only: a single look misses it, and
/// TIME_WAIT has no process any more. Many short looks meet it.
final class OwnerWatch: Sendable {
    /// Seconds between two looks.
    static let step = 0.1
    /// A tuple is worth it from so many TIME_WAIT on: below, none is near a limit.
    static let fewestTimeWaits = 16
    static let mostTuples = 8
    /// Descriptors a look goes through, 3.5 µs each; ten looks a second then cost 7 % of a processor.
    static let budget = 2000
    /// After so many looks the processes that may be meant are listed anew.
    static let looksUntilListedAnew = 10
    /// A tuple is known when its owner was met so often.
    static let enough = 5

    private struct State: ~Copyable {
        let socket: NetlinkSocket
        var meetings: [Tuple: Meeting] = [:]
        var candidates = ProcessCandidates()
        var looks = 0
    }

    /// What the looks at one tuple brought.
    private struct Meeting {
        var count = 0
        var owner = Owner.unknown
    }

    private let state: Mutex<State>
    private let tuples: Set<Tuple>
    private let namespace: UInt64
    private let root: Root

    private init(
        _ socket: consuming sending NetlinkSocket, tuples: Set<Tuple>, namespace: UInt64, root: Root
    ) {
        state = Mutex(State(socket: socket))
        self.tuples = tuples
        self.namespace = namespace
        self.root = root
    }

    /// Opens a watch of the tuples that hold TIME_WAIT, in the namespace of the calling thread; nil where none does.
    ///
    /// Those whose owner is known are watched, too: a later snapshot may meet none of their live sockets.
    static func open(for snapshot: Snapshot, root: Root) throws(KernelError) -> OwnerWatch? {
        let tuples = snapshot.tuples
            .filter { $0.states[.timeWait] >= fewestTimeWaits }
            .prefix(mostTuples).map(\.tuple)
        guard !tuples.isEmpty, snapshot.source == .diag else { return nil }
        return OwnerWatch(
            try SocketDump.open(), tuples: Set(tuples), namespace: snapshot.namespace.inode,
            root: root)
    }

    /// Looks once at the tuples that were not met often enough.
    ///
    /// A connection may last for milliseconds only, so its holder is sought at once, and only among the processes of
    /// the namespace that run as the user who made the socket.
    func look() throws(KernelError) {
        try state.withLock { (state) throws(KernelError) in
            if state.looks % Self.looksUntilListedAnew == 0 {
                state.candidates = try ProcessCandidates(in: namespace, root: root)
            }
            state.looks += 1
            let open = tuples.filter { state.meetings[$0]?.count ?? 0 < Self.enough }
            for port in Set(open.map(\.port)) {
                var live = LiveSockets(tuples: open)
                let request = DiagRequest(
                    states: DiagRequest.connected & ~DiagRequest.bit(.timeWait),
                    filter: PortFilter(comparison: .destinationIs, port: port))
                try SocketDump.run(request, on: state.socket, into: &live)
                for (tuple, pid) in holders(of: live, among: state.candidates) {
                    let owner = ProcessFacts.owner(of: [pid], root: root)
                    guard owner.name != nil else { continue }
                    state.meetings[tuple, default: Meeting()].count += 1
                    state.meetings[tuple]?.owner = owner
                }
            }
        }
    }

    private func holders(
        of live: LiveSockets, among candidates: ProcessCandidates
    ) -> [Tuple: Int32] {
        var found: [Tuple: Int32] = [:]
        var scan = DescriptorScan(root: root)
        for pid in candidates.processes(of: live.uids)
        where !live.inodes.isEmpty && scan.linksRead < Self.budget {
            _ = scan.visit(pid, from: 0, entries: Self.budget - scan.linksRead) { inode in
                if let tuple = live.inodes[inode] { found[tuple] = pid }
                return true
            }
        }
        return found
    }

    /// Writes the owners that were met into a later snapshot, where it has none itself.
    func fill(_ snapshot: inout Snapshot) {
        let meetings = state.withLock { $0.meetings }
        for index in snapshot.tuples.indices where snapshot.tuples[index].owner.name == nil {
            guard let meeting = meetings[snapshot.tuples[index].tuple] else { continue }
            var owner = meeting.owner
            owner.confidence = .likely
            owner.reason =
                "held live sockets of the same source and destination when looked at between the snapshots"
            snapshot.tuples[index].owner = owner
            let known = Set(snapshot.processes.map(\.pid))
            snapshot.processes += owner.pids.filter { !known.contains($0) }
                .compactMap { ProcessFacts.read($0, root: root) }
        }
    }

    /// The live sockets of some tuples, by inode.
    private struct LiveSockets: SocketRowSink {
        let tuples: Set<Tuple>
        var inodes: [UInt32: Tuple] = [:]
        var uids: Set<UInt32> = []

        mutating func take(_ row: SocketRow, message: RawSpan) {
            guard row.inode != 0, inodes.count < 64 else { return }
            let tuple = Tuple(
                source: row.source, destination: row.destination, port: row.destinationPort)
            guard tuples.contains(tuple) else { return }
            inodes[row.inode] = tuple
            uids.insert(row.uid)
        }
    }
}
