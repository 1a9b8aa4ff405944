import Model

/// An exchange gone through event by event: what happens, where that leaves each side, and what it is for.
struct ExchangeWalk {
    /// All that can be drawn, each state of each socket with it.
    private let exchange: Exchange
    private let drawing: Drawing

    /// When the states of TCP are drawn, with where both sides are.
    enum Drawing: Sendable, Hashable {
        /// At each change: for who goes through it a step at a time.
        case each
        /// At the last change.
        case last
        case never
    }

    init(_ exchange: Exchange, drawing: Drawing = .each) {
        let chart = SequenceChart(exchange)
        self.exchange = Exchange(actors: chart.exchange.actors, events: chart.events)
        self.drawing = drawing
    }

    /// One event, and what is said of it.
    struct Step {
        var event: Exchange.Event
        var change: Exchange.Change?
        var told: ExchangeSentences.Told
    }

    /// What is told; a state that a side is in already, by another of its sockets, is not told again.
    var told: [Step] {
        let changes = Dictionary(
            exchange.changes.map { ($0.event, $0) }, uniquingKeysWith: { first, _ in first })
        let sentences = ExchangeSentences(exchange)
        var states: [Int: String] = [:]
        return exchange.events.enumerated().compactMap { place, event in
            if case .state(let actor, let state) = event.kind {
                guard states[actor] != state else { return nil }
                states[actor] = state
            }
            return Step(
                event: event, change: changes[place],
                told: sentences.sentence(of: event, at: place, changes[place]))
        }
    }

    /// The blocks of each step.
    var steps: [[Block]] {
        var machine = StateMachineChart(exchange)
        let told = told
        let last = told.lastIndex { $0.change != nil }
        return told.enumerated().map { place, step in
            let (event, change) = (step.event, step.change)
            let number = "\(place + 1) of \(told.count)"
            let time = SequenceChart.time(event.at)
            var blocks: [Block] = [
                .heading("\(number) · \(time) · \(title(event, change))", level: 2),
                .paragraph(Phrase(step.told.text)),
            ]
            guard case .state(let actor, let name) = event.kind,
                let state = TCPState(anyName: name)
            else { return blocks }
            machine?.now[actor] = state
            machine?.last = change
            if state != .close { machine?.lived.insert(actor) }
            // Where a socket begins is seen with the first change of it.
            let isDrawn = drawing == .each || drawing == .last && place == last
            if isDrawn, change != nil, let machine {
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
    ///
    /// - Parameter isSlow: whether it is gone through a step at a time; read at once, each drawing is shown once.
    package func walk(isSlow: Bool) -> [Document] {
        results.flatMap { result in
            ExchangeCharts(result).exchanges.enumerated().flatMap { place, watched in
                let (arm, exchange) = watched
                let drawing = isSlow ? ExchangeWalk.Drawing.each : place == 0 ? .last : .never
                let heading: [Block] = [
                    .heading("\(result.name): \(arm)", level: 1),
                    .chart(
                        .sequence(
                            title: "On the wire", summary: ExchangeCharts.summary(exchange),
                            exchange: exchange)),
                ]
                return [Document(title: result.name, blocks: heading)]
                    + ExchangeWalk(exchange, drawing: drawing).steps.map {
                        Document(title: result.name, blocks: $0)
                    }
            }
        }
    }
}
