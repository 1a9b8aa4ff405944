import CNetlink
import Glibc
import Kernel
import Model
import Synchronization

/// The thread that is the wire: takes frames at one end, and delivers them at the other when it is time.
///
/// It also looks at the sockets at both ends, after each frame, so that states and segments have one order.
struct WireRelay: ~Copyable {
    private let wire: Wire
    private let lookups: Lookups
    private var looked: Int64 = 0
    private var room = [UInt8](repeating: 0, count: 65_536)
    /// Sockets whose state only timers change are looked at this often.
    private static let tick: Int64 = 10_000_000

    private struct Lookups: ~Copyable {
        let client: SocketLookup
        let server: SocketLookup
    }

    static func start(_ wire: Wire) throws(KernelError) -> SystemThread<Void> {
        try SystemThread.start { () throws(KernelError) in
            do throws(KernelError) {
                try wire.network.chain.enter(.client)
                let client = try SocketLookup.open()
                try wire.network.chain.enter(.server)
                let server = try SocketLookup.open()
                var relay = WireRelay(
                    wire: wire, lookups: Lookups(client: client, server: server))
                try relay.run()
            } catch {
                wire.state.withLock { $0.failure = error }
                throw error
            }
        }
    }

    private mutating func run() throws(KernelError) {
        LoadClock.wakePrecisely()
        let events = try EventSet.open()
        _ = events.add(wire.network.clientEnd.waitable, token: 0)
        _ = events.add(wire.network.serverEnd.waitable, token: 1)
        _ = events.add(wire.signal.waitable, token: 2)
        while true {
            let (due, isCut) = wire.state.withLock { ($0.pending.map(\.due).min(), $0.isCut) }
            if isCut { return }
            let now = LoadClock.now
            let next = min(due ?? .max, looked + Self.tick)
            _ = events.wait(nanoseconds: max(next - now, 0))
            wire.signal.clear()
            var hasCome = false
            while let arrival = try wire.network.clientEnd.receive(into: &room) {
                take(arrival.frame, from: .client, arrival.at)
                hasCome = true
            }
            while let arrival = try wire.network.serverEnd.receive(into: &room) {
                take(arrival.frame, from: .server, arrival.at)
                hasCome = true
            }
            if hasCome { try look() }
            while let pending = nextDue() {
                if pending.isTaken { continue }
                if pending.from == .client {
                    try wire.network.serverEnd.send(pending.frame)
                } else {
                    try wire.network.clientEnd.send(pending.frame)
                }
                try look()
            }
            if LoadClock.now >= looked + Self.tick { try look() }
        }
    }

    /// A frame that a kernel sent.
    ///
    /// It takes its time from now on, not from when the kernel had it: what was seen at its sender meanwhile comes before it.
    private func take(_ frame: [UInt8], from side: Wire.Side, _ now: Int64) {
        var frame = frame
        guard var segment = Segment(frame: frame) else { return takeNotice(frame, from: side, now) }
        InternetChecksum.complete(&frame)
        let rule = wire.state.withLock { $0.rule }
        let action = rule?(segment, side) ?? .passes
        var delivered = frame
        if case .becomes(let other) = action {
            delivered = Wire.frame(other, from: side)
            if side == .client { (segment, frame) = (other, delivered) }
        }
        wire.state.withLock { state in
            let detail = state.detail(of: segment)
            state.watch(segment, from: side)
            let isLost = action == .isLost || action == .isKept
            if [.isCopied, .isKept, .isDelayed].contains(action) {
                state.kept.append(
                    Wire.Kept(
                        segment: segment, from: side, frame: frame, detail: detail,
                        passage: action == .isDelayed ? state.record.passages.count : nil))
            }
            state.record.passages.append(
                WireRecord.Passage(
                    segment: segment, from: side, origin: .sent, sent: now, arrived: nil,
                    isLost: isLost, isDelayed: action == .isDelayed, detail: detail, frame: frame))
            guard !isLost, action != .isDelayed else { return }
            state.pending.append(
                Wire.Pending(
                    due: LoadClock.now + wire.delay, from: side, frame: delivered,
                    passage: state.record.passages.count - 1, isTaken: action == .isTaken))
        }
    }

    /// A frame that is no segment: word of one that was not delivered, or nothing that matters here.
    private func takeNotice(_ frame: [UInt8], from side: Wire.Side, _ now: Int64) {
        guard let notice = UnreachableNotice(frame: frame) else { return }
        wire.state.withLock { state in
            state.record.notices.append(
                WireRecord.Notice(notice: notice, from: side, sent: now, frame: frame))
            state.pending.append(
                Wire.Pending(
                    due: LoadClock.now + wire.delay, from: side, frame: frame,
                    passage: state.record.notices.count - 1, isNotice: true))
        }
    }

    /// What is to be delivered now, written down as delivered.
    private func nextDue() -> Wire.Pending? {
        let now = LoadClock.now
        return wire.state.withLock { state in
            guard
                let index = state.pending.indices.min(by: {
                    state.pending[$0].due < state.pending[$1].due
                }),
                state.pending[index].due <= now
            else { return nil }
            let pending = state.pending.remove(at: index)
            if pending.isNotice {
                state.record.notices[pending.passage].arrived = now
            } else {
                state.record.passages[pending.passage].arrived = now
            }
            return pending
        }
    }

    /// Writes down each state that is another than before.
    private mutating func look() throws(KernelError) {
        looked = LoadClock.now
        for index in wire.state.withLock({ $0.watched.indices }) {
            let ends = wire.state.withLock { $0.watched[index] }
            let (client, server) = (ends.client.socketAddress, ends.server.socketAddress)
            let began = LoadClock.now
            let states = [
                try lookups.client.row(from: client, to: server)?.state,
                try lookups.server.row(from: server, to: client)?.state,
            ]
            let now = LoadClock.now
            wire.state.withLock { state in
                let former = state.watched[index].looked
                state.watched[index].looked = began
                for (place, side) in [Wire.Side.client, .server].enumerated() {
                    let before = state.watched[index].states[place]
                    var seen = states[place]
                    // The connection's own socket is gone, and the listener is found in its place.
                    if seen == .listen, state.watched[index].wereThere[place] { seen = nil }
                    if seen != nil, seen != .listen {
                        state.watched[index].wereThere[place] = true
                    }
                    guard seen != before else { continue }
                    state.watched[index].states[place] = seen
                    state.record.marks.append(
                        WireRecord.Entry(
                            at: now,
                            mark: .state(side, client: ends.client, server: ends.server, seen),
                            notBefore: former))
                }
            }
        }
    }
}

extension Wire.State {
    /// Connections that are looked at, at most: whoever makes more does not want to see each.
    private static let mostWatched = 16

    /// Looks at the connection of a segment from now on.
    mutating func watch(_ segment: Segment, from side: Wire.Side) {
        let (client, server) =
            side == .client
            ? (segment.source, segment.destination) : (segment.destination, segment.source)
        guard watched.count < Self.mostWatched,
            !watched.contains(where: { $0.client == client && $0.server == server })
        else { return }
        watched.append(Wire.Watched(client: client, server: server))
    }
}
