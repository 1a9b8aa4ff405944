import NIOCore
import Synchronization

/// All connections, in the order in which they came; a new one may take the place of one that wants nothing.
///
/// For one thread, but for the count.
final class ConnectionTable {
    /// How many there are, for others to read.
    let count: ConnectionCount
    private let limits: WebLimits
    private(set) var connections: [Connection] = []

    /// So many without a complete head are a client's own affair; one with more is slow on purpose.
    static let suspicious = 8

    init(_ limits: WebLimits, count: ConnectionCount) {
        self.limits = limits
        self.count = count
    }

    /// False where all places are taken by those who are being answered.
    func admit(_ connection: Connection) -> Bool {
        if connections.count >= limits.connections {
            guard let victim = Self.dispensable(connections, now: .now()) else { return false }
            victim.cut()
        }
        connections.append(connection)
        count.set(connections.count)
        return true
    }

    func remove(_ connection: Connection) {
        connections.removeAll { $0 === connection }
        count.set(connections.count)
    }

    /// Which connection goes where there is no room.
    ///
    /// The oldest without a complete head of the client that has most of them, if it has many: who opens connections and
    /// says nothing pushes out only his own. Else the one that has been idle longest, which its client opens again; else the
    /// oldest without a head; else the one whose client has not read its response for a second.
    static func dispensable(_ connections: [Connection], now: NIODeadline) -> Connection? {
        let headless = connections.filter(\.phase.isHeadless)
        let counts = Dictionary(headless.map { ($0.source, 1) }, uniquingKeysWith: +)
        let most = counts.values.max() ?? 0
        if most > suspicious {
            return headless.first { counts[$0.source] == most }
        }
        let waiting = connections.filter { $0.phase == .idle || $0.phase == .closing }
        return waiting.min { $0.since < $1.since } ?? headless.first { counts[$0.source] == most }
            ?? connections.first { $0.phase == .sending && now - $0.since > .seconds(1) }
    }
}

/// How many connections there are, readable from every thread.
final class ConnectionCount: Sendable {
    private let value = Atomic(0)

    var current: Int { value.load(ordering: .relaxed) }

    func set(_ count: Int) { value.store(count, ordering: .relaxed) }
}
