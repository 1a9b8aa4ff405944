/// A line across the screen with a title in it: `── findings ───────── 2 open ──`.
struct Rule {
    var title: String
    /// More of the title, where there is room.
    var order = ""
    /// At the right end.
    var info: String
    var isStrong = false
    let look: Look

    func line(width: Int) -> Line {
        let stroke = look.line("─", .quiet)
        func strokes(_ count: Int) -> Line {
            Line(Array(repeating: stroke.cells, count: max(count, 0)).flatMap { $0 })
        }
        func name(_ title: String) -> Line {
            look.line(" \(title) ", isStrong ? .strong : .plain)
        }
        let long = name(order.isEmpty ? title : "\(title) \(order)")
        let end = info.isEmpty ? Line() : look.line(" \(info) ", .quiet)
        for (start, name, end) in [
            (2, long, end), (2, long, Line()), (2, name(title), Line()), (0, name(title), Line()),
        ] {
            let tail = end.isEmpty ? 0 : 2
            let room = width - start - name.width - end.width - tail
            if room >= 1 { return strokes(start) + name + strokes(room) + end + strokes(tail) }
        }
        return name(title).dropFirst(1).prefix(width)
    }
}
