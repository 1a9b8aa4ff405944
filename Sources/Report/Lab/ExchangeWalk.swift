import HostState
import Lab

/// An exchange gone through event by event: what happens, where that leaves each side, and what it is for.
struct ExchangeWalk {
    private let exchange: Exchange

    init(_ exchange: Exchange) { self.exchange = SequenceChart(exchange).exchange }

    /// The blocks of each step.
    var steps: [[Block]] {
        let changes = Dictionary(
            exchange.changes.map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
        var machine = StateMachineChart(exchange)
        var sentences = ExchangeSentences(exchange)
        return exchange.events.enumerated().map { place, event in
            let number = "\(place + 1) of \(exchange.events.count)"
            let change = changes[place]
            let time = SequenceChart.time(event.at)
            var blocks: [Block] = [
                .heading("\(number) · \(time) · \(title(event, change))", level: 2),
                .paragraph(Phrase(sentences.sentence(of: event, change))),
            ]
            guard case .state(let actor, let name) = event.kind,
                let state = TCPState(anyName: name)
            else { return blocks }
            machine?.now[actor] = state
            machine?.last = change
            if state != .close { machine?.lived.insert(actor) }
            // Where a socket begins is seen with the first change of it.
            if change != nil, let machine {
                blocks.append(
                    .chart(
                        Chart(
                            title: "", summary: "", kind: .machine(machine),
                            table: Table("", columns: [], rows: []), isRepeated: true)))
            }
            return blocks
        }
    }

    private func title(_ event: Exchange.Event, _ change: Exchange.Change?) -> String {
        let names = exchange.actors.map(\.name)
        switch event.kind {
        case .message(let message):
            let arrow = message.isLost ? "──✕" : "──▶"
            let detail = message.detail.map { $0.isEmpty ? "" : " (\($0))" } ?? ""
            return "\(names[message.from]) \(arrow) \(names[message.to]): \(message.label)\(detail)"
        case .state(let actor, let state):
            guard let change else { return "\(names[actor]): \(state)" }
            return "\(names[actor]): \(change.from.name) → \(change.to.name)"
                + (change.transition.map { " (\($0.words))" } ?? "")
        case .note(let actor, _): return actor.map { names[$0] } ?? "note"
        }
    }
}

extension LabReport {
    /// What is gone through for `--explain`, step by step; empty where nothing was watched on a wire.
    package func walk() -> [Document] {
        results.flatMap { result in
            ExchangeCharts(result).exchanges.flatMap { arm, exchange in
                let heading: [Block] = [
                    .heading("\(result.name): \(arm)", level: 1),
                    .chart(
                        .sequence(
                            title: "What passed", summary: ExchangeCharts.summary(exchange),
                            exchange: exchange)),
                ]
                return [Document(title: result.name, blocks: heading)]
                    + ExchangeWalk(exchange).steps.map {
                        Document(title: result.name, blocks: $0)
                    }
            }
        }
    }
}
