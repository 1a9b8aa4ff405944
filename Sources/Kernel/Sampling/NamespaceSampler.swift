import Glibc
package import Model
import Synchronization

/// One network namespace, opened once and looked at again and again.
///
/// Its socket and its files stay with the namespace of the thread that opened it: any thread may use it afterwards, wherever
/// that thread is. Opening costs what a look does; a look opens nothing.
package final class NamespaceSampler: Sendable {
    private struct State: ~Copyable {
        let socket: NetlinkSocket?
        /// Why there is none: a filter of system calls may refuse it, and counters are still to be had.
        let refusal: KernelError?
        var counters: OpenCounters
    }

    private let state: Mutex<State>

    private init(_ state: consuming sending State) { self.state = Mutex(state) }

    /// In the namespace of the calling thread.
    ///
    /// - Throws: where a file of counters cannot be opened. Without sock_diag only looks at sockets throw.
    package static func open() throws(KernelError) -> NamespaceSampler {
        let counters = try OpenCounters.open()
        do throws(KernelError) {
            let socket = try SocketDump.open()
            return NamespaceSampler(State(socket: socket, refusal: nil, counters: counters))
        } catch {
            return NamespaceSampler(State(socket: nil, refusal: error, counters: counters))
        }
    }

    private func onSocket<Result: Sendable>(
        _ body: @Sendable (borrowing NetlinkSocket) throws(KernelError) -> Result
    ) throws(KernelError) -> Result {
        try state.withLock { (state) throws(KernelError) in
            switch state.socket {
            case .some(let socket): return try body(socket)
            case .none:
                throw state.refusal ?? KernelError("open", SocketDump.family, code: ENOENT)
            }
        }
    }

    /// The followed counters: some 90 µs.
    package func counters() throws(KernelError) -> CounterSample {
        try state.withLock { (state) throws(KernelError) in try state.counters.read() }
    }

    /// Counters and listeners: costs the same however many other sockets there are.
    package func glance() throws(KernelError) -> SocketGlance {
        SocketGlance(counters: try counters(), listeners: try listeners())
    }

    /// The listeners, each with its queue, its backlog and what it dropped.
    package func listeners() throws(KernelError) -> [Listener] {
        try onSocket { (socket) throws(KernelError) in
            var survey = SocketSurvey()
            survey.listenersOnly = true
            return try survey.count(on: socket).listeners.result()
        }
    }

    /// One walk through all sockets.
    ///
    /// - Parameters:
    ///   - range: the ports that connect() chooses from.
    ///   - tupleLimit: how many tuples are kept one by one.
    package func census(
        range: ClosedRange<UInt16> = 32768...60999, tupleLimit: Int = 1
    ) throws(KernelError) -> SocketCensus {
        try onSocket { (socket) throws(KernelError) in
            var survey = SocketSurvey()
            survey.range = range
            survey.tupleLimit = tupleLimit
            return try SocketCensus(survey, on: socket)
        }
    }

    /// How many sockets are in each of some states; only those are walked over.
    package func count(_ states: [TCPState]) throws(KernelError) -> StateCounts {
        try onSocket { (socket) throws(KernelError) in
            var counting = StateCounting()
            try SocketDump.runBothFamilies(
                DiagRequest(states: states.reduce(0) { $0 | DiagRequest.bit($1) }), on: socket,
                into: &counting)
            return counting.states
        }
    }

    /// When the connections now in TIME_WAIT were closed: a walk over TIME_WAIT alone.
    ///
    /// - Parameters:
    ///   - listening: ports on which this namespace listens, as ``listeners()`` has them: their connections are a server's.
    ///   - pace: how the walk is spread over time; nil for at once.
    package func closings(
        listening: Set<UInt16>, pace: DumpPace? = nil
    ) throws(KernelError) -> ClosingRecord {
        try onSocket { (socket) throws(KernelError) in
            var redraw = ClosingRedraw(listening: listening)
            try SocketDump.runBothFamilies(
                DiagRequest(states: DiagRequest.bit(.timeWait)), on: socket, into: &redraw,
                pace: pace)
            return redraw.result
        }
    }

    private struct StateCounting: SocketRowSink {
        var states = StateCounts()

        mutating func take(_ row: SocketRow, message: RawSpan) { states[row.state] += 1 }
    }
}
