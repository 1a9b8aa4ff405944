import Model

/// Sockets of one state that a process holds, a few of them spread evenly over all.
struct StateSamples: Sendable {
    static let limit = 16

    /// A socket that is kept.
    private struct Kept: Sendable {
        let sample: SocketSample
        /// Both its ends; nil for a listener.
        let connection: Connection?
    }

    /// The ends of a connection, by which it is found again.
    private struct Connection: Sendable {
        let tuple: Tuple
        let localPort: UInt16
        let interface: UInt32

        init(_ row: SocketRow) {
            tuple = Tuple(
                source: row.source, destination: row.destination, port: row.destinationPort)
            localPort = row.sourcePort
            interface = row.interface
        }

        var local: SocketAddress {
            SocketAddress(tuple.source, port: localPort, scope: interface)
        }
        var remote: SocketAddress {
            SocketAddress(tuple.destination, port: tuple.port, scope: interface)
        }
    }

    private(set) var held = 0
    /// Those with data that the program has not read; a FIN that it has not met counts one byte.
    ///
    /// Source: `net/ipv4/tcp_diag.c:tcp_diag_get_info` (rcv_nxt - copied_seq); `tcp_input.c:tcp_fin` moves rcv_nxt.
    private(set) var unread = 0
    private var kept: [Kept] = []
    /// One in so many is kept; a power of two, doubled whenever there are too many.
    private var stride = 1

    var samples: [SocketSample] { kept.map(\.sample) }

    mutating func count(_ row: SocketRow, message: RawSpan) {
        if row.receiveQueue > 1 { unread += 1 }
        // Most are not kept, and their attributes not read.
        guard held & (stride - 1) == 0 else {
            held += 1
            return
        }
        count(Kept(sample: SocketSample(row, message: message), connection: Connection(row)))
    }

    /// Counts a connection that is only to be found again.
    mutating func count(ends row: SocketRow) {
        guard held & (stride - 1) == 0 else {
            held += 1
            return
        }
        let sample = SocketSample(
            inode: row.inode, uid: row.uid, cgroup: 0, localPort: row.sourcePort, state: row.state)
        count(Kept(sample: sample, connection: Connection(row)))
    }

    mutating func count(_ sample: SocketSample) {
        count(Kept(sample: sample, connection: nil))
    }

    private mutating func count(_ one: Kept) {
        if held & (stride - 1) == 0 {
            if kept.count == Self.limit { thin() }
            // The stride may have grown, and passes this one over.
            if held & (stride - 1) == 0 { kept.append(one) }
        }
        held += 1
    }

    private mutating func thin() {
        kept = kept.indices.filter { $0 & 1 == 0 }.map { kept[$0] }
        stride *= 2
    }

    /// Adds those of another part of the sockets, as densely as these.
    mutating func add(_ other: StateSamples) {
        var other = other
        while stride < other.stride { thin() }
        while other.stride < stride { other.thin() }
        held += other.held
        unread += other.unread
        kept += other.kept
        while kept.count > Self.limit { thin() }
    }

    /// How long those that are kept have been in that state, at least, if they still are; nil where sock_diag cannot be asked.
    func ages(in state: TCPState) -> [StateAge]? {
        guard let lookup = try? SocketLookup.open() else { return nil }
        return kept.compactMap { one -> StateAge? in
            guard let connection = one.connection else { return nil }
            // One that has gone meanwhile tells nothing, and neither does an error.
            let seconds = try? lookup.age(
                from: connection.local, to: connection.remote, in: state)
            return seconds.map {
                StateAge(
                    tuple: connection.tuple, localPort: connection.localPort, seconds: $0)
            }
        }
    }

    /// Seconds, at least, for which one of those that are kept has waited to be accepted; nil where none waits any more.
    func waited() -> Double? {
        guard let lookup = try? SocketLookup.open() else { return nil }
        return kept.compactMap { one -> Double? in
            guard let connection = one.connection else { return nil }
            return try? lookup.waited(from: connection.local, to: connection.remote)
        }.max()
    }
}
