import Text

/// The lines above the tables: whom they are about, how many sockets are in which state, how often things happen.
struct HeadLines {
    let view: WatchView
    let look: Look
    /// What the screen would not say otherwise, as how many findings there are where their table is not shown.
    var summary = Line()

    /// The host, and the moment.
    func first(width: Int) -> [Line] {
        let head = view.head
        let host = look.line(head.host, .strong)
        var line = Segments(separator: look.line(" · ", .quiet))
        if host.width <= width { line.addLeft(host, rank: 2) }
        line.addLeft(look.line(head.kernel), rank: 7)
        if let namespace = head.namespace {
            let number =
                head.namespaceCount > 1 ? " \(head.namespaceNumber)/\(head.namespaceCount)" : ""
            line.addLeft(
                look.line("netns ") + look.line(namespace) + look.line(number), rank: 5)
        }
        line.addRight(summary, rank: 1)
        line.addRight(
            look.line(head.sockets.map { $0.counted("socket") } ?? "no sample yet"), rank: 4)
        if let age = view.history?.age ?? head.sampleAge {
            line.addRight(look.line("\(WatchFigures.time(age)) ago"), rank: 6)
        }
        line.addRight(moment, rank: view.history == nil && !view.state.isPaused ? 3 : 0)
        // A name as long as the screen is wide has lines of its own.
        return (host.width > width ? host.broken(to: width) : []) + line.lines(width: width)
    }

    /// The clock, and whether it is not the present that is shown.
    private var moment: Line {
        if let history = view.history {
            return look.line("HISTORY \(history.time)", .warning)
        }
        return view.state.isPaused
            ? look.line("PAUSED \(view.head.clock)", .warning) : look.line(view.head.clock)
    }

    /// Sockets by state, and what watching takes.
    func counts(width: Int) -> [Line] {
        var line = Segments(separator: .blank(2))
        for (place, count) in view.counts.enumerated() {
            line.addLeft(
                look.line(count.name + " ", .quiet) + look.line(count.value.grouped),
                rank: place + 1)
        }
        line.addRight(cost, rank: 4)
        return line.lines(width: width)
    }

    /// `own 0.6 %`.
    var cost: Line {
        guard let cost = view.cost else { return Line() }
        let share = cost.processor < 0.0005 ? "<0.1 %" : cost.processor.percent
        return look.line("own ", .quiet) + look.line(share)
            + look.line(cost.memory.map { " \($0.bytes)" } ?? "")
    }

    private static let curve = 4...16

    /// As many rates as fit, side by side, each with its curve as far as there is room.
    func rates(width: Int) -> Line {
        let gap = 3
        var words = view.rates.map(words)
        func taken() -> Int { words.reduce((words.count - 1) * gap) { $0 + $1.width } }
        while words.count > 1, taken() > width { words.removeLast() }
        let room = words.isEmpty ? 0 : (width - taken()) / words.count - 1
        guard room >= Self.curve.lowerBound else { return words.joined(by: .blank(gap)) }
        return zip(words, view.rates).map { words, rate in
            words + .blank(1) + curve(rate, min(room, Self.curve.upperBound))
        }.joined(by: .blank(gap))
    }

    /// A rate a line, with a curve as long as there is room.
    func rateLines(width: Int) -> [Line] {
        let names = view.rates.map { look.line($0.name, .quiet) }
        let values = view.rates.map { look.line(WatchFigures.perSecond($0.perSecond)) }
        let name = names.map(\.width).max() ?? 0
        let value = values.map(\.width).max() ?? 0
        let room = min(width - name - value - 3, 60)
        return view.rates.indices.map { place in
            names[place].padded(to: name) + .blank(1) + values[place].rightAligned(to: value)
                + .blank(2) + curve(view.rates[place], room)
        }
    }

    private func words(_ rate: WatchRate) -> Line {
        look.line(rate.name + " ", .quiet) + look.line(WatchFigures.perSecond(rate.perSecond))
    }

    private func curve(_ rate: WatchRate, _ width: Int) -> Line {
        let fails = rate.isFailure && rate.history.contains { ($0 ?? 0) > 0 }
        return Sparkline(rate.history).line(
            width: width, look: look, style: fails ? .warning : .code)
    }

    /// A state a line, with its curve and what it rises to.
    func countLines(width: Int) -> [Line] {
        let names = view.counts.map { look.line($0.name, .quiet) }
        let values = view.counts.map { look.line($0.value.grouped) }
        let name = names.map(\.width).max() ?? 0
        let value = values.map(\.width).max() ?? 0
        let room = min(width - name - value - 2, 60)
        return view.counts.indices.map { place in
            names[place].padded(to: name) + .blank(1)
                + Sparkline(view.counts[place].history).line(width: room, look: look)
                + .blank(1) + values[place].rightAligned(to: value)
        }
    }
}
