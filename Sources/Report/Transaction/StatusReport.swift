import Audit
package import HostState
package import Tuning

/// The page of `tcptune status`: what was applied, and what has become of it.
package struct StatusReport: Sendable {
    private let standing: Standing
    private let onlyDrift: Bool
    private let now: Double

    /// - Parameter now: seconds of CLOCK_BOOTTIME.
    package init(_ standing: Standing, onlyDrift: Bool, now: Double) {
        self.standing = standing
        self.onlyDrift = onlyDrift
        self.now = now
    }

    private var rows: [Standing.Row] {
        onlyDrift ? standing.settings.filter(\.hasDrifted) : standing.settings
    }

    package func document() -> Document {
        var blocks: [Block] = []
        if let pending = standing.pending {
            blocks += waiting(pending)
        } else if !standing.settings.isEmpty {
            blocks.append(.heading("what was applied", level: 1))
        }
        if !rows.isEmpty {
            blocks += tables() + remarks()
        } else if onlyDrift, !standing.settings.isEmpty {
            blocks.append(.paragraph(.good("No drift: every setting is as it was applied.")))
        } else {
            blocks.append(
                .paragraph("Nothing is applied: tcptune changed no setting that holds now."))
        }
        if let last = standing.takenBack, let reason = last.unaskedReason {
            blocks.append(
                .paragraph(
                    .severity(.notice, "\(last.profile) was taken back: \(reason)")
                        + .quiet(
                            " · transaction \(last.id.prefix(8)), applied \(UTC.text(Double(last.began)))"
                        )
                ))
        }
        if let problem = standing.fileProblem {
            blocks.append(.paragraph(.severity(.warning, problem)))
        }
        if let pending = standing.pending {
            blocks.append(TransactionText.choices(pending))
        } else if standing.settings.isEmpty {
            let next: [Phrase] = [
                .code("tcptune profile recommend"), .code("tcptune profile list"),
            ]
            blocks.append(.remark(label: "next", next.joined(by: " · ")))
        }
        return Document(title: "tcptune: status", blocks: blocks)
    }

    private func waiting(_ record: TransactionRecord) -> [Block] {
        let left = record.deadlineSeconds.map { max($0 - now, 0).duration } ?? "a moment"
        return [
            .heading("\(record.profile): waits to be confirmed", level: 1),
            .paragraph(
                .quiet("transaction \(record.id.prefix(8)) · ")
                    + .severity(.warning, "taken back in \(left)")),
        ]
    }

    /// A table for each transaction, the oldest first.
    private func tables() -> [Block] {
        var transactions: [String] = []
        for row in rows where !transactions.contains(row.transaction) {
            transactions.append(row.transaction)
        }
        return transactions.map { id in table(rows.filter { $0.transaction == id }) }
    }

    private func table(_ rows: [Standing.Row]) -> Block {
        let title = rows.first.map {
            "\($0.profile) · \($0.isConfirmed ? "" : "not confirmed, ")transaction \($0.transaction.prefix(8))"
        }
        return .table(
            Table(
                title ?? "",
                columns: [
                    Table.Column("setting", shortening: .middle(18)),
                    Table.Column("now", shortening: .end(12)),
                    Table.Column("wanted", shortening: .end(12)),
                    Table.Column("after reboot", shortening: .end(12)),
                    Table.Column("boot goes by", rank: 1),
                ],
                rows: rows.map { row in
                    [
                        .phrase(.code(row.key)), .phrase(Self.now(row)),
                        .text(TransactionText.shown(row.wanted)), .phrase(Self.afterReboot(row)),
                        .text(Self.place(row)),
                    ]
                }))
    }

    private static func now(_ row: Standing.Row) -> Phrase {
        let text = row.now.map(TransactionText.shown) ?? "not read"
        return row.hasDrifted ? .severity(.warning, text) : Phrase(text)
    }

    private static func afterReboot(_ row: Standing.Row) -> Phrase {
        let text = row.afterReboot.map(TransactionText.shown) ?? "default"
        return row.survivesReboot ? Phrase(text) : .severity(.notice, text)
    }

    /// The line that boot goes by; of our own file the directory need not be said.
    private static func place(_ row: Standing.Row) -> String {
        guard let place = row.bootPlace else { return "kernel default" }
        let own = DropIn.directory + "/"
        return place.hasPrefix(DropIn.path) ? String(place.dropFirst(own.utf8.count)) : place
    }

    private func remarks() -> [Block] {
        var blocks: [Block] = []
        let drifted = rows.filter(\.hasDrifted)
        if !drifted.isEmpty {
            blocks.append(
                .paragraph(
                    Phrase(
                        "\(drifted.count == 1 ? "1 setting was" : "\(drifted.count) settings were") changed by "
                            + "somebody else since: \(drifted.map(\.key).joined(separator: ", ")).")
                ))
        }
        if onlyDrift { return blocks }
        if standing.pending != nil {
            blocks.append(.paragraph("Until it is confirmed, a reboot undoes it as well."))
        }
        return blocks + lost()
    }

    /// What is confirmed and will be another after a reboot: another file sets it, or none does.
    private func lost() -> [Block] {
        let lost = rows.filter { !$0.survivesReboot && $0.isConfirmed }
        let foreign = lost.filter { $0.bootPlace?.hasPrefix(DropIn.path) == false }
        let unset = lost.filter { row in !foreign.contains(row) }
        var blocks = foreign.map { row in
            Block.paragraph(
                Phrase(
                    "At boot \(Self.place(row)) sets \(row.key) to \(Self.afterReboot(row).plain): "
                        + "take that line out to keep \(TransactionText.shown(row.wanted))."))
        }
        if !unset.isEmpty {
            var profiles: [String] = []
            for row in unset where !profiles.contains(row.profile) { profiles.append(row.profile) }
            let settings = unset.count == 1 ? "1 setting does" : "\(unset.count) settings do"
            blocks.append(
                .paragraph(
                    Phrase(
                        "\(settings) not survive a reboot; to apply "
                            + "\(profiles.joined(separator: " and ")) with --persist makes "
                            + "\(unset.count == 1 ? "it" : "them") stay.")))
        }
        return blocks
    }
}

extension StatusReport {
    /// One `tcptune.status/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .status, tool: tool, host: HostJSON(host),
            data: StatusJSON(standing: standing, rows: rows, now: now),
            notes: standing.fileProblem.map { [$0] } ?? []
        ).encoded(pretty: true)
    }
}
