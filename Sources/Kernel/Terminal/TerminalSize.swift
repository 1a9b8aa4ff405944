import CNetlink
import Glibc

/// How many rows and columns a terminal says it has.
package struct TerminalSize: Sendable, Hashable {
    package var rows: Int
    package var columns: Int

    /// What a terminal had that could not tell: the VT100's.
    package static let usual = TerminalSize(rows: 24, columns: 80)

    /// Nil where it is no terminal, or does not tell, as over a serial line.
    init?(of descriptor: CInt) {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0,
            size.ws_row > 0
        else { return nil }
        rows = Int(size.ws_row)
        columns = Int(size.ws_col)
    }

    package init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }
}
