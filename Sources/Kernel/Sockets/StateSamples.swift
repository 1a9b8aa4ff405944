import Model

/// Sockets of one state that a process holds, a few of them spread evenly over all.
struct StateSamples: Sendable {
    static let limit = 16

    private(set) var held = 0
    /// Those with data that the program has not read; a FIN that it has not met counts one byte.
    ///
    /// Source: `net/ipv4/tcp_diag.c:tcp_diag_get_info` (rcv_nxt - copied_seq); `tcp_input.c:tcp_fin` moves rcv_nxt.
    private(set) var unread = 0
    private(set) var samples: [SocketSample] = []
    /// One in so many is kept; a power of two, doubled whenever there are too many.
    private var stride = 1

    mutating func count(_ row: SocketRow, message: RawSpan) {
        if row.receiveQueue > 1 { unread += 1 }
        // Most are not kept, and their attributes not read.
        guard held & (stride - 1) == 0 else {
            held += 1
            return
        }
        count(SocketSample(row, message: message))
    }

    mutating func count(_ sample: SocketSample) {
        if held & (stride - 1) == 0 {
            if samples.count == Self.limit { thin() }
            // The stride may have grown, and passes this one over.
            if held & (stride - 1) == 0 { samples.append(sample) }
        }
        held += 1
    }

    private mutating func thin() {
        samples = samples.indices.filter { $0 & 1 == 0 }.map { samples[$0] }
        stride *= 2
    }

    /// Adds those of another part of the sockets, as densely as these.
    mutating func add(_ other: StateSamples) {
        var other = other
        while stride < other.stride { thin() }
        while other.stride < stride { other.thin() }
        held += other.held
        unread += other.unread
        samples += other.samples
        while samples.count > Self.limit { thin() }
    }
}
