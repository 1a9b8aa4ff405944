import Kernel
import Model
import Synchronization
import Testbed

/// Looks at the sockets of a connection again and again, on a thread of its own, and notes their states.
///
/// One look takes some microseconds: the kernel finds a socket by its ends. It is repeated each millisecond, ten times as
/// often around the close, and whenever the kernel announces that a socket is gone.
final class StateWatch: Sendable {
    private static let step: Int64 = 1_000_000
    private static let closeStep: Int64 = 100_000
    /// Seconds to wait for the server's socket, where that is on this host, after this side's is settled.
    private static let peerPatience = 0.05

    private struct Wishes {
        var pairs: [SocketPair] = []
        /// Until when the end is waited for; nil before the close.
        var deadline: Double?
        /// False once a close is near, or under way.
        var isCalm = true
        var isOver = false
    }

    private let wishes = Mutex(Wishes())
    private let clock: TraceClock
    /// Rung where a wish should not wait for the next look.
    private let signal: EventSignal
    private let thread = Mutex<SystemThread<[ConnectionStates]>?>(nil)

    private init(clock: TraceClock, signal: EventSignal) {
        self.clock = clock
        self.signal = signal
    }

    /// Begins in the namespace of the calling thread.
    static func start(clock: TraceClock) throws(KernelError) -> StateWatch {
        let watch = StateWatch(clock: clock, signal: try EventSignal())
        // Here, so that what the kernel refuses is known at once.
        _ = try SocketLookup.open()
        let thread = try SystemThread.start { () throws(KernelError) in try watch.run() }
        watch.thread.withLock { $0 = thread }
        return watch
    }

    /// Looks at this connection, too, from now on.
    func add(_ pair: SocketPair) {
        wishes.withLock { $0.pairs.append(pair) }
        signal.set()
    }

    /// Looks more often from now on.
    func hurry() {
        wishes.withLock { $0.isCalm = false }
        signal.set()
    }

    /// Goes on until the sockets of a connection have come to rest, or so many seconds; what was seen of it.
    func finish(_ pair: SocketPair, patience: Double) -> ConnectionStates {
        wishes.withLock {
            $0.isCalm = false
            $0.pairs.removeAll { $0 != pair }
            $0.deadline = clock.now + patience
        }
        signal.set()
        return join().first { $0.pair == pair } ?? ConnectionStates(pair, since: clock.now)
    }

    /// Ends it, where there is no connection to watch.
    func stop() { _ = join(stopping: true) }

    private func join(stopping: Bool = false) -> [ConnectionStates] {
        if stopping { wishes.withLock { $0.isOver = true } }
        signal.set()
        let joined = thread.withLock { $0.take() }
        return (try? joined?.join()) ?? []
    }

    private func run() throws(KernelError) -> [ConnectionStates] {
        let lookup = try SocketLookup.open()
        let ended = try EndedSockets.open()
        let events = try EventSet.open()
        _ = events.add(ended.waitable, token: 0)
        _ = events.add(signal.waitable, token: 1)
        LoadClock.wakePrecisely()
        var watched: [ConnectionStates] = []
        var settledAt: Double?
        while true {
            let wishes = wishes.withLock { $0 }
            if wishes.isOver { return watched }
            for pair in wishes.pairs where !watched.contains(where: { $0.pair == pair }) {
                watched.append(ConnectionStates(pair, since: clock.now))
            }
            let count = events.wait(nanoseconds: wishes.isCalm ? Self.step : Self.closeStep)
            if count > 0 { signal.clear() }
            let gone = count > 0 ? ended.take() : []
            for index in watched.indices {
                if wishes.deadline != nil, !wishes.pairs.contains(watched[index].pair) { continue }
                // One that fails is made up for by the next.
                try? watched[index].look(by: lookup, gone: gone, clock: clock)
            }
            guard let deadline = wishes.deadline else { continue }
            let chosen = watched.first { wishes.pairs.contains($0.pair) }
            let now = clock.now
            if chosen?.isSettled ?? true {
                settledAt = settledAt ?? now
                let patience = chosen?.isPeerSettled ?? true ? 0 : Self.peerPatience
                if now - (settledAt ?? now) >= patience { return watched }
            }
            if now >= deadline { return watched }
        }
    }
}

/// Both ends of a connection.
struct SocketPair: Sendable, Hashable {
    var source: IPAddress
    var sourcePort: UInt16
    var destination: IPAddress
    var destinationPort: UInt16
    /// The interface of link-local addresses; 0 for none.
    var scope: UInt32 = 0

    var local: SocketAddress { SocketAddress(source, port: sourcePort, scope: scope) }
    var remote: SocketAddress { SocketAddress(destination, port: destinationPort, scope: scope) }
}
