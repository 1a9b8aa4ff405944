/// Which parts of a table's columns are shown, and how wide each is.
struct TableLayout {
    /// Those before the identity first.
    private let columns: [TableColumn]
    private let before: Int
    private let look: Look
    /// How wide each part is, column by column.
    private var widths: [[Int]]

    /// With every part that has this rank or a lower one, each as narrow as it can be.
    init(leading: [TableColumn], trailing: [TableColumn], rank: Int, look: Look) {
        let leading = leading.compactMap { $0.reduced(to: rank) }
        before = leading.count
        columns = leading + trailing.compactMap { $0.reduced(to: rank) }
        self.look = look
        widths = columns.map { $0.parts.map(\.width) }
    }

    /// Of all columns with the gaps between them and the identity.
    var width: Int {
        zip(columns, widths).reduce(columns.count * Table.gap) { $0 + $1.0.width($1.1) }
    }

    /// With the drawings as wide as there is room, a place at a time to each in turn, so that they grow alike.
    func fitted(to room: Int) -> TableLayout {
        var layout = self
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for (place, column) in columns.enumerated() {
                for (index, part) in column.parts.enumerated() {
                    guard layout.widths[place][index] < part.room.upperBound else { continue }
                    layout.widths[place][index] += 1
                    if layout.width <= room {
                        isGrowing = true
                    } else {
                        layout.widths[place][index] -= 1
                    }
                }
            }
        }
        return layout
    }

    func line(row: Int, identity: Line) -> Line { joined(lines(row), identity) }

    /// The columns behind the identity, in their places.
    ///
    /// - Parameter room: what the identity takes in other rows.
    func line(row: Int, beneath room: Int) -> Line {
        let lines = lines(row)
        let start = lines.prefix(before).reduce(0) { $0 + $1.width + Table.gap }
        return .blank(start + room + Table.gap)
            + lines.dropFirst(before).joined(by: .blank(Table.gap))
    }

    func titles(identity: Line) -> Line {
        joined(zip(columns, widths).map { $0.titleLine(widths: $1) }, identity)
    }

    private func lines(_ row: Int) -> [Line] {
        zip(columns, widths).map { $0.line(row: row, widths: $1, look: look) }
    }

    private func joined(_ lines: [Line], _ identity: Line) -> Line {
        (lines.prefix(before) + [identity] + lines.dropFirst(before))
            .joined(by: .blank(Table.gap))
    }
}
