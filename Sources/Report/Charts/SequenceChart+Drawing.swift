import Model

extension SequenceChart {
    var height: Int { Int(SequenceLayout(self).bottom.rounded(.up)) + 6 }

    /// A class of the style sheet: two lifelines need no whole page.
    var extent: String { exchange.actors.count < 3 ? "few" : "many" }

    func draw(into svg: inout SVG) {
        let layout = SequenceLayout(self)
        draw(lifelines: layout, into: &svg)
        for arrow in layout.arrows { draw(arrow, into: &svg) }
        for band in layout.bands { draw(band, layout, into: &svg) }
        for pause in layout.breaks { draw(pause, layout, into: &svg) }
        for arrow in layout.arrows {
            svg.words(
                arrow.label.text, x: arrow.label.place, y: arrow.labelLine,
                from: arrow.label.origin, kind: "said \(Way(arrow.message).rawValue)")
        }
        for remark in layout.remarks { draw(remark, layout, into: &svg) }
        for time in layout.times {
            svg.words(time.text, x: 0, y: time.line + 4, from: .start, kind: "time")
        }
    }

    /// Each actor's line, with its name on top.
    private func draw(lifelines layout: SequenceLayout, into svg: inout SVG) {
        for (place, actor) in exchange.actors.enumerated() {
            let x = layout.columns[place]
            svg.line(
                x: x, from: Int(layout.top), to: Int(layout.bottom.rounded(.up)), kind: "life")
            let line = layout.isStaggered && place % 2 == 1 ? 28 : 12
            svg.group(title: [actor.name, actor.detail].compactMap(\.self).joined(separator: ", "))
            {
                $0.words(
                    SequenceLabels.shown(actor.name, most: 18), x: x, y: Double(line),
                    from: .middle, kind: "actor")
                guard let detail = actor.detail, !layout.isStaggered else { return }
                $0.words(
                    SequenceLabels.shown(detail, most: 24), x: x, y: Double(line) + 15,
                    from: .middle, kind: "time")
            }
        }
    }

    /// States of one meaning share the colours of other pictures; what is no state of TCP has a colour of its own.
    private func draw(_ band: SequenceLayout.Band, _ layout: SequenceLayout, into svg: inout SVG) {
        let state = TCPState(name: band.state)
        let kind = state.map(StatesChart.kind) ?? "begun"
        let x = layout.columns[band.actor]
        let isLeft = band.actor == 0 && exchange.actors.count > 1
        svg.group(title: "\(exchange.actors[band.actor].name): \(band.state)") { svg in
            // A closed socket is none: its line is that of the actor alone.
            if state != .close, band.state != "CLOSED", band.bottom > band.top {
                svg.bar(x: x, from: band.top, to: band.bottom, kind: kind)
            }
            svg.words(
                SequenceLabels.shown(band.state, most: 16), x: x,
                y: band.top + (isLeft ? 17 : 5), from: isLeft ? .left : .right, kind: "state")
        }
    }

    private func draw(_ arrow: SequenceLayout.Arrow, into svg: inout SVG) {
        let way = Way(arrow.message)
        svg.group(title: words(arrow)) { svg in
            svg.line(
                from: (arrow.from, arrow.top), to: (arrow.to, arrow.bottom),
                kind: "way \(way.rawValue)")
            if way == .duplicate || way == .crafted {
                svg.sign(.source, x: arrow.from, y: arrow.top, kind: way.rawValue)
            }
            svg.sign(
                way == .lost ? .cross : arrow.to > arrow.from ? .rightHead : .leftHead,
                x: arrow.to, y: arrow.bottom, kind: way.rawValue,
                slope: way == .lost
                    ? (0, 1) : (arrow.bottom - arrow.top, arrow.to - arrow.from))
        }
    }

    /// `SYN, client → server, 0 to 20 ms, sent, and seen: seq 0`.
    private func words(_ arrow: SequenceLayout.Arrow) -> String {
        let message = arrow.message
        let actors = exchange.actors
        let way = Way(message)
        let ends = message.arrives.map { " to \(Self.time($0))" } ?? ""
        return "\(message.label), \(actors[message.from].name) → \(actors[message.to].name), "
            + "\(Self.time(arrow.at))\(ends), \(way.title)"
            + (message.detail.map { ": \($0)" } ?? "")
    }

    private func draw(_ pause: SequenceLayout.Break, _ layout: SequenceLayout, into svg: inout SVG)
    {
        svg.tear(y: Int(pause.middle) - 9)
        svg.words(
            Self.time(pause.seconds) + " later", x: layout.middle, y: pause.middle + 4,
            from: .middle,
            kind: "time")
    }

    private func draw(
        _ remark: SequenceLayout.Remark, _ layout: SequenceLayout, into svg: inout SVG
    ) {
        let isLast = remark.actor == exchange.actors.count - 1 && exchange.actors.count > 1
        for (place, line) in remark.lines.enumerated() {
            let y = remark.line + Double(place) * SequenceLabels.noteHeight
            guard let actor = remark.actor else {
                svg.words(line, x: layout.middle, y: y, from: .middle, kind: "aside")
                continue
            }
            svg.words(
                line, x: layout.columns[actor], y: y, from: isLast ? .left : .right, kind: "aside")
        }
        if let actor = remark.actor {
            svg.sign(.point, x: layout.columns[actor], y: remark.top, kind: "point")
        }
    }
}
