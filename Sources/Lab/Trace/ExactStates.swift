import Kernel
import Model
import Testbed

/// What the kernel itself told of a connection's two sockets, from among all that it told.
struct ExactStates {
    let seen: [Trace.StateSeen]

    /// - Parameters:
    ///   - held: what each side's socket is now: TIME_WAIT is no state of a full socket, which goes to CLOSE for it.
    init(
        _ changes: [StateChanges.Change], of pair: SocketPair, clock: TraceClock,
        held: [Trace.StateSeen.Side: TCPState]
    ) {
        var seen: [Trace.StateSeen] = []
        let ends: [(Trace.StateSeen.Side, SocketAddress, SocketAddress)] = [
            (.local, pair.local, pair.remote), (.peer, pair.remote, pair.local),
        ]
        for (side, source, destination) in ends {
            for change in Self.life(of: changes, source, destination) {
                guard var state = TCPState(rawValue: UInt8(clamping: change.new)) else { continue }
                if state == .close, let now = held[side], now != .close {
                    // An orphan in FIN_WAIT2 stays so, in little memory.
                    guard now == .timeWait else { continue }
                    state = .timeWait
                }
                seen.append(
                    Trace.StateSeen(
                        at: clock.seconds(at: change.time), side: side, state: state,
                        source: .tracepoint))
            }
        }
        self.seen = seen
    }

    /// The changes of the one socket with these ends: the kernel may keep others in the same place before and after it.
    ///
    /// When a socket goes to SYN_SENT its port is not chosen yet, so it is told by its ESTABLISHED.
    private static func life(
        of changes: [StateChanges.Change], _ source: SocketAddress, _ destination: SocketAddress
    ) -> ArraySlice<StateChanges.Change> {
        let opened = changes.first { change in
            change.new == UInt32(TCPState.established.rawValue)
                && change.source == source.address && change.sourcePort == source.port
                && change.destination == destination.address
                && change.destinationPort == destination.port
        }
        guard let opened else { return [] }
        let all = changes.filter { $0.socket == opened.socket }
        guard let place = all.firstIndex(of: opened) else { return [] }
        let closed = UInt32(TCPState.close.rawValue)
        let first = all[..<place].lastIndex { $0.new == closed }.map { $0 + 1 } ?? 0
        let last = all[place...].firstIndex { $0.new == closed } ?? all.count - 1
        return all[first...last]
    }
}
