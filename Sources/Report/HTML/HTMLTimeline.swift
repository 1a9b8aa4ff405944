/// Stages as rows: when, how long, a bar in its place, and below it what tells so.
struct HTMLTimeline {
    let timeline: Timeline

    func render(into html: inout HTML) {
        guard !timeline.stages.isEmpty else { return }
        html.element("section", ["class": "card"]) { section in
            let name = timeline.title.isEmpty ? "Stages of the request" : timeline.title
            section.element(
                "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": name]
            ) { scroll in
                scroll.element("table", ["class": "wide stages"]) { table in
                    table.element("caption") { $0.element("h2") { $0.text(name) } }
                    table.element("thead") { head in
                        head.element("tr") { row in
                            for name in ["stage", "at", "took", ""] {
                                let isNumber = name == "at" || name == "took"
                                row.element(
                                    "th", ["class": isNumber ? "n" : "", "scope": "col"]
                                ) { $0.text(name) }
                            }
                        }
                    }
                    table.element("tbody") { body in
                        for stage in timeline.stages { row(stage, into: &body) }
                    }
                }
            }
        }
    }

    private func row(_ stage: Timeline.Stage, into body: inout HTML) {
        body.element("tr") { row in
            row.element("td") { cell in cell.element("b") { $0.text(stage.name) } }
            row.element("td", ["class": "n", "data-label": "at"]) { $0.text(stage.beginning) }
            row.element("td", ["class": "n", "data-label": "took"]) { $0.text(stage.length) }
            row.element("td") { cell in
                let (start, length) = timeline.place(of: stage)
                cell.append(
                    SVG.drawing(title: stage.name, summary: stage.length, height: 10) { svg in
                        svg.rectangle(x: 0, width: 1, y: 0, height: 10, kind: "track")
                        let width = max(length, 0.004)
                        svg.rectangle(
                            x: min(start, 1 - width), width: width, y: 0, height: 10, kind: "live")
                    })
                for phrase in stage.evidence { cell.element("p") { $0.phrase(phrase) } }
            }
        }
    }
}
