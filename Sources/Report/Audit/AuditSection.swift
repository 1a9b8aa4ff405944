import Audit
import Model
import Text

/// What is said of one namespace: its states, what was found, pictures and tables.
struct AuditSection {
    let assessment: Assessment
    let top: Int
    var choice = TableChoice()

    var blocks: [Block] {
        let situation = assessment.situation
        let charts = AuditCharts(situation: situation)
        let tables = AuditTables(situation: situation, top: top, choice: choice)
        var blocks: [Block] = []
        if situation.now.states.total > 0 {
            blocks.append(.figures(Self.figures(situation.now.states)))
        }
        if let ports = charts.ports { blocks.append(.chart(ports)) }
        blocks += assessment.findings.map(Block.finding)
        if assessment.findings.isEmpty { blocks.append(.paragraph(health)) }
        blocks += [charts.closings, charts.states].compactMap { $0 }.map(Block.chart)
        if !situation.tuples.isEmpty {
            blocks.append(.table(tables.tuples))
        } else if !assessment.findings.isEmpty, situation.now.source != .none {
            blocks.append(.paragraph(Phrase(Self.noTuple)))
        }
        blocks += [.table(tables.listeners)]
        if let former = tables.formerListeners { blocks.append(.table(former)) }
        blocks += [.table(tables.processes)]
        return blocks
    }

    /// The states that occur, most frequent first.
    static func figures(_ states: StateCounts) -> [Fact] {
        states.present.map { Fact($0.state.name, .strong($0.count.grouped)) }
    }

    private static let noTuple =
        "No outgoing connections: no destination uses an ephemeral port."

    /// What can be said where no rule found anything: of what was read, and what was not checked.
    private var health: Phrase {
        let verdict = AuditVerdict(assessments: [assessment])
        let notChecked = verdict.notChecked.map { " " + $0 } ?? ""
        return sights(verdict) + Phrase(notChecked + " " + Coverage.limits())
    }

    private func sights(_ verdict: AuditVerdict) -> Phrase {
        let situation = assessment.situation
        guard situation.now.source != .none else { return .good(verdict.health) }
        guard situation.now.states.total > 0 else {
            return .good("No problems found.") + " " + emptiness
        }
        var text = Phrase.good(verdict.health) + " "
        if let fullest = situation.tuples.first {
            text += Phrase(
                "The fullest destination, \(TupleText.name(fullest.tuple)), uses "
                    + "\(fullest.used.grouped) of \(fullest.usable.grouped) ports "
                    + "(\(fullest.usedRatio.percent)).")
        } else {
            text += Phrase(
                "No outgoing connections; \(situation.budget.usable.grouped) ephemeral ports are "
                    + "free for each destination.")
        }
        let listeners = situation.now.listeners
        if !listeners.isEmpty {
            let waiting = listeners.filter { $0.queue > 0 }.count
            let count = listeners.count.counted("listener")
            let part =
                listeners.count == 1 ? "it has" : waiting == 1 ? "1 has" : "\(waiting.grouped) have"
            text += Phrase(
                waiting == 0
                    ? " \(count); no connection is waiting to be accepted."
                    : " \(count); \(part) connections waiting to be accepted.")
        }
        return text
    }

    /// How many other namespaces there are, which is asked for where this one has no socket.
    static func others(_ assessment: Assessment) -> Unseen? {
        assessment.situation.now.unseen.first {
            $0.what.hasSuffix("other network namespaces")
                || $0.what.hasSuffix("other network namespace")
        }
    }

    /// What was looked at where there is no socket, and where sockets may be.
    private var emptiness: Phrase {
        let others = Self.others(assessment)
        return "This network namespace has no TCP socket"
            + Phrase(
                others.map { "; there \($0.what.hasPrefix("1 ") ? "is" : "are") \($0.what): " }
                    ?? ".")
            + (others == nil ? "" : .code("tcptune audit --netns all"))
    }
}
