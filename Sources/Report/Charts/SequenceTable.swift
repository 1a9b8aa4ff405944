package import Model
import Text

extension Chart {
    /// A sequence diagram of an exchange, with its table.
    ///
    /// - Parameter isBrief: whether a terminal shows it in a few lines only.
    package static func sequence(
        title: String, summary: String, exchange: Exchange, isBrief: Bool = false
    ) -> Chart {
        var chart = SequenceChart(exchange)
        chart.isBrief = isBrief
        return Chart(
            title: title, summary: summary, kind: .sequence(chart), table: chart.table,
            isRepeated: false)
    }
}

extension SequenceChart {
    /// A row an event.
    var table: Table {
        let names = exchange.actors.map(\.name)
        let rows = events.map { event -> [Table.Cell] in
            let at = Table.Cell.text(Self.time(event.at))
            switch event.kind {
            case .message(let message):
                let way = Way(message)
                var what = Phrase.strong(message.label)
                if let detail = message.detail, !detail.isEmpty { what += Phrase(", \(detail)") }
                if way != .sent { what += .quiet(" · \(way.title)") }
                return [
                    at, .text("\(names[message.from]) → \(names[message.to])"), .phrase(what),
                    .text(way == .lost ? "never" : message.arrives.map(Self.time)),
                ]
            case .state(let actor, let state):
                return [at, .text(names[actor]), .phrase("is in " + .code(state)), .text("")]
            case .note(let actor, let text):
                return [at, .text(actor.map { names[$0] } ?? "all"), .text(text), .text("")]
            }
        }
        let details = exchange.actors.compactMap { actor in
            actor.detail.map { "\(actor.name): \($0)" }
        }
        let notes = details + (leftOut > 0 ? ["\(leftOut.counted("more event")) not shown"] : [])
        return Table(
            "",
            columns: [
                Table.Column("at", isNumber: true), Table.Column("who"),
                Table.Column("what", shortening: .wrap(24)),
                Table.Column("arrived", isNumber: true, rank: 1),
            ], rows: rows, note: .quiet(notes.joined(separator: " · ")))
    }
}
