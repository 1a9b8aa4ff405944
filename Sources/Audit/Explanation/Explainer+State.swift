import Catalogue
import Model
import Text

extension Explainer {
    func explain(_ state: StateFact) -> Explanation {
        var explanation = Explanation(
            name: state.name, kind: .state,
            passages: [
                .init("meaning", state.meaning), .init("who", state.holder),
                .init("lasts", state.lasts), .init("ended by", state.endedBy),
                .init("when it grows", state.growth),
            ], sources: state.source)
        if let myth = state.myth { explanation.passages.append(.init("myth", myth)) }
        guard let number = TCPState(name: state.name) else { return explanation }
        let census = StateCensus(of: number, in: situation)
        explanation.here = census.values
        let rules = Coverage.rules(for: number)
        explanation.findings = findings(rules + state.rules.filter { !rules.contains($0) })
            .filter { census.isConcerned(by: $0) }
        explanation.verdict = verdict(of: census, findings: explanation.findings)
        return explanation
    }

    /// Never a reassurance: what was counted, who judged it, and what nobody judged.
    private func verdict(of census: StateCensus, findings: [Finding]) -> String {
        let name = census.state.name
        if let reason = census.notCounted { return "Not checked: \(reason)." }
        guard let count = census.count, count > 0 else {
            return findings.isEmpty ? "None in this namespace." : Self.told(findings)
        }
        var sentences = ["\(count.grouped) \(count == 1 ? "socket" : "sockets")"]
        let rules = coverage.rules(for: census.state)
        if !findings.isEmpty {
            sentences[0] += ". " + Self.told(findings)
        } else if rules.isEmpty {
            sentences[0] += "; no rule judges \(name) in this run."
        } else {
            sentences[0] +=
                "; no rule found a problem (judged by \(rules.map(\.rawValue).joined(separator: ", ")))."
        }
        sentences += leftOut(of: census)
        return sentences.joined(separator: " ")
    }

    private static func told(_ findings: [Finding]) -> String {
        let rules = findings.map(\.rule).reduce(into: [RuleID]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        return findings.count == 1
            ? "One finding concerns them: \(rules[0])."
            : "\(findings.count.grouped) findings concern them: \(rules.map(\.rawValue).joined(separator: ", "))."
    }

    /// Of the roles that occur: what no rule judges, and what this run could not check.
    private func leftOut(of census: StateCensus) -> [String] {
        let concerns = { (line: Coverage.Line) in
            guard line.subject.state == census.state, let role = line.subject.role else {
                return false
            }
            return census.mayHave(role)
        }
        var sentences = Self.notJudged(coverage.notJudged.filter(concerns))
        var reasons: [String] = []
        for line in coverage.notChecked + coverage.inPart where concerns(line) {
            for reason in line.reasons
            where !reasons.contains(reason) { reasons.append(reason) }
        }
        if !reasons.isEmpty {
            sentences.append("Not checked: \(reasons.joined(separator: "; ")).")
        }
        return sentences
    }

    /// A sentence for each reason: `No rule judges ESTABLISHED at a listener or opened by this host, idle: …`.
    private static func notJudged(_ lines: [Coverage.Line]) -> [String] {
        var told: [String] = []
        var sentences: [String] = []
        for line in lines where !told.contains(line.reason) {
            told.append(line.reason)
            guard case .sockets(let state, _, let hold) = line.subject else { continue }
            let roles = lines.filter { $0.reason == line.reason }.compactMap(\.subject.role?.words)
            sentences.append(
                "No rule judges \(state.name) \(roles.joined(separator: " or ")), \(hold.words): "
                    + "\(line.reason).")
        }
        return sentences
    }
}
