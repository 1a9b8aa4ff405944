/// What the evidence says of one possible cause.
package enum CauseVerdict: Sendable, Hashable {
    /// Present, with the numbers that show it.
    case found(String)
    /// Consistent with what was read, and not proven by it.
    case mayBe(String)
    /// Checked, and not the case.
    case notFound(String)
    /// No rule and no counter on this host shows it, or this run could not read it; empty if there is no more to say.
    case cannotBeSeen(String)

    /// The word for scripts: `may_be`.
    package var word: String {
        switch self {
        case .found: "found"
        case .mayBe: "may_be"
        case .notFound: "not_found"
        case .cannotBeSeen: "cannot_be_seen"
        }
    }

    /// The word for people: `may be`.
    package var words: String {
        switch self {
        case .found: "found"
        case .mayBe: "may be"
        case .notFound: "not found"
        case .cannotBeSeen: "cannot be seen here"
        }
    }

    /// The numbers, or the reason.
    package var evidence: String {
        switch self {
        case .found(let text), .mayBe(let text), .notFound(let text), .cannotBeSeen(let text): text
        }
    }

    package var isFound: Bool { if case .found = self { true } else { false } }
    package var isPossible: Bool { if case .mayBe = self { true } else { false } }
    package var isNotFound: Bool { if case .notFound = self { true } else { false } }
}
