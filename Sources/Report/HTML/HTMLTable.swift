import Model
import Text

/// A table of a page; a wide one scrolls by itself.
struct HTMLTable {
    let table: Table

    func render(into html: inout HTML) {
        html.element("div", ["class": "scroll"]) { scroll in
            scroll.element("table") { markup in
                markup.element("thead") { head in
                    head.element("tr") { row in
                        for column in table.columns {
                            row.element(
                                "th", ["class": column.isNumber ? "n" : "", "scope": "col"]
                            ) { $0.text(column.name) }
                        }
                    }
                }
                markup.element("tbody") { body in
                    for cells in table.rows {
                        body.element("tr") { row in
                            for (cell, column) in zip(cells, table.columns) {
                                row.element("td", ["class": column.isNumber ? "n" : ""]) {
                                    render(cell, into: &$0)
                                }
                            }
                        }
                    }
                }
            }
        }
        if !table.note.isEmpty { html.element("p", ["class": "remark"]) { $0.phrase(table.note) } }
    }

    private func render(_ cell: Table.Cell, into html: inout HTML) {
        switch cell {
        case .phrase(let phrase): html.phrase(phrase)
        case .bar(let bar):
            html.append(
                SVG.drawing(title: bar.filled.percent, summary: "", height: 10) { svg in
                    svg.rectangle(x: 0, width: 1, y: 0, height: 10, kind: "track")
                    var x = 0.0
                    for (part, share) in bar.shares.enumerated() where share > 0 {
                        svg.rectangle(
                            x: x, width: share, y: 0, height: 10,
                            kind: PortsChart.kinds[min(part, PortsChart.kinds.count - 1)])
                        x += share
                    }
                })
        }
    }
}
