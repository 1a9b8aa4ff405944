/// A key that was pressed, as a terminal tells it.
package enum Key: Hashable, Sendable {
    /// A letter, a digit, a sign; with what a keyboard writes by several scalars, one after the other.
    case character(Unicode.Scalar)
    /// A letter held with Control, as a small one: `^C` is `.control("c")`.
    case control(Unicode.Scalar)
    case enter, escape, backspace, tab, delete
    case up, down, left, right
    case home, end, pageUp, pageDown
}
