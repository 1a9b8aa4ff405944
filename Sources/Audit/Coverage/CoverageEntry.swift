package import Model

/// A line of the coverage table: something that can go wrong, and what judges it.
package struct CoverageEntry: Sendable, Hashable {
    package let subject: CoverageSubject
    package let judgement: Judgement
    /// What must have been read for it, beside what its rules need themselves.
    let needs: [CoverageNeed]

    package enum Judgement: Sendable, Hashable {
        /// By these rules, each of which looks at a part of it.
        case judged([RuleID])
        /// By none, for this reason.
        case notJudged(String)
    }

    init(_ subject: CoverageSubject, _ judgement: Judgement, needs: [CoverageNeed] = []) {
        self.subject = subject
        self.judgement = judgement
        self.needs = needs
    }

    /// The rules that judge it; empty if none does.
    package var rules: [RuleID] {
        if case .judged(let rules) = judgement { rules } else { [] }
    }

    /// The whole table.
    package static let all: [CoverageEntry] =
        openSockets + closingSockets + endedSockets + resources + counters + settings + fields

    /// Lines for states in those of the roles in which they can be.
    static func sockets(
        _ states: [TCPState], _ roles: [SocketRole], _ hold: SocketHold, _ judgement: Judgement,
        needs: [CoverageNeed] = []
    ) -> [CoverageEntry] {
        states.flatMap { state in
            roles.filter(SocketRole.possible(in: state).contains).map { role in
                CoverageEntry(
                    .sockets(state, role, hold), judgement, needs: needs + role.needs)
            }
        }
    }

    /// One list of several; with its type written out, for the compiler's sake.
    static func joined(_ lines: [[CoverageEntry]]) -> [CoverageEntry] { lines.flatMap { $0 } }

    static func counters(
        _ group: String, _ names: [String], _ judgement: Judgement
    ) -> [CoverageEntry] {
        names.map { CoverageEntry(.counter(group, $0), judgement) }
    }
}

extension SocketRole {
    /// What tells a socket of this role from another.
    var needs: [CoverageNeed] {
        switch self {
        case .listener: [.sockets]
        case .unconnected: []
        case .former: [.connections, .formerListeners]
        case .request, .waiting, .server, .outgoing, .orphan: [.connections]
        }
    }
}
