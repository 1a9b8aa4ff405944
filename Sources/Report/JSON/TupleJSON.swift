import Audit
import Model
import Text

/// A tuple and its ports.
struct TupleJSON: Encodable, Sendable {
    let source: IPAddress
    let destination: IPAddress
    let port: UInt16
    let used: Int
    let usable: Int
    @Explicit var usedRatio: Double?
    /// Ports in TIME_WAIT that connect() may take again at once.
    let reusable: Int
    @Explicit var blockedRatio: Double?
    /// Of the ports in use; connect() tries those with the parity of the range's low end first.
    let evenPorts: Int
    let states: StateCounts
    @Explicit var closingPerSecond: Double?
    @Explicit var recentClosingPerSecond: Double?
    @Explicit var closedByLocalRatio: Double?
    @Explicit var secondsToSlow: Double?
    @Explicit var secondsToExhaustion: Double?
    /// By whole seconds ago, the running second first; empty where ages were not seen.
    let closings: [Int]
    @Explicit var heldFinWait2: Int?
    @Explicit var retransmitting: Int?
    @Explicit var usesTimestamps: Bool?
    let owner: OwnerJSON
    /// Of several programs that hold live sockets; null where there are not several.
    @Explicit var owners: [OwnerShareJSON]?

    init(_ tuple: TupleAssessment, owner: Owner) {
        source = tuple.tuple.source
        destination = tuple.tuple.destination
        port = tuple.tuple.port
        used = tuple.used
        usable = tuple.usable
        usedRatio = tuple.usedRatio.rounded4
        reusable = tuple.reusable
        blockedRatio = tuple.blockedRatio.rounded4
        evenPorts = tuple.ledger.evenPorts
        states = tuple.ledger.states
        closingPerSecond = tuple.closingPerSecond?.rounded4
        recentClosingPerSecond = tuple.recentClosingPerSecond?.rounded4
        closedByLocalRatio = tuple.closedByLocalRatio?.rounded4
        secondsToSlow = tuple.secondsToSlow?.rounded4
        secondsToExhaustion = tuple.secondsToExhaustion?.rounded4
        closings = tuple.ledger.closings
        heldFinWait2 = tuple.ledger.heldFinWait2
        retransmitting = tuple.ledger.retransmitting
        usesTimestamps = tuple.ledger.usesTimestamps
        self.owner = OwnerJSON(owner)
        owners = tuple.ledger.owners?.map(OwnerShareJSON.init)
    }

    enum CodingKeys: String, CodingKey {
        case source, destination, port, used, usable, reusable, states, closings, owner, owners
        case retransmitting
        case heldFinWait2 = "held_fin_wait2"
        case usesTimestamps = "uses_timestamps"
        case evenPorts = "even_ports"
        case usedRatio = "used_ratio"
        case blockedRatio = "blocked_ratio"
        case closingPerSecond = "closing_per_second"
        case recentClosingPerSecond = "recent_closing_per_second"
        case closedByLocalRatio = "closed_by_local_ratio"
        case secondsToSlow = "seconds_to_slow"
        case secondsToExhaustion = "seconds_to_exhaustion"
    }
}

/// Whom a socket belongs to, and how sure that is.
struct OwnerJSON: Encodable, Sendable {
    @Explicit var name: String?
    let pids: [Int32]
    @Explicit var unit: String?
    let confidence: String
    let reason: String

    init(_ owner: Owner) {
        name = owner.name
        pids = owner.pids
        unit = owner.unit
        confidence = owner.confidence.rawValue
        reason = owner.reason
    }
}
