import Model
import Text

/// A table of a page, named by its caption and reached by the keyboard; on a telephone a wide one becomes a list.
struct HTMLTable {
    let table: Table
    /// What names it where it has no title that is seen.
    var name = ""

    /// Tables of more columns are stacked where a page is narrow, a row below the other.
    private static let mostBeside = 3

    func render(into html: inout HTML) {
        let name = table.title.isEmpty ? self.name : table.title
        html.element(
            "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": name]
        ) { scroll in
            let isWide = table.columns.count > Self.mostBeside
            scroll.element("table", ["class": isWide ? "wide" : ""]) { markup in
                markup.element("caption", ["class": table.title.isEmpty ? "unseen" : ""]) {
                    caption in
                    if table.title.isEmpty {
                        caption.text(name)
                    } else {
                        caption.element("h2") { $0.text(table.title) }
                    }
                }
                markup.element("thead") { head(into: &$0) }
                markup.element("tbody") { body in
                    for cells in table.rows { body.element("tr") { row(cells, into: &$0) } }
                }
            }
        }
        if !table.note.isEmpty { html.element("p", ["class": "remark"]) { $0.phrase(table.note) } }
    }

    private func head(into html: inout HTML) {
        html.element("tr") { row in
            for column in table.columns {
                row.element("th", ["class": column.isNumber ? "n" : "", "scope": "col"]) {
                    $0.text(column.name)
                }
            }
        }
    }

    private func row(_ cells: [Table.Cell], into row: inout HTML) {
        for (place, (cell, column)) in zip(cells, table.columns).enumerated() {
            row.element(
                "td", ["class": column.isNumber ? "n" : "", "data-label": column.name]
            ) { render(cell, isSubject: place == 0, into: &$0) }
        }
    }

    private func render(_ cell: Table.Cell, isSubject: Bool, into html: inout HTML) {
        switch cell {
        case .phrase(let phrase): html.phrase(phrase, breaksNames: isSubject)
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
