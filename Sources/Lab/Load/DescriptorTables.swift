/// How many threads each side needs for its connections, where a table of descriptors has not the room for all.
///
/// The limit (RLIMIT_NOFILE) holds for a table, and each thread has one of its own.
struct DescriptorTables: Sendable {
    let clients: Int
    let servers: Int

    /// Descriptors that are no connections: the process's own, events, namespaces, a socket that is about to be refused.
    static let others = 40
    /// More threads than that only get into each other's way.
    static let most = 16
    /// The kernel deals connections out by a hash (SO_REUSEPORT): some listeners get more than others.
    private static let unevenness = 1.1

    /// - Parameter limit: descriptors of a table at most.
    init(_ plan: LoadPlan, limit: Int) {
        let room = max(limit - Self.others, 1)
        clients = max(plan.threads, min((plan.connections + room - 1) / room, Self.most))
        servers =
            plan.connections <= room
            ? 1
            : min(
                Int((Double(plan.connections) * Self.unevenness / Double(room)).rounded(.up)),
                Self.most)
    }
}
