/// The bytes that turn what a terminal shows into the next frame.
package struct FrameChange {
    private let old: Frame?
    private let new: Frame
    private var pen: Pen

    /// So many places that are the same are written again, rather than gone over: about as many bytes as a move.
    private static let widestGap = 5

    private init(from old: Frame?, to new: Frame, _ look: Look, _ placement: Placement) {
        self.old = old
        self.new = new
        pen = Pen(isColoured: look.isColoured, placement: placement, rows: new.size.rows)
    }

    /// Only what has changed; all of it where nothing is there yet, or the size is another.
    package static func bytes(
        from old: Frame?, to new: Frame, look: Look, placement: Placement = .screen
    ) -> [UInt8] {
        var change = FrameChange(from: old, to: new, look, placement)
        change.write()
        return change.pen.bytes
    }

    private mutating func write() {
        guard let old, old.size == new.size else {
            pen.clear(rowsBefore: old?.size.rows)
            let empty = Frame(new.size)
            for row in 0..<new.size.rows { write(row, from: empty) }
            pen.finish()
            return
        }
        for row in 0..<new.size.rows { write(row, from: old) }
        pen.finish()
    }

    private mutating func write(_ row: Int, from old: Frame) {
        var column = 0
        while column < new.size.columns {
            guard differs(row, column, from: old) else {
                column += 1
                continue
            }
            var start = column
            while start > 0, new[row, start].isSecond { start -= 1 }
            var end = column + 1
            var place = end
            // The run goes on as long as the next difference is near.
            while place < new.size.columns, place - end <= Self.widestGap {
                if differs(row, place, from: old) { end = place + 1 }
                place += 1
            }
            // What a terminal may have covered that takes a sign for wider is written again.
            place = start
            while place < end {
                end = min(max(end, place + 1 + new[row, place].overhang), new.size.columns)
                place += 1
            }
            write(row, start..<end)
            column = end
        }
    }

    private func differs(_ row: Int, _ column: Int, from old: Frame) -> Bool {
        let (one, other) = (old[row, column], new[row, column])
        return pen.isColoured ? one != other : !one.looks(like: other)
    }

    private mutating func write(_ row: Int, _ columns: Range<Int>) {
        for column in columns { write(row, column) }
        // Some terminals move a sign back from the last column that they take for wide, over the one before it.
        let last = new.size.columns - 1
        guard columns.contains(last), last > 0, !new[row, last].isSettled,
            !new[row, last].isSecond
        else { return }
        var before = last - 1
        while before > 0, new[row, before].isSecond { before -= 1 }
        write(row, before)
    }

    private mutating func write(_ row: Int, _ column: Int) {
        guard !new[row, column].isSecond else { return }
        pen.write(
            new[row, column], row: row, column: column,
            isWide: column + 1 < new.size.columns && new[row, column + 1].isSecond)
    }
}
