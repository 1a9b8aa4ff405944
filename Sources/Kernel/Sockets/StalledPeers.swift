import Model

/// Outgoing connections that send again or probe a closed window, by destination.
struct StalledPeers: Sendable {
    /// So many destinations are told apart: those met first.
    private static let mostKept = 1024
    /// So many are told.
    static let most = 16
    /// So many sockets of a destination are kept to be asked, and to find the owner by.
    private static let samplesKept = 8
    /// Sent so often again: 0.2, 0.4 and 0.8 s passed without an answer.
    private static let lasting: UInt8 = 3
    /// Doublings of the persist timer after which the window has been closed for 3 s: 0.2, 0.4, 0.8 and 1.6.
    private static let closedBackoff: UInt8 = 4

    private struct Key: Hashable {
        let address: IPAddress
        let port: UInt16
    }

    private struct Entry {
        var peer: StalledPeer
        /// The local address of each sample, and whether that socket probes.
        var locals: [(address: IPAddress, probes: Bool)] = []
    }

    private var entries: [Key: Entry] = [:]

    /// Rare, and kept out of the way of what each socket asks for.
    @inline(never)
    mutating func count(_ row: SocketRow, message: RawSpan) {
        guard row.inode != 0, row.isRetransmitting || row.isProbing else { return }
        let key = Key(address: row.destination, port: row.destinationPort)
        guard entries[key] != nil || entries.count < Self.mostKept else { return }
        var entry =
            entries[key] ?? Entry(peer: StalledPeer(address: key.address, port: key.port))
        if row.isRetransmitting {
            entry.peer.sendingAgain += 1
            if row.retransmits >= Self.lasting { entry.peer.lasting += 1 }
        } else {
            entry.peer.probing += 1
            entry.peer.bytes += Int(row.sendQueue)
        }
        if entry.locals.count < Self.samplesKept {
            entry.peer.samples.append(SocketSample(row, message: message))
            entry.locals.append((row.source, row.isProbing))
        }
        entries[key] = entry
    }

    mutating func add(_ other: StalledPeers) {
        entries.merge(other.entries) { one, two in
            var sum = one
            sum.peer.sendingAgain += two.peer.sendingAgain
            sum.peer.lasting += two.peer.lasting
            sum.peer.probing += two.peer.probing
            sum.peer.bytes += two.peer.bytes
            let room = Self.samplesKept - min(Self.samplesKept, one.locals.count)
            sum.peer.samples += two.peer.samples.prefix(room)
            sum.locals += two.locals.prefix(room)
            return sum
        }
    }

    /// The destinations with most of them, their sockets asked for how long they probe or have no answer.
    func result() -> [StalledPeer] {
        let chosen = entries.values.sorted {
            let (one, two) = ($0.peer, $1.peer)
            return (
                one.sendingAgain + one.probing, one.lasting, two.port, two.address.high,
                two.address.low
            ) > (
                two.sendingAgain + two.probing, two.lasting, one.port, one.address.high,
                one.address.low
            )
        }.prefix(Self.most)
        guard !chosen.isEmpty, let lookup = try? SocketLookup.open() else {
            return chosen.map(\.peer)
        }
        return chosen.map { entry in
            var peer = entry.peer
            let remote = SocketAddress(peer.address, port: peer.port)
            for (local, sample) in zip(entry.locals, entry.peer.samples) {
                let source = SocketAddress(local.address, port: sample.localPort)
                // One that has gone meanwhile tells nothing, and neither does an error.
                if !local.probes {
                    let age = try? lookup.age(from: source, to: remote, in: .established)
                    if let age { peer.unanswered = max(age, peer.unanswered ?? 0) }
                } else if let backoff = try? lookup.persistBackoff(from: source, to: remote) {
                    peer.asked += 1
                    if backoff >= Self.closedBackoff { peer.closed += 1 }
                }
            }
            return peer
        }
    }
}
