import Audit
import HostState

/// The page of an audit: one namespace, or several side by side.
struct AuditDocument {
    let assessments: [Assessment]
    let host: Host
    /// How many rows each table has at most.
    let top: Int

    var document: Document {
        let verdict = AuditVerdict(assessments: assessments)
        let masthead = Masthead(
            items: items, severity: verdict.severity, verdict: verdict.sentence,
            keys: verdict.keys)
        var blocks: [Block] = [.masthead(masthead)]
        if assessments.count == 1, let only = assessments.first {
            blocks += AuditSection(assessment: only, top: top).blocks
        } else {
            blocks += [.figures(AuditSection.figures(states)), .table(namespaces)]
            for one in assessments {
                blocks.append(.heading("Network namespace " + name(one), level: 1))
                blocks += AuditSection(assessment: one, top: top).blocks
            }
        }
        return Document(title: "\(host.name): TCP audit", blocks: blocks + end(verdict))
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
            ? "network namespace \(assessments.first.map(name) ?? "-")"
            : "\(assessments.count.grouped) network namespaces"
        let sockets =
            snapshots.allSatisfy { $0.source == .none }
            ? "sockets not read"
            : "\(states.total.grouped) \(states.total == 1 ? "socket" : "sockets") in \(seconds.duration)"
        return [
            .strong(host.name), "Linux \(host.kernel)",
            Phrase(snapshots.first.map { UTC.text($0.time) } ?? ""), Phrase(space), Phrase(sockets),
        ]
    }

    private func name(_ assessment: Assessment) -> String {
        let space = assessment.situation.now.namespace
        return space.name.isEmpty ? "net:[\(space.inode)]" : space.name
    }

    private var namespaces: Table {
        Table(
            "Network namespaces",
            columns: [
                Table.Column("namespace", shortening: .end(24)),
                Table.Column("processes", isNumber: true, rank: 2),
                Table.Column("sockets", isNumber: true),
                Table.Column("ESTABLISHED", isNumber: true, rank: 4),
                Table.Column("TIME_WAIT", isNumber: true, rank: 3),
                Table.Column("listeners", isNumber: true, rank: 5),
                Table.Column("fullest tuple", isNumber: true, rank: 1),
                Table.Column("findings"),
            ],
            rows: assessments.map { one in
                let now = one.situation.now
                return [
                    .text(name(one)), .count(now.namespace.processes), .count(now.states.total),
                    .count(now.states[.established]), .count(now.states[.timeWait]),
                    .count(now.listeners.count),
                    .text(one.situation.tuples.first?.usedRatio.percent),
                    .phrase(AuditVerdict(assessments: [one]).counts),
                ]
            })
    }

    private func end(_ verdict: AuditVerdict) -> [Block] {
        var blocks: [Block] = [.remark(label: "", verdict.counts)]
        let findings = assessments.flatMap(\.findings).sorted { $0.severity > $1.severity }
        let profile = Self.profile(answering: findings)
        var rules: [String] = []
        for finding in findings where !rules.contains(finding.rule) { rules.append(finding.rule) }
        var next = rules.prefix(profile == nil ? 2 : 1).map { Phrase.code("tcptune explain \($0)") }
        if let profile { next.append(.code(profile)) }
        if assessments.contains(where: { $0.situation.interval == nil }) {
            next.append(.code("tcptune audit --interval 2s") + .quiet(" (what changes a second)"))
        }
        if !next.isEmpty { blocks.append(.remark(label: "next", next.joined(by: " · "))) }
        blocks += AuditNotes.basis(assessments).map { .remark(label: "note", Phrase($0)) }
        var said: [Unseen] = []
        for unseen in assessments.flatMap(\.situation.now.unseen) where !said.contains(unseen) {
            said.append(unseen)
            let why = unseen.why.isEmpty ? Phrase() : .quiet(" (\(unseen.why))")
            blocks.append(.remark(label: "not seen", Phrase(unseen.what) + why))
        }
        return blocks
    }

    /// The command that shows what a profile would change, where one suits a finding; the gravest one counts.
    private static func profile(answering findings: [Finding]) -> String? {
        if let profile = findings.lazy.compactMap(\.profile).first {
            return "tcptune plan \(profile)"
        }
        let isAnswered = findings.contains { $0.severity >= .warning && $0.isAnsweredByProfile }
        return isAnswered ? "tcptune profile recommend" : nil
    }
}
