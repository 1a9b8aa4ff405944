import Audit
import Model
import Text

/// A message in words: receivers show one or the other.
extension AlertMessage {
    /// The news in a line: `CRITICAL ports-exhausting 10.0.0.5 → 10.0.0.9:5432: no port is left, …`.
    package var summary: String {
        let subject = "\(key.rule) \(key.subject)"
        switch kind {
        case .raised: return "\(severity.rawValue.uppercased()) \(subject): \(sight.observed)"
        case .cleared: return "CLEARED \(subject) after \(lasted.duration)"
        case .digest:
            return
                "\(severity.rawValue.uppercased()) \(subject): keeps going up and down; \(changes)"
        }
    }

    /// What else is known, sentence by sentence.
    package var details: String {
        var parts: [String] = []
        switch kind {
        case .raised:
            if !sight.cause.isEmpty { parts.append("Cause: \(sight.cause)") }
            if let remedy = sight.remedy { parts.append("First remedy: \(remedy)") }
            if let severityBefore { parts.append("It was \(severityBefore.rawValue) before") }
        case .cleared, .digest:
            parts.append("Seen last: \(sight.observed)")
            if kind == .cleared, untold != nil { parts.append("Without a message: \(changes)") }
        }
        if let owner = sight.owner { parts.append("Owner: \(owner)") }
        parts.append("Network namespace: \(key.netns)")
        parts.append(age < 1 ? "As of now" : "As of \(age.duration) ago")
        if let remark { parts.append(remark.prefix(1).uppercased() + remark.dropFirst()) }
        return parts.joined(separator: ". ") + "."
    }

    /// `raised 14 times and cleared 14 times in 58 min`.
    private var changes: String {
        let untold = untold ?? Untold()
        return
            "raised \(untold.raised.counted("time")) and cleared \(untold.cleared.counted("time")) in \(untold.seconds.duration)"
    }

    private var lasted: Double { max(0, (endsAt ?? time) - startsAt) }
}
