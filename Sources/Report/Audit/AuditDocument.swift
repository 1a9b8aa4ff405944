import Audit
import Model
import Text

/// The page of an audit: one namespace, or several side by side.
struct AuditDocument {
    let assessments: [Assessment]
    let host: Host
    /// How many rows each table has at most.
    let top: Int
    var choice = TableChoice()

    var document: Document {
        let verdict = AuditVerdict(assessments: assessments)
        let masthead = Masthead(
            items: items, severity: verdict.severity, verdict: headline(verdict),
            keys: verdict.keys)
        var blocks: [Block] = [.masthead(masthead)]
        if assessments.count == 1, let only = assessments.first {
            blocks += AuditSection(assessment: only, top: top, choice: choice).blocks
        } else {
            blocks.append(.figures(AuditSection.figures(states)))
            // What is wrong comes first, whatever the order of names.
            let (single, alike) = NamespacesAlike.part(mostSevereFirst)
            if single.count > 1 { blocks.append(.table(namespaces(single))) }
            for one in single {
                blocks.append(.heading("Network namespace " + Self.name(one), level: 1))
                blocks += AuditSection(assessment: one, top: top, choice: choice).blocks
            }
            blocks += alike.flatMap(\.blocks)
            blocks += HealthyNamespaces(assessments: assessments.filter(\.findings.isEmpty)).blocks
        }
        return Document(title: "\(host.name): TCP audit", blocks: blocks + end(verdict))
    }

    /// Those in which something was found; alike severe ones stay in their order.
    private var mostSevereFirst: [Assessment] {
        Severity.allCases.sorted(by: >).flatMap { severity in
            assessments.filter { $0.findings.map(\.severity).max() == severity }
        }
    }

    /// Where nothing was found in one namespace, its section says what was not looked at.
    private func headline(_ verdict: AuditVerdict) -> String {
        assessments.count == 1 && verdict.severity == nil ? verdict.health : verdict.sentence
    }

    private var states: StateCounts {
        assessments.reduce(StateCounts()) { $0 + $1.situation.now.states }
    }

    /// `web-3 · Linux 6.1.0 · 2026-11-22 11:20:07 UTC · network namespace init · 412 331 sockets in 0.21 s`.
    private var items: [Phrase] {
        let snapshots = assessments.map(\.situation.now)
        let seconds = snapshots.reduce(0) { $0 + $1.dumpSeconds }
        let space =
            assessments.count == 1
            ? "network namespace \(assessments.first.map(Self.name) ?? "-")"
            : "\(assessments.count.grouped) network namespaces"
        let sockets =
            snapshots.allSatisfy { $0.source == .none }
            ? "sockets not read"
            : "\(states.total.counted("socket")) in \(seconds.duration)"
        return [
            .strong(host.name), "Linux \(host.kernel)",
            Phrase(snapshots.first.map { UTC.text($0.time) } ?? ""), Phrase(space), Phrase(sockets),
        ]
    }

    static func name(_ assessment: Assessment) -> String {
        let space = assessment.situation.now.namespace
        return space.name.isEmpty ? "net:[\(space.inode)]" : space.name
    }

    private func namespaces(_ assessments: [Assessment]) -> Table {
        Table(
            "Network namespaces with findings",
            columns: [
                Table.Column("namespace"),
                Table.Column("processes", isNumber: true, rank: 2),
                Table.Column("sockets", isNumber: true),
                Table.Column("ESTABLISHED", isNumber: true, rank: 4),
                Table.Column("TIME_WAIT", isNumber: true, rank: 3),
                Table.Column("listeners", isNumber: true, rank: 5),
                Table.Column("fullest destination", isNumber: true, rank: 1),
                Table.Column("findings"),
            ],
            rows: assessments.map { one in
                let now = one.situation.now
                return [
                    .text(Self.name(one)), .count(now.namespace.processes),
                    .count(now.states.total),
                    .count(now.states[.established]), .count(now.states[.timeWait]),
                    .count(now.listeners.count),
                    .text(one.situation.tuples.first?.usedRatio.percent),
                    .phrase(AuditVerdict(assessments: [one]).counts),
                ]
            })
    }

    private func end(_ verdict: AuditVerdict) -> [Block] {
        let found = assessments.flatMap { one in one.findings.map { (finding: $0, place: one) } }
            .mostSevereFirst(by: \.finding.severity)
        var blocks: [Block] = [.remark(label: "", verdict.counts + share)]
        // The end of a long page is what a terminal shows.
        if let worst = found.first {
            blocks.append(
                .remark(
                    label: "most severe",
                    .severity(
                        worst.finding.severity, worst.finding.severity.rawValue.uppercased())
                        + " " + .strong(worst.finding.rule.rawValue)
                        + Phrase(" · \(worst.finding.subject): \(worst.finding.observed)")))
        }
        let profile = Self.profile(answering: found)
        var rules: [RuleID] = []
        var next: [Phrase] = []
        for (finding, place) in found where !rules.contains(finding.rule) {
            guard rules.count < (profile == nil ? 2 : 1) else { break }
            rules.append(finding.rule)
            next.append(.code(place.placement.command("tcptune explain \(finding.rule)")))
        }
        if let profile { next.append(.code(profile)) }
        if let look = lookWithInterval {
            next.append(.code(look) + .quiet(" (per-second rates)"))
        }
        if !next.isEmpty { blocks.append(.remark(label: "next", next.joined(by: " · "))) }
        blocks += AuditNotes.basis(assessments).map { .remark(label: "note", Phrase($0)) }
        // What the page's own sentence says is not said again.
        var said = assessments.filter(\.findings.isEmpty).compactMap(AuditSection.others)
        for unseen in assessments.flatMap(\.situation.now.unseen) where !said.contains(unseen) {
            said.append(unseen)
            let why = unseen.why.isEmpty ? Phrase() : .quiet(" (\(unseen.why))")
            blocks.append(.remark(label: "not checked", Phrase(unseen.what) + why))
        }
        return blocks
    }

    /// In how many of several namespaces something was found.
    private var share: Phrase {
        guard assessments.count > 1 else { return "" }
        let ill = assessments.count { !$0.findings.isEmpty }
        let all = "\(assessments.count.grouped) network namespaces"
        return Phrase(ill == 0 ? " in \(all)" : " in \(ill.grouped) of \(all)")
    }

    /// A second look with rates; nil where this one had them, or where there is nothing to look at again.
    private var lookWithInterval: String? {
        guard assessments.contains(where: { $0.situation.interval == nil }),
            let first = assessments.first, !first.placement.isElsewhere
        else { return nil }
        // Several namespaces were asked for together.
        return first.placement.command(
            assessments.count > 1
                ? "tcptune audit --netns all --interval 2s" : "tcptune audit --interval 2s")
    }

    /// The command that shows what a profile would change, where one suits a finding; the most severe one counts.
    private static func profile(
        answering found: [(finding: Finding, place: Assessment)]
    ) -> String? {
        for (finding, place) in found {
            if let profile = finding.profile {
                return place.placement.command("tcptune plan \(profile)")
            }
        }
        return found.first {
            $0.finding.severity >= .warning && $0.finding.isAnsweredByProfile
        }?.place.placement.command("tcptune profile recommend")
    }
}
