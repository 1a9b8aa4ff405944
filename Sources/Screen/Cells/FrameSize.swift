/// How many rows and columns a terminal has.
package struct FrameSize: Hashable, Sendable {
    package let rows: Int
    package let columns: Int

    /// More than these nobody looks at, and a terminal may claim 65 535 of each.
    private static let most = (rows: 500, columns: 1000)

    package init(rows: Int, columns: Int) {
        self.rows = min(max(rows, 1), Self.most.rows)
        self.columns = min(max(columns, 1), Self.most.columns)
    }
}
