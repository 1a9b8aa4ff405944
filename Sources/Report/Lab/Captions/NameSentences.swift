import Model

/// What a question for a name, and the answer to it, is for; told from what the message says of itself.
enum NameSentences {
    /// Nil where the message is of something else.
    static func sentence(
        of message: Exchange.Message, from: String, to: String
    ) -> String? {
        let flags = message.detail ?? ""
        if let mark = message.label.firstRange(of: "? ") {
            let (type, name) = (
                message.label[..<mark.lowerBound], message.label[mark.upperBound...]
            )
            let start = "\(from) asks \(to) for the \(type) record of \(name)"
            switch flags {
            case "recursion desired":
                return "\(start) and lets it ask other servers (recursion desired)."
            case "recursion not desired":
                return "\(start) and wants only what it knows itself (recursion not desired)."
            default: return nil
            }
        }
        if let mark = message.label.firstRange(of: "ask the servers of ") {
            let zone = message.label[mark.upperBound...]
            return flags.contains("glue")
                ? "A referral: \(from) names the servers of \(zone), with their addresses (glue)."
                : "A referral: \(from) names the servers of \(zone), without an address: it must be looked up first."
        }
        guard flags.contains("authoritative") || flags.contains("recursion available") else {
            return nil
        }
        let what =
            message.label == "NXDOMAIN" ? "that there is no such name" : "\(message.label)"
        return flags.contains("authoritative")
            ? "\(from) answers \(what), as an authority of the zone (authoritative)."
            : "\(from) answers \(what), which it got from other servers (not authoritative)."
    }
}
