package import Model

/// Something that can go wrong, or that is read: what a line of the coverage table is about.
package enum CoverageSubject: Sendable, Hashable {
    case sockets(TCPState, SocketRole, SocketHold)
    /// Something of which there is only so much: `accept queues`.
    case resource(String)
    /// By group and name, as the kernel spells them.
    case counter(String, String)
    /// Settings, and the files that set them.
    case settings(String)
    /// A field of `Snapshot`, by its name there.
    case field(String)

    /// For a sentence: `CLOSE_WAIT not yet accepted, waiting for accept()`.
    package var text: String {
        switch self {
        case .sockets(let state, let role, let hold):
            "\(state.name) \(role.words), \(hold.words)"
        case .resource(let name), .settings(let name): name
        case .counter(let group, let name): "\(group).\(name)"
        case .field(let name): name
        }
    }

    /// The state of sockets; nil for anything else.
    var state: TCPState? {
        if case .sockets(let state, _, _) = self { state } else { nil }
    }

    var role: SocketRole? {
        if case .sockets(_, let role, _) = self { role } else { nil }
    }
}
