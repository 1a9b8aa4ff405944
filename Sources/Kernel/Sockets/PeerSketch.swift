import Model

/// The peers with most sockets, counted in bounded memory.
///
/// Space-Saving (Metwally, Agrawal, El Abbadi 2005): exact up to `capacity` peers; beyond, a newcomer takes the place
/// of the smallest and inherits its count as its possible error.
struct PeerSketch: Sendable {
    static let capacity = 48

    private var peers: [PeerCount] = []
    private var last = 0

    mutating func add(_ address: IPAddress) {
        if last < peers.count, peers[last].address == address {
            peers[last].count += 1
            return
        }
        var smallest = 0
        for index in peers.indices {
            if peers[index].address == address {
                peers[index].count += 1
                last = index
                return
            }
            if peers[index].count < peers[smallest].count { smallest = index }
        }
        guard peers.count >= Self.capacity else {
            last = peers.count
            peers.append(PeerCount(address: address, count: 1))
            return
        }
        let inherited = peers[smallest].count
        peers[smallest] = PeerCount(address: address, count: inherited + 1, error: inherited)
        last = smallest
    }

    mutating func add(_ other: PeerSketch) {
        for peer in other.peers {
            if let index = peers.firstIndex(where: { $0.address == peer.address }) {
                peers[index].count += peer.count
                peers[index].error += peer.error
            } else {
                peers.append(peer)
            }
        }
        peers.sort { $0.count > $1.count }
        peers.removeLast(max(0, peers.count - Self.capacity))
        last = 0
    }

    /// The largest, most first; those whose count is mostly error are left out.
    func top(_ count: Int) -> [PeerCount] {
        let certain = peers.filter { $0.error * 2 <= $0.count }
        return Array(
            certain.sorted { ($0.count, $1.address.low) > ($1.count, $0.address.low) }.prefix(count)
        )
    }
}
