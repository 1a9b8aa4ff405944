import Model
import Text

/// The owners that the holders of sockets make; the same processes often hold many, and are read once.
struct KnownHolders {
    private let holders: SocketOwners
    private let root: Root
    /// Those met so far, each with the processes that make it.
    private var seen: [SeenHolder] = []
    /// The first of those seen by the lowest number among its processes.
    private var firstSeen = InodeTable()
    /// What is told of each process that was asked for, nil for one that has gone, and its place by number.
    private var facts: [ProcessInUse?] = []
    private var factsOf = InodeTable()

    private struct SeenHolder {
        let pids: [Int32]
        let owner: Owner
        /// Where the next one with the same lowest number is.
        var next: Int?
    }

    init(owners holders: SocketOwners, root: Root) {
        self.holders = holders
        self.root = root
    }

    var unseen: [Unseen] { holders.unseen }

    /// Why no owner is known: no process holds it, or not all descriptors were looked at.
    ///
    /// - Parameter held: what the owner was sought of: `its open sockets`.
    func reasonWithoutOwner(_ held: String) -> String {
        holders.end == .budgetSpent
            ? "the short search did not find the process that holds \(held) (--processes searches all)"
            : "found no process that holds \(held)"
    }

    /// The processes that hold a socket, without systemd where it opened the socket for the others.
    private mutating func users(of inode: UInt32) -> [Int32] {
        let pids = holders.holders(of: inode)
        guard pids.count > 1 else { return pids }
        var named: [(pid: Int32, name: String)] = []
        for pid in pids { if let process = process(pid) { named.append((pid, process.name)) } }
        return ProcessFacts.withoutActivator(named).map(\.pid)
    }

    /// The owners of some sockets by their programs' names, each with how many of the sockets it holds, most first.
    ///
    /// A socket that several processes share is its first holder's.
    mutating func shares(of samples: [SocketSample]) -> [OwnerShare] {
        var counts: [(pids: [Int32], sockets: Int)] = []
        for sample in samples {
            let pids = users(of: sample.inode)
            if !pids.isEmpty { counts.append((pids, 1)) }
        }
        return shares(of: counts)
    }

    /// The same of processes that are known to hold so many sockets.
    mutating func shares(of counts: [(pids: [Int32], sockets: Int)]) -> [OwnerShare] {
        var programs: [(name: String, pids: [Int32], sockets: Int)] = []
        for (pids, sockets) in counts {
            let named = pids.compactMap { pid in process(pid).map { (pid: pid, name: $0.name) } }
            guard let name = named.first?.name else { continue }
            let place = programs.firstIndex { $0.name == name } ?? programs.count
            if place == programs.count { programs.append((name, [], 0)) }
            programs[place].sockets += sockets
            for one in named where one.name == name && !programs[place].pids.contains(one.pid) {
                programs[place].pids.append(one.pid)
            }
        }
        return programs.sorted { ($0.sockets, $1.name) > ($1.sockets, $0.name) }.map { program in
            let pids = Array(program.pids.sorted().prefix(SocketOwners.mostHolders))
            return OwnerShare(
                owner: Owner(
                    name: program.name, pids: pids,
                    unit: pids.first.flatMap { process($0)?.unit }, confidence: .certain,
                    reason: program.sockets == 1
                        ? "holds one of the sockets"
                        : "holds \(program.sockets.grouped) of the sockets"),
                sockets: program.sockets)
        }
    }

    /// The owner of what these sockets belong to; nil where no process was found, or all have gone.
    ///
    /// The processes that hold the first of them come first.
    mutating func owner(
        of samples: [SocketSample], confidence: Owner.Confidence, reason: String
    ) -> Owner? {
        var pids: [Int32] = []
        var all: [Int32] = []
        for sample in samples { all += users(of: sample.inode) }
        for pid in all.sorted() where pid != pids.last { pids.append(pid) }
        guard let lowest = pids.first else { return nil }
        var owner = owner(of: pids, lowest: lowest)
        guard owner.name != nil else { return nil }
        owner.confidence = confidence
        owner.reason = reason
        if samples.count > 1, let first = samples.first {
            let pids = users(of: first.inode)
            owner.pids = Array(
                (pids + owner.pids.filter { !pids.contains($0) }).prefix(SocketOwners.mostHolders))
        }
        return owner
    }

    private mutating func owner(of pids: [Int32], lowest: Int32) -> Owner {
        let key = UInt32(bitPattern: lowest)
        var place = firstSeen[key].map(Int.init)
        var last: Int?
        while let index = place {
            if seen[index].pids == pids { return seen[index].owner }
            last = index
            place = seen[index].next
        }
        var named: [(pid: Int32, name: String)] = []
        for pid in pids.prefix(SocketOwners.mostHolders) {
            if let process = process(pid) { named.append((pid, process.name)) }
        }
        let owner = ProcessFacts.owner(named, confidence: .certain, reason: "") {
            process($0)?.unit
        }
        if let last {
            seen[last].next = seen.count
        } else {
            firstSeen.insert(key, Int32(seen.count))
        }
        seen.append(SeenHolder(pids: pids, owner: owner))
        return owner
    }

    /// What is told of a process, read once; nil for one that has gone.
    mutating func process(_ pid: Int32) -> ProcessInUse? {
        let key = UInt32(bitPattern: pid)
        if let place = factsOf[key] { return facts[Int(place)] }
        factsOf.insert(key, Int32(facts.count))
        let process =
            if let told = holders.processes { told[pid] } else {
                ProcessFacts.read(pid, root: root)
            }
        facts.append(process)
        return process
    }
}
