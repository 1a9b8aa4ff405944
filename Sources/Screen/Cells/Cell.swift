/// One place of the screen: a sign with its marks, or the second place of a wide one.
///
/// Only `Look.line` makes one of text, so that nothing in it moves the cursor.
package struct Cell: Hashable, Sendable {
    /// Empty in the second place of a wide sign.
    package private(set) var text: String
    package private(set) var style: Style

    private init(text: String, style: Style) {
        self.text = text
        // A space looks the same in every style.
        self.style = text == " " ? .plain : style
    }

    package static let blank = Cell(text: " ", style: .plain)

    /// A sign that `Drawable` has let through.
    init(_ scalar: Unicode.Scalar, _ style: Style) {
        self.init(text: String(Character(scalar)), style: style)
    }

    /// What follows a wide sign.
    static func second(_ style: Style) -> Cell { Cell(text: "", style: style) }

    var isSecond: Bool { text.isEmpty }

    /// More than two marks would be drawn over the lines above and below.
    private static let mostMarks = 2

    /// Puts a mark on the sign; false where it bears enough of them, or is none.
    mutating func add(_ mark: Unicode.Scalar) -> Bool {
        let scalars = text.unicodeScalars.count
        guard scalars > 0, scalars <= Self.mostMarks else { return false }
        text.unicodeScalars.append(mark)
        return true
    }

    /// Whether every terminal moves its cursor by one behind it.
    var isSettled: Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return Drawable.isSettled(first) && text.unicodeScalars.count == 1
    }

    /// How many places behind its own a terminal may cover that takes it, or its marks, for wider.
    var overhang: Int { isSettled ? 0 : text.unicodeScalars.count }

    /// The same sign in another style.
    func styled(_ style: Style) -> Cell { Cell(text: text, style: style) }
}
