import Model

/// A picture of a page, with its legend, and its numbers in a table that opens.
struct HTMLChart {
    let chart: Chart

    func render(into html: inout HTML) {
        html.element("section", ["class": "card"]) { section in
            section.element("h2") { $0.text(chart.title) }
            section.append(drawing)
            section.append(legend)
            section.element("details") { details in
                details.element("summary") { $0.text("Numbers") }
                HTMLTable(table: chart.table, name: chart.title).render(into: &details)
            }
        }
    }

    private var drawing: HTML {
        let height =
            switch chart.kind {
            case .ports(let ports): ports.height
            case .closings: ClosingsChart.height
            case .states: StatesChart.height
            case .lines(let lines): lines.height
            case .distribution: DistributionChart.height
            case .effects(let effects): effects.height
            case .sequence(let sequence): sequence.height
            case .machine: StateMachineChart.height
            }
        let kind =
            switch chart.kind {
            case .sequence(let sequence): sequence.extent
            case .machine: "few"
            default: ""
            }
        return SVG.drawing(
            title: chart.title, summary: chart.summary, height: height, kind: kind
        ) { svg in
            switch chart.kind {
            case .ports(let ports): ports.draw(into: &svg)
            case .closings(let closings): closings.draw(into: &svg)
            case .states(let states): states.draw(into: &svg)
            case .lines(let lines): lines.draw(into: &svg)
            case .distribution(let distribution): distribution.draw(into: &svg)
            case .effects(let effects): effects.draw(into: &svg)
            case .sequence(let sequence): sequence.draw(into: &svg)
            case .machine(let machine): machine.draw(into: &svg)
            }
        }
    }

    private var legend: HTML {
        var html = HTML()
        let entries = ChartLegend.entries(chart.kind)
        guard !entries.isEmpty else { return html }
        html.element("ul", ["class": "legend"]) { list in
            for entry in entries {
                list.element("li") { item in
                    switch entry.sign {
                    case .box(let kind): item.element("i", ["class": kind])
                    case .line(let kind): item.append(SVG.sample(line: kind))
                    case .shape(let shape): item.append(SVG.sample(shape: shape))
                    }
                    item.text(entry.name)
                }
            }
        }
        return html
    }
}
