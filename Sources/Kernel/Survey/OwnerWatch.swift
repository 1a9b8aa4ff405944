import Glibc
import Model
import Synchronization
import Text

/// Looks, between two snapshots, for who holds live sockets of tuples that are mostly TIME_WAIT.
///
/// A program that opens a connection for each request holds one for milliseconds only: a single look misses it, and
/// TIME_WAIT has no process any more. Many short looks meet it.
final class OwnerWatch: Sendable {
    /// A look takes a millisecond or a few; so many times as long passes until the next, which is some 7 % of a processor.
    static let pause = 13.0
    /// Seconds between two looks, at least and at most.
    static let steps = 0.01...0.1
    /// A tuple is worth it from so many TIME_WAIT on: below, none is near a limit.
    static let fewestTimeWaits = 16
    static let mostTuples = 8
    /// Descriptors that a look lists, to know where new ones show: 2 µs each.
    static let budget = 1000
    /// Seconds after which the processes that may be meant are listed anew.
    static let listing = 1.0
    /// A tuple is known when the holders of so many of its connections were met.
    static let enough = 8
    /// So many sockets are remembered, of a tuple and of processes.
    private static let mostRemembered = 4096

    private struct State: ~Copyable {
        let socket: NetlinkSocket
        var descriptors: FreshDescriptors
        var listed = -Double.infinity
        /// Holders by socket, of all that were seen at processes: before the kernel told of the socket, or after.
        var holders: [UInt32: Int32] = [:]
        /// Live sockets of the tuples that the kernel told of.
        var seen: [Tuple: Set<UInt32>] = [:]
        /// By process, read when it was first met: it may have ended when all is told.
        var owners: [Int32: Owner] = [:]
        var done: Set<Tuple> = []
    }

    private let state: Mutex<State>
    private let tuples: Set<Tuple>
    private let namespace: UInt64
    private let root: Root

    private init(
        _ socket: consuming sending NetlinkSocket, tuples: Set<Tuple>, namespace: UInt64, root: Root
    ) {
        state = Mutex(State(socket: socket, descriptors: FreshDescriptors(root: root)))
        self.tuples = tuples
        self.namespace = namespace
        self.root = root
    }

    /// Opens a watch of the tuples that hold TIME_WAIT, in the namespace of the calling thread; nil where none does.
    ///
    /// Those whose owner is known are watched, too: a later snapshot may meet none of their live sockets, or those of
    /// another program that keeps its own.
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
    /// A connection may last for milliseconds only, so processes are looked at right before and right after the kernel
    /// tells of its sockets: a number that shows in both belongs to both.
    ///
    /// - Returns: seconds until the next look.
    func look() throws(KernelError) -> Double {
        let begin = BootClock.now
        try state.withLock { (state) throws(KernelError) in
            let open = tuples.subtracting(state.done)
            guard !open.isEmpty else { return }
            if begin - state.listed >= Self.listing {
                state.listed = begin
                state.descriptors.follow(try NamespaceMembers.read(of: namespace, root: root))
            }
            state.descriptors.list(budget: Self.budget)
            if state.holders.count > Self.mostRemembered { state.holders = [:] }
            glance(&state)
            for port in Set(open.map(\.port)) {
                var live = LiveSockets(tuples: open)
                let request = DiagRequest(
                    states: DiagRequest.connected & ~DiagRequest.bit(.timeWait),
                    filter: PortFilter(comparison: .destinationIs, port: port))
                try SocketDump.run(request, on: state.socket, into: &live)
                guard !live.inodes.isEmpty else { continue }
                if live.inodes.keys.contains(where: { state.holders[$0] == nil }) { glance(&state) }
                for (inode, tuple) in live.inodes {
                    guard state.seen[tuple, default: []].count < Self.mostRemembered else {
                        continue
                    }
                    state.seen[tuple, default: []].insert(inode)
                }
            }
            for tuple in open { meet(tuple, &state) }
        }
        let taken = BootClock.now - begin
        return min(max(taken * Self.pause, Self.steps.lowerBound), Self.steps.upperBound)
    }

    private func glance(_ state: inout State) {
        var holders = state.holders
        state.holders = [:]
        state.descriptors.glance { pid, inode in
            holders[inode] = pid
            return true
        }
        state.holders = holders
    }

    private func meet(_ tuple: Tuple, _ state: inout State) {
        var met = 0
        for inode in state.seen[tuple] ?? [] {
            guard let pid = state.holders[inode] else { continue }
            met += 1
            if state.owners[pid] == nil {
                state.owners[pid] = ProcessFacts.owner(of: [pid], root: root)
            }
        }
        if met >= Self.enough { state.done.insert(tuple) }
    }

    /// Writes the owners that were met into a later snapshot, where it has none itself or has another one.
    func fill(_ snapshot: inout Snapshot) {
        let (seen, holders, owners, hasDenied) = state.withLock {
            ($0.seen, $0.holders, $0.owners, $0.descriptors.hasDenied)
        }
        var met: Set<Int32> = []
        for index in snapshot.tuples.indices {
            guard let sockets = seen[snapshot.tuples[index].tuple] else { continue }
            let shares = Self.shares(of: sockets.compactMap { holders[$0] }, owners)
            let ledger = snapshot.tuples[index]
            guard let first = shares.first else {
                if ledger.owner.name == nil, ledger.owner.unit == nil, !hasDenied {
                    snapshot.tuples[index].owner.reason =
                        "tcptune saw \(sockets.count.counted("connection")) between the snapshots, and each ended "
                        + "before tcptune found its process"
                }
                continue
            }
            if ledger.owner.name == nil {
                snapshot.tuples[index].owner = Self.owner(shares, of: sockets.count)
                if shares.count > 1 { snapshot.tuples[index].owners = shares }
            } else if first.owner.name != ledger.owner.name, first.sockets > 1 {
                // The one that keeps its connections is not the one that makes them.
                let kept =
                    ledger.owners ?? [
                        OwnerShare(owner: ledger.owner, sockets: ledger.samples.count)
                    ]
                snapshot.tuples[index].owners =
                    shares
                    + kept.filter { one in !shares.contains { $0.owner.name == one.owner.name } }
            } else {
                continue
            }
            met.formUnion(shares.flatMap(\.owner.pids))
        }
        let known = Set(snapshot.processes.map(\.pid))
        snapshot.processes += met.subtracting(known).sorted()
            .compactMap { ProcessFacts.read($0, root: root) }
    }

    /// By program, most connections first.
    private static func shares(of pids: [Int32], _ owners: [Int32: Owner]) -> [OwnerShare] {
        var shares: [OwnerShare] = []
        for pid in pids {
            guard let owner = owners[pid], owner.name != nil else { continue }
            guard let place = shares.firstIndex(where: { $0.owner.name == owner.name }) else {
                shares.append(OwnerShare(owner: owner, sockets: 1))
                continue
            }
            shares[place].sockets += 1
            if !shares[place].owner.pids.contains(pid) { shares[place].owner.pids.append(pid) }
        }
        return shares.map { share in
            var share = share
            share.owner.pids.sort()
            share.owner.confidence = .likely
            return share
        }.sorted { $0.sockets > $1.sockets }
    }

    /// The one with most, and in words how many of those that were seen it held.
    private static func owner(_ shares: [OwnerShare], of seen: Int) -> Owner {
        guard var owner = shares.first?.owner, let most = shares.first?.sockets else {
            return .unknown
        }
        let found = shares.reduce(0) { $0 + $1.sockets }
        owner.reason =
            "had \(most.grouped) of \(seen.counted("connection")) to the same destination that tcptune saw "
            + "between the snapshots"
        if found < seen { owner.reason += "; the others ended before tcptune found their process" }
        owner.confidence = most > 1 ? .likely : .possible
        return owner
    }

    /// The live sockets of some tuples, by inode.
    private struct LiveSockets: SocketRowSink {
        let tuples: Set<Tuple>
        var inodes: [UInt32: Tuple] = [:]

        mutating func take(_ row: SocketRow, message: RawSpan) {
            guard row.inode != 0, inodes.count < 64 else { return }
            let tuple = Tuple(
                source: row.source, destination: row.destination, port: row.destinationPort)
            guard tuples.contains(tuple) else { return }
            inodes[row.inode] = tuple
        }
    }
}
