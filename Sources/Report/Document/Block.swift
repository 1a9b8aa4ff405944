package import Audit

/// One part of a page, from top to bottom.
package enum Block: Sendable, Hashable {
    /// Who and when, and the verdict; a terminal shows the first line only, unless told otherwise.
    case masthead(Masthead)
    /// Level 1 begins a part of the page, level 2 a part of that.
    case heading(String, level: Int)
    /// The beginning of one of several pages that stand on one; `Span.Style.part` leads there.
    case part(String, number: Int)
    case paragraph(Phrase)
    /// Short names with their values on one line: `ESTABLISHED 2 011   LISTEN 14`.
    case figures([Fact])
    /// Names with longer values, one below the other.
    case facts([Fact])
    case list([Phrase], numbered: Bool)
    case finding(Finding)
    case table(Table)
    /// Stages of something that happened, one after the other.
    case timeline(Timeline)
    /// A picture; where pictures cannot be shown, its table stands for it or nothing does.
    case chart(Chart)
    case code(String)
    /// The last lines: `next: …`, `not seen: …`.
    case remark(label: String, Phrase)
}

/// A name and its value.
package struct Fact: Sendable, Hashable {
    package var name: String
    package var value: Phrase

    package init(_ name: String, _ value: Phrase) {
        self.name = name
        self.value = value
    }
}

/// The top of a page.
package struct Masthead: Sendable, Hashable {
    /// Host, release, time …, shown in a row.
    package var items: [Phrase]
    /// The worst that was found; nil where nothing was.
    package var severity: Severity?
    /// What the page comes to, in a sentence.
    package var verdict: String
    /// The two or three numbers that matter.
    package var keys: [KeyFigure]
    /// The verdict in a word, in place of the severity's: `proven`.
    ///
    /// With it a terminal shows all of the top.
    package var word: String?
    /// Whether a terminal shows the verdict as well, below the items.
    package var isVerdictShown: Bool

    package init(
        items: [Phrase], severity: Severity? = nil, verdict: String, keys: [KeyFigure] = [],
        word: String? = nil, isVerdictShown: Bool = false
    ) {
        self.items = items
        self.severity = severity
        self.verdict = verdict
        self.keys = keys
        self.word = word
        self.isVerdictShown = isVerdictShown
    }
}

/// A number that is worth large type.
package struct KeyFigure: Sendable, Hashable {
    package var value: String
    /// What it counts, and in what: a few words.
    package var label: String
    /// How bad it is; nil where it is not.
    package var severity: Severity?
    /// How it is to be taken, in a word: `better`; nil where it is not compared.
    package var word: String?
    /// What it was before; nil where it is not compared.
    package var before: String?
    /// How far that is, with its interval: `-98 % (-99 … -97 %)`, `~`.
    package var change: String?

    package init(
        _ value: String, _ label: String, severity: Severity? = nil, word: String? = nil,
        before: String? = nil, change: String? = nil
    ) {
        self.value = value
        self.label = label
        self.severity = severity
        self.word = word
        self.before = before
        self.change = change
    }

    /// `2 412 → 0`, for text.
    var span: String { before.map { "\($0) → \(value)" } ?? value }
    /// `connects without a port, -100 %, better`.
    var words: String {
        ([label] + [change, word].compactMap(\.self)).joined(separator: ", ")
    }
}
