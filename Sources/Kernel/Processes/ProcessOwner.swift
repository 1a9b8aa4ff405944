package import Model

extension ProcessFacts {
    /// The owner that the holders of a socket make: the name most of them have, the first's unit.
    ///
    /// - Returns: `.unknown` where all of them have gone.
    package static func owner(
        of pids: [Int32], root: Root, confidence: Owner.Confidence = .certain,
        reason: String = "holds the socket"
    ) -> Owner {
        let pids = pids.sorted().prefix(SocketOwners.mostHolders)
        var named: [(pid: Int32, name: String)] = []
        for pid in pids {
            guard let name = name(of: pid, root: root) else { continue }
            named.append((pid, name))
        }
        return owner(named, confidence: confidence, reason: reason) { unit(of: $0, root: root) }
    }

    /// The same of processes by number and name, lowest first.
    static func owner(
        _ named: [(pid: Int32, name: String)], confidence: Owner.Confidence, reason: String,
        unit: (Int32) -> String?
    ) -> Owner {
        let named = withoutActivator(named)
        guard let first = named.first else { return .unknown }
        var best = first.name
        var most = 0
        for candidate in named {
            let count = named.count { $0.name == candidate.name }
            if count > most { (best, most) = (candidate.name, count) }
        }
        return Owner(
            name: best, pids: named.map(\.pid), unit: unit(first.pid), confidence: confidence,
            reason: reason)
    }

    /// The same without systemd, if other processes hold the socket as well.
    ///
    /// With socket activation (systemd.socket(5)) it opens a listener, hands it to the service and keeps it open; with
    /// `Accept=no` it does not accept from then on.
    static func withoutActivator(
        _ named: [(pid: Int32, name: String)]
    ) -> [(pid: Int32, name: String)] {
        let others = named.filter { $0.name != Owner.activator }
        return others.isEmpty ? named : others
    }
}
