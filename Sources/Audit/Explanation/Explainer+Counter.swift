import Catalogue
import Model
import Text

extension Explainer {
    func explain(_ counter: KernelCounter) -> Explanation {
        var explanation = Explanation(
            name: counter.fullName, kind: .counter,
            passages: [.init("meaning", counter.meaning), .init("reading", counter.reading)],
            sources: counter.source)
        if let myth = counter.myth { explanation.passages.append(.init("myth", myth)) }
        let judgement = Coverage.judgement(ofCounter: counter.group, counter.name)
        if case .judged(let rules)? = judgement { explanation.findings = findings(rules) }
        guard let value = situation.counter(counter.group, counter.name) else {
            explanation.verdict = absence(of: counter)
            return explanation
        }
        explanation.here = [.init("value now", value.grouped)]
        var sentences: [String] = []
        if counter.isLevel {
            sentences.append("It is a level, not a count of events: now \(value.grouped).")
        } else if let growth = situation.growth(counter.group, counter.name),
            let interval = situation.interval
        {
            explanation.here.append(
                .init(
                    "in \(interval.duration)",
                    "\(growth.grouped) more, \((Double(growth) / interval).figure)/s"))
            sentences.append(
                growth == 0
                    ? "It did not grow in \(interval.duration)."
                    : "It grows: \((Double(growth) / interval).figure)/s over \(interval.duration)."
            )
        } else if value == 0 {
            sentences.append("It has been 0 \(situation.epoch).")
        } else {
            sentences.append("One look does not show whether it grows: add --interval 5s.")
        }
        sentences.append(words(of: judgement, findings: explanation.findings))
        explanation.verdict = sentences.joined(separator: " ")
        return explanation
    }

    /// A file that could not be read is not a kernel without the counter.
    private func absence(of counter: KernelCounter) -> String {
        if situation.now.counters.groups[counter.group] != nil {
            return "This kernel does not report it."
        }
        let unread = situation.now.unseen.filter { $0.what.hasPrefix("counters of ") }
        guard let first = unread.first else {
            return "No counter of the group \(counter.group) was found in this namespace."
        }
        return "Not checked: \(first.what) (\(first.why))."
    }

    private func words(of judgement: CoverageEntry.Judgement?, findings: [Finding]) -> String {
        switch judgement {
        case .judged(let rules) where findings.isEmpty:
            "Judged by \(rules.map(\.rawValue).joined(separator: ", ")): no problem found."
        case .judged: "Findings based on it are below."
        case .notJudged(let reason)?: "No rule judges it: \(reason)."
        case nil: "No rule judges it."
        }
    }
}

extension KernelCounter {
    /// Whether it goes up and down, while a counter only grows.
    ///
    /// Source: `net/ipv4/proc.c:snmp_seq_show_tcp_udp`, `sockstat_seq_show`; `nf_conntrack_standalone.c`.
    var isLevel: Bool {
        switch group {
        case "Tcp": ["CurrEstab", "MaxConn", "RtoAlgorithm", "RtoMin", "RtoMax"].contains(name)
        case "nf_conntrack": ["count", "max", "entries"].contains(name)
        case "softnet": ["backlog_len", "input_qlen", "process_qlen"].contains(name)
        default: group.hasPrefix("sockstat")
        }
    }
}
