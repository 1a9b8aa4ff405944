/// A text set in lines.
struct TextLines {
    let text: WatchText
    let look: Look

    /// The room for labels, and the gap behind it.
    static let label = 10

    func lines(width: Int) -> [Line] {
        RouteText.pieces(text.title, look, .strong).stacked(to: width)
            + text.paragraphs.flatMap { paragraph in
                paragraph.isCommand
                    ? command(paragraph.text, width: width)
                    : labelled(paragraph.label, look.line(paragraph.text), width: width)
            }
    }

    private func command(_ text: String, width: Int) -> [Line] {
        look.line(text, .code).wrapped(to: width, lead: look.line("  $ ", .quiet), indent: 4)
    }

    /// The label before the first line; above it where the screen is narrow.
    func labelled(_ label: String?, _ words: Line, width: Int) -> [Line] {
        guard let label else { return words.wrapped(to: width) }
        let name = look.line(label, .quiet)
        guard width >= 3 * Self.label, name.width < Self.label else {
            return (name.isEmpty ? [] : [name.prefix(width)]) + words.wrapped(to: width)
        }
        return words.wrapped(to: width, lead: name.padded(to: Self.label), indent: Self.label)
    }
}
