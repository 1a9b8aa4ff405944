/// One place of the screen: a sign with its marks, or the second place of a wide one.
///
/// Only `Look.line` makes one of text, so that nothing in it moves the cursor. It holds no reference: lines are put together
/// of thousands of them, every second.
package struct Cell: Hashable, Sendable {
    /// 0 in the second place of a wide sign.
    private var sign: UInt32
    /// What stands on it, 0 for nothing; more than two marks would be drawn over the lines above and below.
    private var firstMark: UInt32 = 0
    private var secondMark: UInt32 = 0
    package let style: Style

    /// A sign that `Drawable` has let through.
    init(_ scalar: Unicode.Scalar, _ style: Style) {
        sign = scalar.value
        // A space looks the same in every style.
        self.style = scalar == " " ? .plain : style
    }

    private init(sign: UInt32, _ style: Style) {
        self.sign = sign
        self.style = style
    }

    package static let blank = Cell(" ", .plain)

    /// What follows a wide sign.
    static func second(_ style: Style) -> Cell { Cell(sign: 0, style) }

    var isSecond: Bool { sign == 0 }

    /// Puts a mark on the sign; false where it bears enough of them.
    mutating func add(_ mark: Unicode.Scalar) -> Bool {
        guard secondMark == 0 else { return false }
        if firstMark == 0 { firstMark = mark.value } else { secondMark = mark.value }
        return true
    }

    /// The sign and its marks; none in the second place of a wide sign.
    var scalars: [Unicode.Scalar] {
        [sign, firstMark, secondMark].filter { $0 != 0 }.compactMap(Unicode.Scalar.init)
    }

    /// Empty in the second place of a wide sign.
    package var text: String { String(String.UnicodeScalarView(scalars)) }

    /// Whether it shows the same as another, whatever their styles.
    func looks(like other: Cell) -> Bool {
        (sign, firstMark, secondMark) == (other.sign, other.firstMark, other.secondMark)
    }

    /// What it is in ASCII; nil where it is anything else.
    var ascii: UInt8? { firstMark == 0 && 0x20...0x7E ~= sign ? UInt8(sign) : nil }

    /// Whether every terminal moves its cursor by one behind it.
    var isSettled: Bool {
        !isSecond && firstMark == 0 && Unicode.Scalar(sign).map(Drawable.isSettled) ?? false
    }

    /// How many places behind its own a terminal may cover that takes it, or its marks, for wider.
    var overhang: Int {
        isSettled || isSecond ? 0 : 1 + (firstMark == 0 ? 0 : 1) + (secondMark == 0 ? 0 : 1)
    }
}
