import Kernel
import Model
import Testbed

/// Connects to the first of several addresses that answers, in the spirit of RFC 8305.
///
/// The families take turns, beginning with that of the first address (§4). While none has answered, the next is begun
/// 250 ms after the one before (§5), or at once where that has failed.
struct Connector {
    let addresses: [IPAddress]
    let port: UInt16
    /// The interface of a link-local address; 0 for none.
    let scope: UInt32
    let clock: TraceClock
    /// When time is up.
    let deadline: Double
    let watch: StateWatch?

    /// Seconds between two attempts (RFC 8305 §5, "Connection Attempt Delay").
    static let delay = 0.25

    /// So many addresses are tried: a name can be given thousands.
    static let mostAddresses = 64

    /// One that is under way.
    private struct Pending {
        var place: Int
        var socket: TCPSocket
        var address: SocketAddress
    }

    /// The families in turn, as many as are tried.
    static func ordered(_ addresses: [IPAddress]) -> [IPAddress] {
        guard let first = addresses.first else { return [] }
        let own = addresses.filter { $0.isIPv4 == first.isIPv4 }
        let other = addresses.filter { $0.isIPv4 != first.isIPv4 }
        var turned: [IPAddress] = []
        for place in 0..<max(own.count, other.count) {
            if place < own.count { turned.append(own[place]) }
            if place < other.count { turned.append(other[place]) }
        }
        return Array(turned.prefix(mostAddresses))
    }

    /// Tries one after the other; the socket of the first that answered.
    func connect(into stage: inout Trace.Connect) throws(KernelError) -> TCPSocket? {
        let events = try EventSet.open()
        let addresses = Self.ordered(addresses)
        var pending: [Pending] = []
        var next = 0
        var lastBegun = -Double.infinity
        defer { stage.span.ended = clock.now }
        while true {
            let now = clock.now
            if next < addresses.count, pending.isEmpty || now >= lastBegun + Self.delay,
                now < deadline
            {
                lastBegun = now
                let address = SocketAddress(addresses[next], port: port, scope: scope)
                next += 1
                if let begun = begin(address, at: now, on: events, into: &stage) {
                    pending.append(begun)
                }
                continue
            }
            if pending.isEmpty { return nil }
            if now >= deadline {
                for one in pending { end(one, .unanswered, into: &stage) }
                return nil
            }
            let until = next < addresses.count ? min(lastBegun + Self.delay, deadline) : deadline
            let count = events.wait(nanoseconds: clock.nanoseconds(until: until))
            for event in 0..<count {
                let place = Int(events.token(event))
                guard let index = pending.firstIndex(where: { $0.place == place }) else { continue }
                let one = pending[index]
                let code = one.socket.takeError()
                guard code == 0 else {
                    pending.remove(at: index)
                    end(one, .failed, code, into: &stage)
                    continue
                }
                stage.attempts[place].span.ended = clock.now
                stage.attempts[place].outcome = .connected
                pending.remove(at: index)
                for other in pending { end(other, .overtaken, into: &stage) }
                describe(one, in: &stage)
                return one.socket
            }
        }
    }

    private func begin(
        _ address: SocketAddress, at now: Double, on events: borrowing EventSet,
        into stage: inout Trace.Connect
    ) -> Pending? {
        stage.attempts.append(
            Trace.Attempt(
                address: address.address, port: port, span: .init(began: now, ended: now),
                outcome: .failed))
        let place = stage.attempts.count - 1
        let opened = TCPSocket.open(isIPv6: address.isIPv6)
        guard opened >= 0 else {
            stage.attempts[place].errno = SocketErrno.name(-opened)
            return nil
        }
        let one = Pending(place: place, socket: TCPSocket(descriptor: opened), address: address)
        // What is refused costs nothing but the times.
        _ = one.socket.stampArrivals()
        // The request goes out behind the last message of TLS, whenever that is acknowledged.
        _ = one.socket.sendAtOnce()
        let code = one.socket.connect(to: address)
        guard code == 0 || code == TCPSocket.inProgress else {
            end(one, .failed, -code, into: &stage)
            return nil
        }
        if let pair = pair(of: one) { watch?.add(pair) }
        // After connect(): a socket that has not begun is told of as hung up.
        _ = events.add(one.socket, token: UInt64(place), writable: true)
        return one
    }

    private func end(
        _ one: Pending, _ outcome: Trace.Attempt.Outcome, _ code: Int32 = 0,
        into stage: inout Trace.Connect
    ) {
        stage.attempts[one.place].span.ended = clock.now
        stage.attempts[one.place].outcome = outcome
        stage.attempts[one.place].synRetries = one.socket.info()?.retransmits
        if code != 0 { stage.attempts[one.place].errno = SocketErrno.name(code) }
        one.socket.close()
    }

    private func pair(of one: Pending) -> SocketPair? {
        guard let local = one.socket.localAddress() else { return nil }
        return SocketPair(
            source: local.address, sourcePort: local.port, destination: one.address.address,
            destinationPort: one.address.port, scope: scope)
    }

    private func describe(_ one: Pending, in stage: inout Trace.Connect) {
        let info = one.socket.info()
        stage.attempts[one.place].synRetries = info?.retransmits
        guard let pair = pair(of: one) else { return }
        stage.connection = Trace.Connection(
            source: pair.source, sourcePort: pair.sourcePort, destination: pair.destination,
            destinationPort: pair.destinationPort, roundTrip: info?.roundTrip,
            timestamps: info?.timestamps,
            selectiveAcknowledgements: info?.selectiveAcknowledgements,
            windowScaling: info?.windowScaling, fastOpen: info?.synData,
            segmentBytes: info?.sendSegment,
            // To an address of its own a host connects from that address (net/ipv4/route.c:ip_route_output_key_hash_rcu).
            isLocal: pair.source == pair.destination || pair.destination.isLoopback,
            scope: scope)
    }
}

extension Trace.Connection {
    var pair: SocketPair {
        SocketPair(
            source: source, sourcePort: sourcePort, destination: destination,
            destinationPort: destinationPort, scope: scope)
    }
}
