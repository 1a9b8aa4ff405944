import Glibc
import Model

/// Tells a server's sides from outgoing connections where both have local ports of the range.
///
/// A server's port has many peers with a port of their own each, and each of them is a tuple of one socket. connect()
/// gives a port to several destinations, too, the more of them the more sockets there are: so many as that are no sign.
struct ServerSides: Sendable {
    /// A local address and port, and where its tuples are.
    struct Side: Sendable {
        let address: IPAddress
        let port: UInt16
        var places: [Int] = []
        fileprivate var peerPorts: [UInt16] = []
    }

    /// So many tuples share the port at least, to as many different ports of peers.
    static let fewest = 3
    /// So many ports of a source may be taken for a server's by chance.
    private static let chance = 0.01

    private let range: ClosedRange<UInt16>
    private let firstEphemeral: UInt16
    private(set) var sides: [Side] = []

    init(range: ClosedRange<UInt16>, firstEphemeral: UInt16) {
        self.range = range
        self.firstEphemeral = firstEphemeral
    }

    private struct End: Hashable {
        let address: IPAddress
        let port: UInt16
    }

    mutating func find(in tuples: TupleTable, sharing sources: inout SourcePortTable) {
        let range = range
        let firstEphemeral = firstEphemeral
        let candidates = tuples.single { tuple, localPort in
            let isClients =
                range.contains(localPort)
                ? tuple.port >= firstEphemeral || range.contains(tuple.port) : tuple.port >= 1024
            return isClients && sources.isShared(tuple.source, localPort)
        }
        var byEnd: [End: Int] = [:]
        for candidate in candidates {
            let end = End(address: candidate.tuple.source, port: candidate.localPort)
            let place = byEnd[end] ?? sides.count
            if place == sides.count {
                byEnd[end] = place
                sides.append(Side(address: end.address, port: end.port))
            }
            sides[place].places.append(candidate.place)
            if sides[place].peerPorts.count < Self.fewest,
                !sides[place].peerPorts.contains(candidate.tuple.port)
            {
                sides[place].peerPorts.append(candidate.tuple.port)
            }
        }
        sides.removeAll { side in
            let fewest =
                range.contains(side.port)
                ? Self.fewest(of: sources.sockets(of: side.address), in: range.count) : Self.fewest
            return side.places.count < fewest || side.peerPorts.count < Self.fewest
        }
    }

    /// From how many sockets of one port on it is not by chance that connect() chose it so often.
    ///
    /// It tries the ports of one parity from an offset that is random for each destination
    /// (`net/ipv4/inet_hashtables.c:__inet_hash_connect`), so that the numbers are Poisson's.
    static func fewest(of sockets: Int, in ports: Int) -> Int {
        let places = Double(max(ports / 2, 1))
        let mean = Double(sockets) / places
        var expected = places * exp(-mean)
        var count = 0
        while count < fewest || (expected > chance || Double(count) < mean), count < 1 << 20 {
            count += 1
            expected *= mean / Double(count)
        }
        return count
    }
}
