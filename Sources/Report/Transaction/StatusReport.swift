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
        if let pending = standing.pending { blocks += waiting(pending) }
        if rows.isEmpty {
            let words =
                onlyDrift && !standing.settings.isEmpty
                ? "No drift: every setting is as it was applied."
                : "Nothing is applied: tcptune changed no setting that holds now."
            blocks.append(.paragraph(Phrase(words)))
            if standing.settings.isEmpty {
                blocks.append(
                    .remark(
                        label: "next", Phrase("tcptune profile list · tcptune profile recommend")))
            }
        } else {
            blocks.append(table())
            blocks += remarks()
        }
        if let problem = standing.fileProblem {
            blocks.append(.paragraph(.severity(.warning, problem)))
        }
        return Document(title: "tcptune: status", blocks: blocks)
    }

    private func waiting(_ record: TransactionRecord) -> [Block] {
        let id = record.id.prefix(8)
        let left = record.deadlineSeconds.map { max($0 - now, 0).duration } ?? "a moment"
        return [
            .paragraph(
                .severity(.warning, "\(record.profile) waits to be confirmed")
                    + Phrase(" · transaction \(id) · taken back in \(left)")),
            .remark(
                label: "next",
                Phrase("tcptune confirm \(id) · tcptune extend \(id) 5m · tcptune rollback \(id)")),
        ]
    }

    private func table() -> Block {
        .table(
            Table(
                "Applied settings",
                columns: [
                    Table.Column("setting"), Table.Column("now"), Table.Column("wanted"),
                    Table.Column("after reboot"), Table.Column("boot goes by", rank: 2),
                    Table.Column("applied by", rank: 1),
                ],
                rows: rows.map { row in
                    [
                        .text(row.key),
                        .phrase(
                            row.hasDrifted
                                ? .severity(
                                    .warning, row.now.map(TransactionText.shown) ?? "unread")
                                : Phrase(TransactionText.shown(row.wanted))),
                        .text(TransactionText.shown(row.wanted)),
                        .phrase(
                            row.survivesReboot
                                ? Phrase(TransactionText.shown(row.wanted))
                                : .severity(
                                    .notice,
                                    row.afterReboot.map(TransactionText.shown) ?? "the kernel's own"
                                )),
                        .text(row.bootPlace ?? "kernel default"),
                        .text("\(row.profile) (\(row.transaction.prefix(8)))"),
                    ]
                }))
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
        let lost = rows.filter { !$0.survivesReboot }
        if !onlyDrift, !lost.isEmpty {
            blocks.append(
                .paragraph(
                    Phrase(
                        "\(lost.count == 1 ? "1 setting" : "\(lost.count) settings") will be another after a "
                            + "reboot: tcptune apply … --persist makes them stay.")))
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

/// The data of `tcptune.status/1`.
struct StatusJSON: Encodable, Sendable {
    @Explicit var transaction: TransactionJSON.Summary?
    let settings: [Row]
    let drift: Bool

    struct Row: Encodable, Sendable {
        let key: String
        @Explicit var now: String?
        let wanted: String
        @Explicit var afterReboot: String?
        let origin: String
        @Explicit var boot: String?
        let drift: Bool
        let confirmed: Bool

        enum CodingKeys: String, CodingKey {
            case key, now, wanted, origin, boot, drift, confirmed
            case afterReboot = "after_reboot"
        }
    }

    init(standing: Standing, rows: [Standing.Row], now: Double) {
        _transaction = Explicit(
            wrappedValue: standing.pending.map { TransactionJSON.Summary($0, now: now) })
        settings = rows.map { row in
            Row(
                key: row.key, now: row.now, wanted: row.wanted, afterReboot: row.afterReboot,
                origin: "\(row.profile) (\(row.transaction))", boot: row.bootPlace,
                drift: row.hasDrifted, confirmed: row.isConfirmed)
        }
        drift = standing.settings.contains(where: \.hasDrifted)
    }
}
