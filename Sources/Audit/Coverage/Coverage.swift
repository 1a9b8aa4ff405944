package import Model

/// What one run judged, what no rule judges, and what it could not check: the table less what was not read.
package struct Coverage: Sendable {
    package let judged: [Line]
    package let notJudged: [Line]
    package let notChecked: [Line]
    /// Judged, though a part could not be looked at.
    package let inPart: [Line]
    /// All that was missing, in the order of the table, each once.
    package let missing: [Missing]

    package struct Line: Sendable, Hashable {
        package let subject: CoverageSubject
        /// The rules that judged it; of what was not checked, those that would have.
        package let rules: [RuleID]
        /// Why it was not judged, not checked, or only in part; empty if it was judged.
        package let reasons: [String]
        package var reason: String { reasons.joined(separator: "; ") }
    }

    /// Something that was not read, and the rules that saw nothing, or less, without it.
    package struct Missing: Sendable, Hashable {
        package let text: String
        package fileprivate(set) var rules: [RuleID]
        let need: CoverageNeed
    }

    /// What a snapshot says under `unseen` if only listeners were read.
    package static let unreadConnections = "sockets that do not listen"

    package static func of(_ situation: Situation) -> Coverage { Coverage(situation) }

    private init(_ situation: Situation) {
        var judged: [Line] = []
        var notJudged: [Line] = []
        var notChecked: [Line] = []
        var inPart: [Line] = []
        var missing: [Missing] = []
        func lacks(_ needs: [CoverageNeed], for rules: [RuleID]) -> [String] {
            needs.compactMap { need in
                guard let text = need.missing(in: situation) else { return nil }
                let place = missing.firstIndex { $0.text == text } ?? missing.count
                if place == missing.count {
                    missing.append(Missing(text: text, rules: [], need: need))
                }
                for rule in rules where !missing[place].rules.contains(rule) {
                    missing[place].rules.append(rule)
                }
                return text
            }
        }
        for entry in CoverageEntry.all {
            guard case .judged(let rules) = entry.judgement else {
                if case .notJudged(let reason) = entry.judgement {
                    notJudged.append(Line(subject: entry.subject, rules: [], reasons: [reason]))
                }
                continue
            }
            var reasons = lacks(entry.needs, for: [])
            var able: [RuleID] = []
            if reasons.isEmpty {
                for rule in rules {
                    let lacking = lacks(RuleNeeds.of(rule).required, for: [rule])
                    if lacking.isEmpty { able.append(rule) }
                    reasons += lacking.filter { !reasons.contains($0) }
                }
            }
            guard !able.isEmpty else {
                notChecked.append(
                    Line(
                        subject: entry.subject, rules: rules,
                        reasons: reasons))
                continue
            }
            judged.append(Line(subject: entry.subject, rules: able, reasons: []))
            let less = able.flatMap { lacks(RuleNeeds.of($0).helpful, for: [$0]) }
            for text in less where !reasons.contains(text) { reasons.append(text) }
            if !reasons.isEmpty {
                inPart.append(
                    Line(
                        subject: entry.subject, rules: able,
                        reasons: reasons))
            }
        }
        self.judged = judged
        self.notJudged = notJudged
        self.notChecked = notChecked
        self.inPart = inPart
        self.missing = missing
    }

    /// The rules that judge a state of sockets, those that could not in this run left out.
    func rules(for state: TCPState, as role: SocketRole? = nil) -> [RuleID] {
        var rules: [RuleID] = []
        for line in judged
        where line.subject.state == state && (role == nil || line.subject.role == role) {
            for rule in line.rules where !rules.contains(rule) { rules.append(rule) }
        }
        return rules
    }

    /// Every rule that the table names for a state, whether it could judge or not.
    static func rules(for state: TCPState) -> [RuleID] {
        var rules: [RuleID] = []
        for entry in CoverageEntry.all where entry.subject.state == state {
            for rule in entry.rules where !rules.contains(rule) { rules.append(rule) }
        }
        return rules
    }

    /// The rules that judge a counter; nil for one that is not in the table.
    static func judgement(ofCounter group: String, _ name: String) -> CoverageEntry.Judgement? {
        CoverageEntry.all.first { $0.subject == .counter(group, name) }?.judgement
    }
}
