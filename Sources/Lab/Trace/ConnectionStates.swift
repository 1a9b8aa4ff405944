import Kernel
import Model

/// What was seen of the two sockets of a connection.
struct ConnectionStates: Sendable {
    let pair: SocketPair
    private(set) var seen: [Trace.StateSeen] = []
    private var local = Sight()
    private var peer = Sight()
    private var lastLook: Double
    private var peerLooks = 0

    /// The last look at a socket.
    private struct Sight: Sendable {
        var state: TCPState?
        /// Its timer is that of a socket without a program: it has left for TIME_WAIT or FIN_WAIT2 for good.
        var isWaiting = false
        var seconds: Double?
        /// How many looks in a row found nothing.
        var misses = 0
    }

    /// A socket is gone when so many looks in a row found nothing: one that comes while TIME_WAIT takes the place of a
    /// socket may find neither (`net/ipv4/inet_hashtables.c:__inet_lookup_established`).
    private static let enoughMisses = 4

    /// A server that is not found in so many looks is on another host.
    private static let peerPatience = 20

    init(_ pair: SocketPair, since time: Double) {
        self.pair = pair
        lastLook = time
    }

    /// True where the server's socket was found on this host.
    var isPeerHere: Bool { peer.state != nil }
    /// True where this program's socket will not change any more for a long time.
    var isSettled: Bool {
        local.state == .timeWait || local.state == .close
            || (local.state == nil && local.misses >= Self.enoughMisses)
    }
    var isPeerSettled: Bool { peer.state == nil || peer.state == .timeWait || peer.state == .close }

    /// When this program's socket was found to be gone, though no look had met it before; nil where one had, or it is there.
    var goneUnmet: Double? {
        local.state == nil && local.misses >= Self.enoughMisses ? lastLook : nil
    }

    /// What the host still holds of this program's socket, and for how long.
    var held: (state: TCPState, seconds: Double?)? { Self.held(local) }
    var peerHeld: (state: TCPState, seconds: Double?)? { Self.held(peer) }

    private static func held(_ sight: Sight) -> (TCPState, Double?)? {
        guard let state = sight.state, state != .close else { return nil }
        return (state, sight.isWaiting ? sight.seconds : nil)
    }

    /// Looks at both once.
    mutating func look(
        by lookup: borrowing SocketLookup, gone: [SocketRow], clock: TraceClock
    ) throws(KernelError) {
        let row = try Self.row(by: lookup, from: pair.local, to: pair.remote)
        let now = clock.now
        note(row, .local, now, isTold: Self.isAmong(gone, pair.local, pair.remote))
        if peer.state != nil || peerLooks < Self.peerPatience {
            // While the SYN is under way there is none to be found.
            if local.state != nil, local.state != .synSent { peerLooks += 1 }
            let row = try Self.row(by: lookup, from: pair.remote, to: pair.local)
            note(row, .peer, clock.now, isTold: Self.isAmong(gone, pair.remote, pair.local))
        }
        lastLook = now
    }

    /// A listener stands for a connection that is not there (`inet_lookup`): it is none.
    private static func row(
        by lookup: borrowing SocketLookup, from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> SocketRow? {
        let row = try lookup.row(from: source, to: destination)
        return row?.destinationPort == destination.port ? row : nil
    }

    private static func isAmong(
        _ gone: [SocketRow], _ source: SocketAddress, _ destination: SocketAddress
    ) -> Bool {
        gone.contains { row in
            row.source == source.address && row.sourcePort == source.port
                && row.destination == destination.address
                && [0, destination.port].contains(row.destinationPort)
        }
    }

    private mutating func note(
        _ row: SocketRow?, _ side: Trace.StateSeen.Side, _ now: Double, isTold: Bool
    ) {
        let before = side == .local ? local : peer
        // What was never there has not gone.
        let isMissed =
            row == nil && (before.state == nil || before.misses + 1 < Self.enoughMisses)
        guard !isMissed || before.state == .close else {
            if side == .local { local.misses += 1 } else { peer.misses += 1 }
            return
        }
        var sight = Sight(state: row?.state ?? .close)
        sight.isWaiting = row?.timer == 3
        sight.seconds = row.map { Double($0.expires) / 1000 }
        if sight.state != before.state, let state = sight.state {
            seen.append(
                Trace.StateSeen(
                    at: now, notBefore: lastLook, side: side, state: state,
                    source: isTold ? .event : .lookup))
        }
        if side == .local { local = sight } else { peer = sight }
    }
}
