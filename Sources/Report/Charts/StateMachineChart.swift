import Model

/// The states of TCP and the ways between them, with those that the sockets of an exchange took.
package struct StateMachineChart: Sendable, Hashable {
    /// A way that was taken, and by which actors.
    struct Taken: Sendable, Hashable {
        var from: TCPState
        var to: TCPState
        var actors: Set<Int>
        /// What led there, each once, as far as it was seen.
        var ways: [TCPTransition]
    }

    let actors: [String]
    let taken: [Taken]
    /// In which state each actor was at any time.
    let visited: Set<TCPState>
    /// In which each is now, and what led there, where it is gone through step by step.
    var now: [Int: TCPState] = [:]
    var last: Exchange.Change?
    /// Those that were more than closed before.
    var lived: Set<Int> = []

    /// Nil where no socket of TCP changes its state.
    init?(_ exchange: Exchange) {
        let changes = exchange.changes
        guard !changes.isEmpty else { return nil }
        actors = exchange.actors.map(\.name)
        var taken: [Taken] = []
        for change in changes {
            if let known = taken.firstIndex(where: { $0.from == change.from && $0.to == change.to })
            {
                taken[known].actors.insert(change.actor)
                if let way = change.transition, !taken[known].ways.contains(way) {
                    taken[known].ways.append(way)
                }
            } else {
                taken.append(
                    Taken(
                        from: change.from, to: change.to, actors: [change.actor],
                        ways: change.transition.map { [$0] } ?? []))
            }
        }
        self.taken = taken
        visited = Set(changes.flatMap { [$0.from, $0.to] })
    }

    /// How a way is drawn.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case first, second, both

        init(_ actors: Set<Int>) {
            self = actors.count > 1 ? .both : actors.contains(0) ? .first : .second
        }
    }

    /// The kinds that occur, each with whom it is of.
    var kinds: [(kind: Kind, name: String)] {
        let present = Dictionary(grouping: taken) { Kind($0.actors) }
        return Kind.allCases.compactMap { kind in
            guard let ways = present[kind] else { return nil }
            let places = Set(ways.flatMap(\.actors)).sorted()
            let names = places.filter(actors.indices.contains).map { actors[$0] }
            return (kind, "taken by \(names.joined(separator: " and "))")
        }
    }
}

extension Chart {
    /// The states of TCP with the ways that an exchange took; nil where it took none.
    static func machine(_ exchange: Exchange) -> Chart? {
        guard let chart = StateMachineChart(exchange) else { return nil }
        let rows = exchange.changes.map { change -> [Table.Cell] in
            let time = SequenceChart.time(exchange.events[change.event].at)
            return [
                .text(time), .text(exchange.actors[change.actor].name),
                .phrase(.code(change.from.name)), .phrase(.code(change.to.name)),
                .text(change.transition?.words ?? "not observed"),
            ]
        }
        let ways = exchange.actors.enumerated().compactMap { place, actor -> String? in
            let own = exchange.changes.filter { $0.actor == place }
            guard let first = own.first else { return nil }
            return "\(actor.name): "
                + ([first.from] + own.map(\.to)).map(\.name).joined(separator: " → ")
        }
        return Chart(
            title: "TCP states, and the path through them",
            summary: ways.joined(separator: "; ") + ".", kind: .machine(chart),
            table: Table(
                "",
                columns: [
                    Table.Column("at", isNumber: true), Table.Column("who"), Table.Column("from"),
                    Table.Column("to"), Table.Column("why", shortening: .wrap(20)),
                ], rows: rows), isRepeated: false)
    }
}
