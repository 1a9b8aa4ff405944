import Audit
import Model

/// A destination in few words, where many of them are listed; what is nil is left out.
struct TupleRowJSON: Encodable, Sendable {
    /// Only where there are several.
    let namespace: String?
    let source: IPAddress
    let destination: IPAddress
    let port: UInt16
    let used: Int
    let usable: Int
    let timeWait: Int
    let closingPerSecond: Double?
    let secondsToExhaustion: Double?
    let owner: String?

    /// - Parameter closingPerSecond: of the rates that are known, the one that the document is about.
    init(
        _ tuple: TupleAssessment, in situation: Situation, namespace: String? = nil,
        closingPerSecond: Double?
    ) {
        self.namespace = namespace
        source = tuple.tuple.source
        destination = tuple.tuple.destination
        port = tuple.tuple.port
        used = tuple.used
        usable = tuple.usable
        timeWait = tuple.ledger.states[.timeWait]
        self.closingPerSecond = closingPerSecond?.rounded4
        secondsToExhaustion = tuple.secondsToExhaustion?.rounded4
        owner = situation.owner(of: tuple.ledger).name
    }

    enum CodingKeys: String, CodingKey {
        case namespace, source, destination, port, used, usable, owner
        case timeWait = "time_wait"
        case closingPerSecond = "closing_per_second"
        case secondsToExhaustion = "seconds_to_exhaustion"
    }
}

/// A listener in few words; what is nil is left out.
struct ListenerRowJSON: Encodable, Sendable {
    var namespace: String?
    let address: IPAddress
    let port: UInt16
    let queue: Int
    let backlog: Int?
    /// Since listen().
    let drops: Int?
    var dropsPerSecond: Double?
    var owner: String?

    init(_ listener: Listener) {
        address = listener.address
        port = listener.port
        queue = listener.queue
        backlog = listener.backlog
        drops = listener.drops
    }

    enum CodingKeys: String, CodingKey {
        case namespace, address, port, queue, backlog, drops, owner
        case dropsPerSecond = "drops_per_second"
    }
}
