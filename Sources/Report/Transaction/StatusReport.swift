import Audit
package import Model
import Text

/// The page of `tcptune status`: what was applied, and what has become of it.
package struct StatusReport: Sendable {
    private let status: TransactionStatus
    private let onlyDrift: Bool
    private let now: Double?
    /// Whether `/etc` is a container's own, so that no boot reads it.
    private let isOfContainer: Bool

    /// - Parameters:
    ///   - now: seconds of `BootClock`; nil where it is not known how that stands to the machine's clock.
    ///   - isOfContainer: whether `/etc` is a container's own, so that no boot reads it.
    package init(
        _ status: TransactionStatus, onlyDrift: Bool, now: Double?, isOfContainer: Bool = false
    ) {
        self.isOfContainer = isOfContainer
        self.status = status
        self.onlyDrift = onlyDrift
        self.now = now
    }

    private var rows: [TransactionStatus.Row] {
        onlyDrift ? status.settings.filter(\.hasDrifted) : status.settings
    }

    package func document() -> Document {
        var blocks: [Block] = []
        if let pending = status.pending {
            blocks += waiting(pending)
        } else if !status.settings.isEmpty {
            blocks.append(.heading("Applied settings", level: 1))
        }
        if !rows.isEmpty {
            blocks += tables() + remarks()
        } else if onlyDrift, !status.settings.isEmpty {
            blocks.append(.paragraph(.good("No drift: every setting has its applied value.")))
        } else if status.damaged.isEmpty, status.lasting == nil, status.pending == nil {
            blocks.append(.paragraph("No tcptune changes are active."))
        }
        if let last = status.takenBack, let end = last.unaskedEnd {
            blocks.append(
                .paragraph(
                    .severity(.notice, "\(last.profile) \(end)")
                        + .quiet(
                            " · transaction \(last.id.prefix(8)), applied \(UTC.text(Double(last.began)))"
                        )
                ))
        }
        let problems =
            [status.fileProblem].compactMap(\.self)
            + status.damaged.map {
                "\($0) is damaged: tcptune does not know what that transaction changed, or whether it is still active. "
                    + "tcptune rollback --all reverts to the first values. This message stays until you move the file away"
            } + firstValues() + [status.lasting].compactMap(\.self)
        for problem in problems {
            blocks.append(.paragraph(.severity(.warning, problem)))
        }
        if let pending = status.pending {
            blocks.append(TransactionText.choices(pending, now: now))
        } else if status.settings.isEmpty {
            let next: [Phrase] = [
                .code("tcptune profile recommend"), .code("tcptune profile list"),
            ]
            blocks.append(.remark(label: "next", next.joined(by: " · ")))
        }
        return Document(title: "tcptune: status", blocks: blocks)
    }

    /// What a damaged record may have left behind.
    private func firstValues() -> [String] {
        status.firstValues.map { key, first, now in
            "\(key) is \(TransactionText.shown(now)); its first value was \(TransactionText.shown(first)). tcptune does not know "
                + "whether it set the present value. To set the first: sysctl -w \(key)='\(first)'"
        }
    }

    private func waiting(_ record: TransactionRecord) -> [Block] {
        let waits = record.state == .applied && now.map { !record.isOver(at: $0) } ?? true
        let name = record.undoesAll ? "all changes" : record.profile
        let state =
            record.isBeingTakenBack
            ? "not yet fully reverted" : waits ? "waiting for confirmation" : "not confirmed"
        return [
            .heading("\(name): \(state)", level: 1),
            .paragraph(
                .quiet("transaction \(record.id.prefix(8)) · ")
                    + .severity(.warning, TransactionText.end(of: record, now: now))),
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

    private func name(of row: TransactionStatus.Row) -> String {
        isOnItsWayBack(row) && status.pending?.undoesAll == true
            ? "all changes" : row.profile
    }

    private func note(on row: TransactionStatus.Row) -> String {
        if isOnItsWayBack(row) { return "not yet fully reverted, " }
        return row.isConfirmed ? "" : "not confirmed, "
    }

    private func isOnItsWayBack(_ row: TransactionStatus.Row) -> Bool {
        status.pending.map { $0.isBeingTakenBack && $0.id == row.transaction } ?? false
    }

    private func table(_ rows: [TransactionStatus.Row]) -> Block {
        let title = rows.first.map {
            "\(name(of: $0)) · \(note(on: $0))transaction \($0.transaction.prefix(8))"
                + ($0.isElsewhere ? " · network namespace \($0.namespace?.name ?? "")" : "")
        }
        return .table(
            Table(
                title ?? "",
                columns: [
                    Table.Column("setting"),
                    Table.Column("now"),
                    Table.Column("wanted"),
                    Table.Column("after reboot"),
                    Table.Column("set at boot by", rank: 1),
                ],
                rows: rows.map { row in
                    [
                        .phrase(.code(row.key)), .phrase(Self.now(row)),
                        .text(TransactionText.shown(row.wanted)),
                        isOfContainer ? .text("unknown") : .phrase(Self.afterReboot(row)),
                        .text(isOfContainer ? "the container's runtime" : Self.place(row)),
                    ]
                }))
    }

    private static func now(_ row: TransactionStatus.Row) -> Phrase {
        if row.isGone { return .quiet("gone with its namespace") }
        let text = row.now.map(TransactionText.shown) ?? "not read"
        return row.hasDrifted ? .severity(.warning, text) : Phrase(text)
    }

    private static func afterReboot(_ row: TransactionStatus.Row) -> Phrase {
        let text = row.afterReboot.map(TransactionText.shown) ?? "default"
        return row.survivesReboot ? Phrase(text) : .severity(.notice, text)
    }

    /// The line that boot goes by; of our own file the directory need not be said.
    private static func place(_ row: TransactionStatus.Row) -> String {
        guard let place = row.bootPlace else { return "kernel default" }
        let own = Persistence.directory + "/"
        return place.hasPrefix(Persistence.path) ? String(place.dropFirst(own.utf8.count)) : place
    }

    private func remarks() -> [Block] {
        var blocks: [Block] = []
        // By whom is not known, nor whether it was a rollback that could not be recorded.
        let drifted = rows.filter { $0.hasDrifted && !isOnItsWayBack($0) }
        if !drifted.isEmpty {
            let count =
                drifted.count == 1
                ? "1 setting no longer has its applied value"
                : "\(drifted.count) settings no longer have their applied values"
            blocks.append(
                .paragraph(
                    Phrase(
                        "\(count): \(drifted.map(\.key).joined(separator: ", "))."
                    )))
        }
        let back = rows.filter { $0.hasDrifted && isOnItsWayBack($0) }
        if !back.isEmpty {
            blocks.append(
                .paragraph(
                    Phrase(
                        "Not yet reverted: \(back.map(\.key).joined(separator: ", "))."
                    )))
        }
        if onlyDrift { return blocks }
        if status.pending?.isBeingTakenBack == false {
            blocks.append(.paragraph("Until you confirm it, a reboot also reverts it."))
        }
        return blocks + lost()
    }

    /// What is confirmed and will be another after a reboot: another file sets it, or none does.
    private func lost() -> [Block] {
        let lost = rows.filter { !$0.survivesReboot && $0.isConfirmed && !$0.isGone }
        let foreign = lost.filter { $0.bootPlace?.hasPrefix(Persistence.path) == false }
        let unset = lost.filter { row in !foreign.contains(row) }
        var blocks = foreign.map { row in
            Block.paragraph(
                Phrase(
                    "At boot, \(Self.place(row)) sets \(row.key) to \(Self.afterReboot(row).plain): "
                        + "remove that line to keep \(TransactionText.shown(row.wanted))."))
        }
        if !unset.isEmpty {
            var profiles: [String] = []
            for row in unset where !profiles.contains(row.profile) { profiles.append(row.profile) }
            let settings = unset.count == 1 ? "1 setting does" : "\(unset.count) settings do"
            blocks.append(
                .paragraph(
                    Phrase(
                        "\(settings) not survive a reboot: apply \(profiles.joined(separator: " and ")) "
                            + "with --persist to keep \(unset.count == 1 ? "it" : "them").")))
        }
        return blocks
    }
}

extension StatusReport {
    private var unknownEnd: [String] {
        guard now == nil, let pending = status.pending else { return [] }
        return [TransactionText.end(of: pending, now: nil)]
    }

    /// One `tcptune.status/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .status, tool: tool, host: HostJSON(host),
            data: StatusJSON(status: status, rows: rows, now: now),
            notes: [status.fileProblem].compactMap(\.self) + unknownEnd
        ).encoded(pretty: true)
    }
}
