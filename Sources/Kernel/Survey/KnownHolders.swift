import HostState

/// The owners that the holders of sockets make; the same processes often hold many, and are read once.
struct KnownHolders {
    private let holders: SocketOwners
    private let root: Root
    /// By the numbers of the processes.
    private var owners: [[Int32]: Owner] = [:]

    init(owners holders: SocketOwners, root: Root) {
        self.holders = holders
        self.root = root
    }

    var unseen: [Unseen] { holders.unseen }

    /// The owner of what these sockets belong to; nil where no process was found, or all have gone.
    mutating func owner(
        of samples: [SocketSample], confidence: Owner.Confidence, reason: String
    ) -> Owner? {
        let pids = Set(samples.flatMap { holders.pids[$0.inode] ?? [] }).sorted()
        guard !pids.isEmpty else { return nil }
        var owner: Owner
        if let known = owners[pids] {
            owner = known
        } else {
            owner = ProcessFacts.owner(of: pids, root: root)
            owners[pids] = owner
        }
        guard owner.name != nil else { return nil }
        owner.confidence = confidence
        owner.reason = reason
        return owner
    }
}
