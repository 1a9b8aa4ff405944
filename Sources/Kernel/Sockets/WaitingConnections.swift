import Model

/// The connections that wait to be accepted, told by the cookies of their sockets, which are never used again.
///
/// Not a part of a snapshot: two of them an interval apart tell what was accepted.
struct WaitingConnections: Sendable {
    /// So many of a listener are kept.
    static let mostKept = 65536

    /// What tells a listener from others.
    struct Key: Hashable, Sendable {
        let address: IPAddress
        let port: UInt16
        let interface: UInt32
        let onlyIPv6: Bool

        init(_ listener: Listener) {
            address = listener.address
            port = listener.port
            interface = listener.interface
            onlyIPv6 = listener.onlyIPv6
        }
    }

    var cookies: [Key: Set<UInt64>] = [:]

    /// Says of each listener how many of those that waited before have left its queue since.
    ///
    /// One that the client reset has left it, too.
    func fill(_ listeners: inout [Listener], since before: WaitingConnections) {
        for index in listeners.indices {
            let key = Key(listeners[index])
            let waitedBefore = before.cookies[key] ?? []
            let stillWaiting = cookies[key]?.count { waitedBefore.contains($0) } ?? 0
            listeners[index].accepted = AcceptProgress(
                waitingBefore: waitedBefore.count, accepted: waitedBefore.count - stillWaiting)
        }
    }
}
