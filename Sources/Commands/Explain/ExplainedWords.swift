import Audit
import Catalogue

/// What the words behind `explain` ask for: several names, each a topic of its own, or one pasted line.
struct ExplainedWords {
    /// What is known, in the order in which it was typed; each once.
    let topics: [String]
    /// What is not.
    let unknown: [String]
    /// Whether several were asked for, known or not.
    var areSeveral: Bool { topics.count + unknown.count > 1 }

    /// Several where each word is a name, where one of them was quoted, or where most of them are names; all other words
    /// are one line, as they stand.
    init(_ words: [String]) {
        let line = words.joined(separator: " ")
        guard words.count > 1, !Self.isName(line) else {
            (topics, unknown) = Self.sorted([line])
            return
        }
        let (known, others) = Self.sorted(words)
        let isQuoted = words.contains { $0.contains(where: \.isWhitespace) }
        // "read ECONNRESET" and "too many orphaned sockets in LAST_ACK" are sentences with names in them.
        let isSentence =
            !isQuoted
            && (known.count < others.count || others.contains(where: Self.calls.contains)
                || (!others.isEmpty && Topic.find(others.joined(separator: " ")) != nil))
        (topics, unknown) = isSentence || known.isEmpty ? Self.sorted([line]) : (known, others)
    }

    private static func sorted(_ words: [String]) -> (known: [String], unknown: [String]) {
        var seen: Set<String> = []
        var known: [String] = []
        var unknown: [String] = []
        for word in words {
            let isKnown =
                word.contains(where: \.isWhitespace) || words.count == 1
                ? Explainer.knows(word) : isName(word)
            if !isKnown {
                unknown.append(word)
            } else if seen.insert(Topic.find(word)?.name ?? word.lowercased()).inserted {
                known.append(word)
            }
        }
        return (known, unknown)
    }

    private static func isName(_ word: String) -> Bool {
        RuleGuide.rule(named: word) != nil || Topic.named(word) != nil
            || (word.contains("=") && Topic.find(word) != nil)
    }

    /// What programs put before an errno: `connect ECONNREFUSED`.
    private static let calls: Set<String> = [
        "accept", "bind", "connect", "listen", "read", "recv", "send", "write", "Error:", "error:",
    ]
}
