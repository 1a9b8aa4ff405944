/// Where frames are drawn.
package enum Placement: Hashable, Sendable {
    /// On the whole screen.
    case screen
    /// Among the other lines of the terminal, from where the cursor was.
    ///
    /// Between two frames the cursor stands at the beginning of the last row, so that a program that ends leaves it there.
    case inline
}
