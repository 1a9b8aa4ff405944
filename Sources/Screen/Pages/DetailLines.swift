import Model
import Text

/// All that is known of one row, in lines.
struct DetailLines {
    let view: WatchView
    let rows: WatchRows
    let look: Look

    /// A sentence where the row is gone.
    func lines(_ subject: WatchSubject, width: Int) -> [Line] {
        switch subject.panel {
        case .findings:
            if let finding = view.findings.first(where: { $0.id == subject.id }) {
                return finding.detail.map { text($0, width) } ?? brief(finding, width)
            }
        case .tuples:
            if let tuple = view.tuples.first(where: { $0.id == subject.id }) {
                return lines(tuple, width)
            }
        case .listeners:
            if let listener = view.listeners.first(where: { $0.id == subject.id }) {
                return listener.detail.map { text($0, width) } ?? brief(listener, width)
            }
        }
        return look.line("It is not there any more.", .quiet).wrapped(to: width)
    }

    private func text(_ text: WatchText, _ width: Int) -> [Line] {
        TextLines(text: text, look: look).lines(width: width)
    }

    private func brief(_ finding: WatchFinding, _ width: Int) -> [Line] {
        var paragraphs = [WatchText.Paragraph(finding.news, label: finding.rule)]
        if let owner = finding.owner { paragraphs.append(.init(owner, label: "owner")) }
        return text(WatchText(title: finding.subject, paragraphs: paragraphs), width)
    }

    private func brief(_ listener: WatchListener, _ width: Int) -> [Line] {
        var paragraphs = [
            WatchText.Paragraph(
                "\(listener.queue.grouped) of \(listener.backlog?.grouped ?? "-") waiting",
                label: "queue")
        ]
        if let limit = listener.limitedBy { paragraphs.append(.init(limit, label: "limit")) }
        if let drops = listener.dropsPerSecond {
            paragraphs.append(.init("\(WatchFigures.rate(drops)) dropped/s", label: "drops"))
        }
        if let owner = listener.owner {
            paragraphs.append(.init(OwnerName.full(owner), label: "owner"))
        }
        return text(WatchText(title: listener.address, paragraphs: paragraphs), width)
    }

    private func lines(_ tuple: WatchTuple, _ width: Int) -> [Line] {
        let set = TextLines(text: WatchText(title: tuple.route, paragraphs: []), look: look)
        var lines = set.lines(width: width)
        func add(_ label: String, _ words: Line) {
            lines += set.labelled(label, words, width: width)
        }
        add("used", ports(tuple.used, tuple.usable, width))
        if let even = tuple.detail?.even { add("even", ports(even.used, even.usable, width)) }
        if let odd = tuple.detail?.odd { add("odd", ports(odd.used, odd.usable, width)) }
        add("closed", look.line(closings(tuple)))
        if !tuple.history.isEmpty {
            let room = min(width - TextLines.label, tuple.history.count, 60)
            add("", Sparkline(tuple.history).line(width: room, look: look))
        }
        add("full in", look.line(WatchFigures.time(tuple.fullIn)))
        if let waiting = tuple.timeWait { add("TIME_WAIT", look.line(waiting.grouped)) }
        if let time = tuple.roundTrip { add("RTT", look.line(WatchFigures.roundTrip(time))) }
        if let owner = tuple.owner { add("owner", look.line(OwnerName.full(owner))) }
        for (place, remedy) in (tuple.detail?.remedies ?? []).enumerated() {
            add(place == 0 ? "do" : "", look.line("\(place + 1)  \(remedy)"))
        }
        return lines
    }

    private func ports(_ used: Int, _ usable: Int, _ width: Int) -> Line {
        let share = usable > 0 ? Double(used) / Double(usable) : 0
        let words = look.line("\(used.grouped) of \(usable.grouped)  \(WatchFigures.share(share))")
        let room = min(width - words.width - 14, 40)
        guard room >= 5 else { return words }
        return words + .blank(2)
            + Bar(share).line(width: room, look: look, style: TuplesTable.style(share))
    }

    private func closings(_ tuple: WatchTuple) -> String {
        var words = WatchFigures.perSecond(tuple.closedPerSecond)
        if let peak = tuple.history.compactMap({ $0 }).filter(\.isFinite).max() {
            let seconds = tuple.history.count
            words += ", at most \(WatchFigures.perSecond(peak)) in the last \(seconds) s"
        }
        if let here = tuple.closedHere {
            words += "; this host closed \(WatchFigures.share(here)) of them first"
        }
        return words
    }
}
