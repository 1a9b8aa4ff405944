import Audit
package import Model

/// The page of `tcptune plan`: like a good diff, with the reason beside each line.
package enum PlanReport {
    /// - Parameter next: the commands that would follow.
    package static func document(_ plan: Plan, host: Host, next: [String]) -> Document {
        var blocks: [Block] = [
            .heading("\(plan.profile.name): plan", level: 1),
            .paragraph(
                .quiet(
                    "\(host.name) · Linux \(host.kernel) · network namespace \(plan.namespace.name)"
                )),
            .paragraph(verdict(plan)),
        ]
        if !plan.changes.isEmpty {
            blocks.append(.table(changes(plan)))
            blocks.append(.heading("Why", level: 2))
            blocks.append(.facts(plan.changes.map(reason)))
        }
        blocks += listing(
            "Already set", plan.unchanged.map { ($0.key, $0.value, $0.reason) })
        if !plan.shadowed.isEmpty {
            blocks.append(.heading("Shadowed at boot", level: 2))
            blocks.append(.list(plan.shadowed.map(shadow), numbered: false))
        }
        blocks += omissions("Not possible here", plan.impossible)
        if !plan.remarks.isEmpty {
            blocks.append(.heading("Notes", level: 2))
            blocks.append(.list(plan.remarks.map { Phrase($0) }, numbered: false))
        }
        if !next.isEmpty {
            blocks.append(
                .remark(label: "next", next.map { Phrase.code($0) }.joined(by: " · ")))
        }
        return Document(title: "tcptune: plan for \(host.name)", blocks: blocks)
    }

    /// What is wanted and cannot be had, with the reason; nothing where that is nothing.
    static func omissions(_ title: String, _ settings: [ImpossibleSetting]) -> [Block] {
        listing(title, settings.map { ($0.key, $0.wanted, $0.why) })
    }

    private static func listing(
        _ title: String, _ settings: [(key: String, value: String, words: String)]
    ) -> [Block] {
        guard !settings.isEmpty else { return [] }
        return [
            .heading(title, level: 2),
            .facts(
                settings.map { setting in
                    Fact(setting.key, .code(shown(setting.value)) + " · \(setting.words)")
                }),
        ]
    }

    private static func verdict(_ plan: Plan) -> Phrase {
        var parts: [Phrase] = []
        let count = plan.changes.count
        if count == 0 {
            parts.append(
                plan.impossible.isEmpty
                    ? .good("Nothing to change: every value is already set")
                    : .strong("Nothing can be changed here"))
        } else {
            parts.append(.strong("\(count) \(count == 1 ? "change" : "changes")"))
        }
        if !plan.unchanged.isEmpty, count > 0 {
            parts.append("\(plan.unchanged.count) already set")
        }
        if !plan.shadowed.isEmpty {
            parts.append(.severity(.warning, "\(plan.shadowed.count) shadowed at boot"))
        }
        if !plan.impossible.isEmpty {
            parts.append(.severity(.warning, "\(plan.impossible.count) not possible here"))
        }
        return parts.joined(by: " · ")
    }

    private static func changes(_ plan: Plan) -> Table {
        let rows = plan.changes.map { change in
            let undo: Phrase =
                change.reversible == .proven ? .good("tested here") : Phrase("declared")
            return [
                Table.Cell.phrase(.code(change.key)), .text(shown(change.before)),
                .phrase(.strong("→ " + shown(change.landed))), .text(change.boot.map(shown)),
                .text(change.bootAfter.map(shown)), .text(scope(change.scope)), .phrase(undo),
            ]
        }
        return Table(
            "Changes, in this order",
            columns: [
                Table.Column("setting"),
                Table.Column("now"),
                Table.Column("after"),
                Table.Column("boot now", rank: 2),
                Table.Column("boot after", rank: 3),
                Table.Column("scope", rank: 4), Table.Column("revert", rank: 1),
            ],
            rows: rows, note: note(plan))
    }

    private static func note(_ plan: Plan) -> Phrase {
        let proven = plan.changes.count { $0.reversible == .proven }
        let declared = plan.changes.count - proven
        var parts = ["boot after: with --persist"]
        if proven > 0 {
            parts.append(
                "tested here: tcptune set and reverted it in a throw-away namespace on this kernel")
        }
        if declared > 0 { parts.append("declared: checked by range only, not tested") }
        return Phrase(parts.joined(separator: "; "))
    }

    private static func scope(_ scope: String) -> String {
        scope == "namespace" ? "namespace" : "host"
    }

    private static func reason(_ change: PlannedChange) -> Fact {
        var text = Phrase(change.reason)
        if let risk = change.risk { text += .quiet(" · risk: \(risk)") }
        return Fact(change.key, text)
    }

    private static func shadow(_ shadow: ShadowedSetting) -> Phrase {
        let program = shadow.rule == .systemd ? "systemd-sysctl" : "sysctl --system"
        let does =
            shadow.by.value.isEmpty
            ? "tells \(program) not to set \(shadow.key)"
            : "sets \(shadow.key) to \(shown(shadow.by.value)), and \(program) prefers it to "
                + Persistence.name
        return .code(shadow.by.place)
            + Phrase(" \(does): remove the line, or persist with --force")
    }

    /// A value as a page shows it; an empty list of ports has no text.
    private static func shown(_ value: String) -> String { value.isEmpty ? "(none)" : value }

    /// One `tcptune.plan/1` document: what `apply` takes.
    package static func json(
        _ plan: Plan, host: Host, tool: Tool, notes: [String]
    ) throws -> String {
        try Envelope(.plan, tool: tool, host: HostJSON(host), data: plan, notes: notes)
            .encoded(pretty: true)
    }
}
