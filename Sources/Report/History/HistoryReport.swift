import Audit
package import History
package import Model
import Text

/// What the history has of a stretch of time, as a page or a document for programs.
package enum HistoryReport {
    /// - Parameters:
    ///   - top: rows of a table at most.
    ///   - directory: where the files are.
    package static func document(_ page: HistoryPage, top: Int, directory: String) -> Document {
        var document = Document(title: "TCP history")
        document.blocks = [.masthead(masthead(page))]
        if page.tuples.isEmpty, page.listeners.isEmpty {
            document.blocks.append(.paragraph(Phrase(emptiness(page, directory))))
        } else if page.subject != nil {
            for curve in page.tuples.prefix(top) { document.blocks += blocks(curve, page.span) }
            for curve in page.listeners.prefix(top) { document.blocks += blocks(curve, page.span) }
            document.blocks += leftOut(page, top)
        } else {
            if !page.tuples.isEmpty { document.blocks.append(.table(tuples(page, top))) }
            if !page.listeners.isEmpty { document.blocks.append(.table(listeners(page, top))) }
        }
        document.blocks += remarks(page)
        return document
    }

    package static func json(
        _ page: HistoryPage, host: Host, directory: String, tool: Tool
    ) throws -> String {
        let notes = ["read from \(directory)"] + page.unread.map { "not read: \($0)" }
        return try Envelope(
            .history, tool: tool, host: HostJSON(host), data: HistoryJSON(page), notes: notes
        ).encoded(pretty: true)
    }

    private static func masthead(_ page: HistoryPage) -> Masthead {
        let (from, to) = (Double(page.span.from), Double(page.span.to))
        let step =
            page.span.step == 1 ? "by second" : "in steps of \(Double(page.span.step).duration)"
        return Masthead(
            items: [
                Phrase("\(UTC.text(from)) to \(UTC.text(to))"), Phrase(step),
                Phrase(
                    "\(page.recordedMinutes.grouped) of \(page.minutes.counted("minute")) recorded"),
            ], verdict: "TCP history")
    }

    private static func emptiness(_ page: HistoryPage, _ directory: String) -> String {
        if page.recordedMinutes == 0 {
            return "Nothing was recorded in this time in \(directory)."
        }
        return page.subject == nil
            ? "No destination closed a connection or held 1 % of its ports in this time, and no listener was open."
            : "Nothing of that was recorded in this time: it closed no connection, or too few of all to have a row of its own."
    }

    private static func leftOut(_ page: HistoryPage, _ top: Int) -> [Block] {
        let count = max(0, page.tuples.count - top) + max(0, page.listeners.count - top)
        return count == 0
            ? []
            : [.paragraph(Phrase("\(count.grouped) more match; --top shows more, --json all."))]
    }

    private static func remarks(_ page: HistoryPage) -> [Block] {
        var blocks: [Block] = []
        if page.otherTuples > 0 || page.otherClosings > 0 {
            blocks.append(
                .remark(
                    label: "others",
                    Phrase(
                        "up to \(page.otherTuples.counted("destination")) at a time had no row of their own; they closed \(page.otherClosings.counted("connection"))"
                    )))
        }
        for event in page.events.suffix(10) {
            blocks.append(
                .remark(label: UTC.text(Double(event.time)), Phrase(event.text)))
        }
        for text in page.unread { blocks.append(.remark(label: "not read", Phrase(text))) }
        return blocks
    }

    // MARK: tables

    private static func tuples(_ page: HistoryPage, _ top: Int) -> Table {
        let severalNamespaces = Set(page.tuples.map(\.netns)).count > 1
        let rows = page.tuples.prefix(top).map { curve -> [Table.Cell] in
            (severalNamespaces ? [.text(curve.netns)] : []) + [
                .text(curve.tuple.route), .text(most(curve)),
                .text(curve.highestUsed.map { clock($0.time, page.span) }),
                .text(closed(curve)), .text(curve.highestClosings.map { $0.value.grouped }),
                .text(curve.owner), .text(line(curve.used)),
            ]
        }
        let columns =
            (severalNamespaces ? [Table.Column("namespace", rank: 2)] : []) + [
                Table.Column("source → destination"),
                Table.Column("most ports", isNumber: true), Table.Column("at", rank: 3),
                Table.Column("closed", isNumber: true, rank: 1),
                Table.Column("most/s", isNumber: true, rank: 2), Table.Column("owner", rank: 4),
                Table.Column("ports in use", rank: 1),
            ]
        return Table(
            "Destinations by the most ports in use", columns: columns, rows: Array(rows),
            note: more(page.tuples.count, top))
    }

    private static func listeners(_ page: HistoryPage, _ top: Int) -> Table {
        let severalNamespaces = Set(page.listeners.map(\.netns)).count > 1
        let rows = page.listeners.prefix(top).map { curve -> [Table.Cell] in
            (severalNamespaces ? [.text(curve.netns)] : []) + [
                .text(curve.place.text), .text(longest(curve)),
                .text(curve.highestQueue.map { clock($0.time, page.span) }), .count(curve.dropped),
                .text(curve.highestDrops.map { $0.value.grouped }), .text(line(curve.queue)),
            ]
        }
        let columns =
            (severalNamespaces ? [Table.Column("namespace", rank: 2)] : []) + [
                Table.Column("listener"), Table.Column("longest queue", isNumber: true),
                Table.Column("at", rank: 3), Table.Column("dropped", isNumber: true),
                Table.Column("most/s", isNumber: true, rank: 2), Table.Column("queue", rank: 1),
            ]
        return Table(
            "Listeners by drops and queue", columns: columns, rows: Array(rows),
            note: more(page.listeners.count, top))
    }

    private static func more(_ count: Int, _ top: Int) -> Phrase {
        count > top ? Phrase("\((count - top).grouped) more; --top shows more, --json all") : ""
    }

    /// `27 911 of 28 232`.
    private static func most(_ curve: TupleCurve) -> String? {
        curve.highestUsed.map { peak in
            peak.value.grouped + (curve.levels.map { " of \($0.usable.grouped)" } ?? "")
        }
    }

    private static func closed(_ curve: TupleCurve) -> String? {
        curve.closings.contains { $0 != nil } ? curve.closed.grouped : nil
    }

    private static func longest(_ curve: ListenerCurve) -> String? {
        curve.highestQueue.map { peak in
            peak.value.grouped + (curve.backlog.map { " of \($0.grouped)" } ?? "")
        }
    }

    // MARK: one of them

    private static func blocks(_ curve: TupleCurve, _ span: HistorySpan) -> [Block] {
        var facts: [Fact] = [Fact("namespace", Phrase(curve.netns))]
        if let owner = curve.owner { facts.append(Fact("owner", Phrase(owner))) }
        if let peak = curve.highestUsed, let most = most(curve) {
            facts.append(
                Fact("most ports in use", Phrase("\(most) usable at \(clock(peak.time, span))")))
        }
        if let levels = curve.levels {
            facts.append(
                Fact(
                    "connections then",
                    Phrase(
                        "\(levels.established.grouped) ESTABLISHED, \(levels.timeWait.grouped) TIME_WAIT, \(levels.closeWait.grouped) CLOSE_WAIT"
                    )))
        }
        for share in TupleCurve.shares where curve.levels?.usable ?? 0 > 0 {
            let minutes = curve.minutesAbove[share] ?? 0
            facts.append(
                Fact(
                    "above \(share.percent)",
                    Phrase(minutes == 0 ? "not in this time" : "in \(minutes.counted("minute"))")))
        }
        if let peak = curve.highestClosings {
            facts.append(
                Fact(
                    "closed by this host",
                    Phrase(
                        "\(curve.closed.counted("connection")), at most \(peak.value.grouped) in one second, at \(UTC.clock(Double(peak.time)))"
                    )))
        }
        let highest = Double(max(curve.usable ?? 0, curve.highestUsed?.value ?? 0, 1))
        let rows = (0..<span.steps).map { index -> [Table.Cell] in
            [
                .text(clock(span.time(of: index), span)), .count(curve.used[index]),
                .count(curve.closings[index]),
                curve.used[index].map { .bar(Bar([Double($0) / highest])) } ?? .text(nil),
            ]
        }
        let table = Table(
            span.step == 1 ? "By second" : "In steps of \(Double(span.step).duration)",
            columns: [
                Table.Column("UTC"), Table.Column("ports in use", isNumber: true),
                Table.Column("closed", isNumber: true), Table.Column("of all usable", rank: 1),
            ], rows: rows)
        return [.heading(curve.tuple.route, level: 2), .facts(facts), .table(table)]
    }

    private static func blocks(_ curve: ListenerCurve, _ span: HistorySpan) -> [Block] {
        var facts: [Fact] = [Fact("namespace", Phrase(curve.netns))]
        if let peak = curve.highestQueue, let longest = longest(curve) {
            facts.append(
                Fact("longest queue", Phrase("\(longest) at \(UTC.clock(Double(peak.time)))")))
        }
        facts.append(
            Fact(
                "dropped",
                Phrase(
                    curve.highestDrops.map {
                        "\(curve.dropped.counted("request")), at most \($0.value.grouped) in one second, at \(UTC.clock(Double($0.time)))"
                    } ?? "none was seen")))
        let rows = (0..<span.steps).map { index -> [Table.Cell] in
            [
                .text(clock(span.time(of: index), span)), .count(curve.queue[index]),
                .count(curve.drops[index]),
            ]
        }
        let table = Table(
            span.step == 1 ? "By second" : "In steps of \(Double(span.step).duration)",
            columns: [
                Table.Column("UTC"), Table.Column("queue", isNumber: true),
                Table.Column("dropped", isNumber: true),
            ], rows: rows)
        return [.heading("listener \(curve.place.text)", level: 2), .facts(facts), .table(table)]
    }

    /// The time, with the date where that may be another than the page's.
    private static func clock(_ time: Int64, _ span: HistorySpan) -> String {
        let text = UTC.text(Double(time))
        let isLong = span.to - span.from > 86400
        let clock = UTC.clock(Double(time))
        let short = span.step == 1 ? clock : String(clock.prefix(5))
        return isLong ? "\(text.prefix(10)) \(short)" : short
    }

    private static let places = 30

    /// As many signs as there are places, the highest of each stretch; blank where nothing is known.
    private static func line(_ values: [Int?]) -> String {
        let marks = Array("▁▂▃▄▅▆▇█")
        let highest = max(1, values.lazy.compactMap(\.self).max() ?? 0)
        let count = min(values.count, places)
        return String(
            (0..<count).map { place -> Character in
                let stretch = values[
                    (values.count * place / count)..<(values.count * (place + 1) / count)]
                guard let value = stretch.lazy.compactMap(\.self).max() else { return " " }
                return marks[min(7, value * 7 / highest)]
            })
    }
}
