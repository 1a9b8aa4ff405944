import Model
import Text

/// Rows and columns, and which columns may give way where the page is narrow; no cell is ever cut.
package struct Table: Sendable, Hashable {
    package var title: String
    package var columns: [Column]
    /// As many cells a row as there are columns.
    package var rows: [[Cell]]
    /// A line below it: how many rows were left out, or what a column means.
    package var note: Phrase
    /// Whether a page that can be opened shows its title alone at first.
    package var isFolded: Bool

    package init(
        _ title: String, columns: [Column], rows: [[Cell]], note: Phrase = "",
        isFolded: Bool = false
    ) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
        self.isFolded = isFolded
    }

    package struct Column: Sendable, Hashable {
        package enum Shortening: Sendable, Hashable {
            case never
            /// Down to so many places, further lines taking the rest; for a last column of sentences.
            case wrap(Int)
        }

        package var name: String
        package var isNumber: Bool
        /// Those of the highest rank are dropped first where a terminal is narrow; 0 always stays.
        package var rank: Int
        package var shortening: Shortening

        package init(
            _ name: String, isNumber: Bool = false, rank: Int = 0,
            shortening: Shortening = .never
        ) {
            self.name = name
            self.isNumber = isNumber
            self.rank = rank
            self.shortening = shortening
        }
    }

    package enum Cell: Sendable, Hashable {
        case phrase(Phrase)
        /// A bar filled by these shares of its length.
        case bar(Bar)

        /// An absent value is shown as `-`: it is not zero.
        package static func text(_ text: String?) -> Cell {
            .phrase(text.map { Phrase($0) } ?? "-")
        }
        package static func count(_ count: Int?) -> Cell { .text(count?.grouped) }
    }
}
