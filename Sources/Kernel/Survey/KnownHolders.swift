import HostState

/// The owners that the holders of sockets make; the same processes often hold many, and are read once.
struct KnownHolders {
    private let holders: SocketOwners
    private let root: Root
    /// Those met so far, each with the processes that make it.
    private var met: [Met] = []
    /// The first of those met by the lowest number among its processes.
    private var firstMet = InodeTable()
    /// What is told of each process that was asked for, nil for one that has gone, and its place by number.
    private var facts: [ProcessInUse?] = []
    private var factsOf = InodeTable()

    private struct Met {
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

    /// The owner of what these sockets belong to; nil where no process was found, or all have gone.
    mutating func owner(
        of samples: [SocketSample], confidence: Owner.Confidence, reason: String
    ) -> Owner? {
        var pids: [Int32] = []
        for pid in samples.flatMap({ holders.holders(of: $0.inode) }).sorted()
        where pid != pids.last {
            pids.append(pid)
        }
        guard let lowest = pids.first else { return nil }
        var owner = owner(of: pids, lowest: lowest)
        guard owner.name != nil else { return nil }
        owner.confidence = confidence
        owner.reason = reason
        return owner
    }

    private mutating func owner(of pids: [Int32], lowest: Int32) -> Owner {
        let key = UInt32(bitPattern: lowest)
        var place = firstMet[key].map(Int.init)
        var last: Int?
        while let index = place {
            if met[index].pids == pids { return met[index].owner }
            last = index
            place = met[index].next
        }
        var named: [(pid: Int32, name: String)] = []
        for pid in pids.prefix(SocketOwners.mostHolders) {
            if let process = process(pid) { named.append((pid, process.name)) }
        }
        let owner = ProcessFacts.owner(named, confidence: .certain, reason: "") {
            process($0)?.unit
        }
        if let last {
            met[last].next = met.count
        } else {
            firstMet.insert(key, Int32(met.count))
        }
        met.append(Met(pids: pids, owner: owner))
        return owner
    }

    /// What is told of a process, read once; nil for one that has gone.
    mutating func process(_ pid: Int32) -> ProcessInUse? {
        let key = UInt32(bitPattern: pid)
        if let place = factsOf[key] { return facts[Int(place)] }
        factsOf.insert(key, Int32(facts.count))
        let process = ProcessFacts.read(pid, root: root)
        facts.append(process)
        return process
    }
}
