package import Model

/// A destination of one namespace, as its series know it.
package struct TupleKey: Sendable, Hashable, Comparable {
    package let netns: String
    package let tuple: Tuple

    package init(netns: String, tuple: Tuple) {
        self.netns = netns
        self.tuple = tuple
    }

    /// Values of the labels `netns`, `source`, `destination`, `port`.
    var labels: [String] {
        [netns, "\(tuple.source)", "\(tuple.destination)", String(tuple.port)]
    }

    package static func < (left: TupleKey, right: TupleKey) -> Bool {
        if left.netns != right.netns { return left.netns < right.netns }
        let (one, other) = (left.tuple, right.tuple)
        if one.source != other.source { return one.source.precedes(other.source) }
        if one.destination != other.destination {
            return one.destination.precedes(other.destination)
        }
        return one.port < other.port
    }
}

/// A listener of one namespace, as its series know it.
package struct ListenerKey: Sendable, Hashable, Comparable {
    package let netns: String
    package let address: IPAddress
    package let port: UInt16

    init(netns: String, _ listener: Listener) {
        self.netns = netns
        address = listener.address
        port = listener.port
    }

    /// Values of the labels `netns`, `address`, `port`.
    var labels: [String] { [netns, "\(address)", String(port)] }

    package static func < (left: ListenerKey, right: ListenerKey) -> Bool {
        if left.netns != right.netns { return left.netns < right.netns }
        if left.port != right.port { return left.port < right.port }
        return left.address.precedes(right.address)
    }
}

extension IPAddress {
    fileprivate func precedes(_ other: IPAddress) -> Bool {
        (high, low) < (other.high, other.low)
    }
}
