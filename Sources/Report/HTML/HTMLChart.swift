import HostState

/// A picture of a page, with its legend, and its numbers in a table that opens.
struct HTMLChart {
    let chart: Chart

    func render(into html: inout HTML) {
        html.element("section", ["class": "card"]) { section in
            section.element("h2") { $0.text(chart.title) }
            section.append(drawing)
            section.element("ul", ["class": "legend"]) { list in
                for (kind, name) in legend {
                    list.element("li") { item in
                        item.element("i", ["class": kind])
                        item.text(name)
                    }
                }
            }
            section.element("details") { details in
                details.element("summary") { $0.text("The numbers") }
                HTMLTable(table: chart.table).render(into: &details)
            }
        }
    }

    private var drawing: HTML {
        let height =
            switch chart.kind {
            case .ports(let ports): ports.height
            case .closings: ClosingsChart.height
            case .states: StatesChart.height
            case .lines: LinesChart.height
            case .distribution: DistributionChart.height
            case .effects(let effects): effects.height
            }
        return SVG.drawing(title: chart.title, summary: chart.summary, height: height) { svg in
            switch chart.kind {
            case .ports(let ports): ports.draw(into: &svg)
            case .closings(let closings): closings.draw(into: &svg)
            case .states(let states): states.draw(into: &svg)
            case .lines(let lines): lines.draw(into: &svg)
            case .distribution(let distribution): distribution.draw(into: &svg)
            case .effects(let effects): effects.draw(into: &svg)
            }
        }
    }

    private var legend: [(kind: String, name: String)] {
        switch chart.kind {
        case .ports(let ports):
            PortsChart.legend.enumerated()
                .filter { index, _ in
                    ports.rows.contains {
                        $0.bar.shares.indices.contains(index) && $0.bar.shares[index] > 0
                    }
                }
                .map { ($0.element.0, $0.element.1) }
        case .closings(let closings):
            closings.series.enumerated().map { ("s\($0.offset)", $0.element.name) }
        case .states(let states):
            states.parts.map {
                (StatesChart.kind($0.state), "\($0.state.name) \($0.count.grouped)")
            }
        case .lines(let lines):
            lines.lines.enumerated().map { ("s\($0.offset)", $0.element.name) }
        case .distribution(let distribution):
            distribution.curves.enumerated().map { ("s\($0.offset)", $0.element.name) }
        case .effects: []
        }
    }
}
