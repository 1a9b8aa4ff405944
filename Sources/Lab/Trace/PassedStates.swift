import HostState

/// The states of a connection's sockets in order: those that were seen, and those that a system call leads to.
///
/// connect() puts a socket into SYN_SENT, close() into FIN_WAIT1 or LAST_ACK, whether or not a look falls into the
/// microseconds that such a state lasts.
struct PassedStates {
    let list: [Trace.StateSeen]

    init(_ request: Trace.Request, _ close: Trace.Close, _ seen: [Trace.StateSeen]) {
        // What the kernel told of a side makes all else needless.
        let exact = Set(seen.filter { $0.source == .tracepoint }.map(\.side))
        var all = seen.filter { $0.source == .tracepoint || !exact.contains($0.side) }
        if !exact.contains(.local) { all += Self.concluded(request, close) }
        // Where two fall together, that of the lower place in a connection's life was first.
        let order = all.indices.sorted {
            (all[$0].at, Self.rank(all[$0].state), $0) < (all[$1].at, Self.rank(all[$1].state), $1)
        }
        var last: [Trace.StateSeen.Side: TCPState] = [:]
        var passed: [Trace.StateSeen] = []
        for index in order where last[all[index].side] != all[index].state {
            last[all[index].side] = all[index].state
            passed.append(all[index])
        }
        list = passed
    }

    private static func concluded(
        _ request: Trace.Request, _ close: Trace.Close
    ) -> [Trace.StateSeen] {
        var states: [Trace.StateSeen] = []
        func add(_ state: TCPState, at time: Double) {
            states.append(
                Trace.StateSeen(at: time, side: .local, state: state, source: .call))
        }
        if let attempt = request.connect?.attempts.first(where: { $0.outcome == .connected }) {
            add(.synSent, at: attempt.span.began)
            add(.established, at: attempt.span.ended)
        }
        if close.reset != nil {
            add(.close, at: close.reset == .peer ? close.span.began : close.closed)
        } else if let ended = close.peerEnded {
            add(.closeWait, at: ended)
            add(.lastAck, at: close.closed)
        } else {
            add(.finWait1, at: close.closed)
        }
        return states
    }

    private static func rank(_ state: TCPState) -> Int {
        switch state {
        case .synSent: 0
        case .synReceived, .newSynReceived: 1
        case .established: 2
        case .closeWait, .finWait1: 3
        case .finWait2, .closing, .lastAck: 4
        case .timeWait: 5
        case .close, .listen, .boundInactive: 6
        }
    }

    /// Who sent the first FIN, or the reset, by the states that were passed.
    static func judge(_ close: inout Trace.Close, _ states: [Trace.StateSeen]) {
        let own = states.filter { $0.side == .local }.map(\.state)
        if let reset = close.reset {
            close.first = reset
        } else if own.contains(.closing) {
            close.first = .both
        } else if own.contains(where: \.closedByPeer) {
            close.first = .peer
        } else if own.contains(where: \.closedByThisSide) {
            close.first = .local
        }
    }
}
