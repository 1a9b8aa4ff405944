import Model

/// The states of a connection's sockets in order: those that were seen, and those that a system call leads to.
///
/// connect() puts a socket into SYN_SENT, whether or not a look falls into the microseconds that such a state lasts. What was
/// seen has times that are a little late, and of short states nothing is seen: so each step is held against RFC 9293's figure.
/// A state that must have been passed is put in between, and one that cannot follow, seen late, is left out.
struct PassedStates {
    let list: [Trace.StateSeen]

    /// - Parameter closing: what followed from the look at the close.
    init(_ request: Trace.Request, _ closing: [Trace.StateSeen], _ seen: [Trace.StateSeen]) {
        // What the kernel told of a side makes all else needless.
        let exact = Set(seen.filter { $0.source == .tracepoint }.map(\.side))
        var all = seen.filter { $0.source == .tracepoint || !exact.contains($0.side) }
        if !exact.contains(.local) { all += Self.opening(request) + closing }
        // Where two fall together, that of the lower place in a connection's life was first.
        let order = all.indices.sorted {
            (all[$0].at, Self.rank(all[$0].state), $0) < (all[$1].at, Self.rank(all[$1].state), $1)
        }
        var last: [Trace.StateSeen.Side: Trace.StateSeen] = [:]
        var passed: [Trace.StateSeen] = []
        for next in order.map({ all[$0] }) {
            guard let before = last[next.side] else {
                last[next.side] = next
                passed.append(next)
                continue
            }
            guard before.state != next.state else { continue }
            if exact.contains(next.side) {
                passed.append(next)
            } else {
                guard let way = Self.way(from: before.state, to: next.state) else { continue }
                passed += way.map { state in
                    Trace.StateSeen(
                        at: next.at, notBefore: next.notBefore ?? before.at, side: next.side,
                        state: state, source: .implied)
                }
                passed.append(next)
            }
            last[next.side] = next
        }
        list = passed
    }

    private static func opening(_ request: Trace.Request) -> [Trace.StateSeen] {
        guard
            let attempt = request.connect?.attempts.first(where: { $0.outcome == .connected })
        else { return [] }
        return [(TCPState.synSent, attempt.span.began), (.established, attempt.span.ended)].map {
            Trace.StateSeen(at: $1, side: .local, state: $0, source: .call)
        }
    }

    /// The states between two, by the shortest way that a connection can take; nil where there is none.
    static func way(from start: TCPState, to end: TCPState) -> [TCPState]? {
        let (start, end) = (start.canonical, end.canonical)
        // A connection that is over does not begin anew.
        if start == .close { return nil }
        if start == .timeWait { return end == .close ? [] : nil }
        var ways: [(state: TCPState, passed: [TCPState])] = [(start, [])]
        var met: Set<TCPState> = [start, .close, .timeWait, .listen]
        while !ways.isEmpty {
            var further: [(state: TCPState, passed: [TCPState])] = []
            for way in ways {
                for step in TCPTransition.all where step.from == way.state {
                    if step.to == end { return way.passed }
                    if met.insert(step.to).inserted {
                        further.append((step.to, way.passed + [step.to]))
                    }
                }
            }
            ways = further
        }
        return nil
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

    /// Who sent the first FIN, where the kernel told of each state; nil where it did not, or a reset ended it.
    static func exactFirst(_ states: [Trace.StateSeen]) -> Trace.Closer? {
        let own = states.filter { $0.side == .local && $0.source == .tracepoint }.map(\.state)
        if own.contains(.closing) { return .both }
        if own.contains(where: \.closedByPeer) { return .peer }
        return own.contains(where: \.closedByThisSide) ? .local : nil
    }
}
