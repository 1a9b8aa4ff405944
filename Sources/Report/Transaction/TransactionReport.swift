import Audit
package import HostState
package import Tuning

/// The page that ends `apply`, `confirm`, `extend`, `rollback` and `recover`.
package struct TransactionReport: Sendable {
    /// What was done.
    package enum Deed: String, Sendable, Encodable {
        /// There was nothing to do.
        case nothing
        case applied
        case confirmed
        case extended
        case rolledBack = "rolled_back"
        /// A value could not be put back.
        case partial
        /// A transaction of before waits to be confirmed.
        case pending
    }

    private let deed: Deed
    private let record: TransactionRecord?
    /// What was wanted and could not be had, so that it is no part of the transaction.
    private let leftOut: [ImpossibleSetting]
    private let troubles: [String]
    /// Whether the file of boot is as it was before.
    private let restoresFile: Bool
    private let now: Double

    /// - Parameter now: seconds of CLOCK_BOOTTIME.
    package init(
        _ deed: Deed, _ record: TransactionRecord?, leftOut: [ImpossibleSetting] = [], now: Double
    ) {
        self.deed = deed
        self.record = record
        self.leftOut = leftOut
        troubles = []
        restoresFile = false
        self.now = now
    }

    /// A rollback's.
    package init(_ rollback: Rollback, now: Double) {
        deed = rollback.record.state == .partial ? .partial : .rolledBack
        record = rollback.record
        leftOut = []
        troubles = TransactionText.troubles(rollback)
        restoresFile =
            deed == .rolledBack && !rollback.fileIsForeign
            && rollback.record.persistence?.after.isEmpty == false
        self.now = now
    }

    package func document() -> Document {
        guard let record else {
            return Document(
                title: "tcptune: nothing changed",
                blocks: [.paragraph("Nothing to do: nothing was changed.")] + omissions())
        }
        // All is taken back in every namespace.
        let place = record.undoesAll ? "" : " · network namespace \(record.namespace.name)"
        var blocks: [Block] = [
            .heading(headline(record), level: 1),
            .paragraph(.quiet("transaction \(record.id.prefix(8))\(place)")),
        ]
        if !record.knobs.isEmpty { blocks.append(changes(record)) }
        blocks += omissions()
        blocks += troubles.map { .paragraph(.severity(.warning, $0)) }
        blocks += next(record)
        return Document(title: "tcptune: transaction \(record.id.prefix(8))", blocks: blocks)
    }

    private func omissions() -> [Block] {
        PlanReport.omissions("left out, since it cannot be had", leftOut)
    }

    private func headline(_ record: TransactionRecord) -> String {
        let name = record.undoesAll ? "all that was applied" : record.profile
        let state =
            switch deed {
            case .nothing: "nothing changed"
            case .applied: "applied, not yet confirmed"
            case .pending: "waits to be confirmed"
            case .confirmed: "confirmed"
            case .extended: "more time, not yet confirmed"
            case .rolledBack: "taken back"
            case .partial: "taken back in part"
            }
        return "\(name): \(state)"
    }

    /// `key  before → after`, in the direction of what was done.
    private func changes(_ record: TransactionRecord) -> Block {
        let isBack = deed == .rolledBack || deed == .partial
        return .facts(
            record.knobs.map { knob in
                let before = TransactionText.shown(knob.before)
                let landed = TransactionText.shown(knob.landed)
                let words = isBack ? "\(landed) → \(before)" : "\(before) → \(landed)"
                switch knob.outcome {
                case .pending, .landed, .restored: return Fact(knob.name, Phrase(words))
                case .foreign: return Fact(knob.name, mark(knob.outcome))
                case .skipped, .failed:
                    return Fact(knob.name, Phrase("\(words)  ") + mark(knob.outcome))
                }
            })
    }

    private func mark(_ outcome: KnobImage.Outcome) -> Phrase {
        switch outcome {
        case .pending, .landed, .restored: Phrase("")
        case .skipped: .severity(.notice, "refused by the kernel, left out")
        case .foreign: .severity(.warning, "left as it is: somebody else set it since")
        case .failed: .severity(.critical, "not put back")
        }
    }

    private func next(_ record: TransactionRecord) -> [Block] {
        switch deed {
        case .applied, .extended, .pending:
            return Self.waiting(record, now)
        case .confirmed:
            let words =
                record.persistence == nil
                ? "It holds until the machine is started anew; --persist would have made it stay."
                : "It holds, and \(DropIn.path) has it for boot."
            return [
                .paragraph(Phrase(words)),
                .remark(
                    label: "next",
                    [
                        Phrase.code("tcptune status"),
                        .code("tcptune rollback \(record.id.prefix(8))"),
                    ]
                    .joined(by: " · ")),
            ]
        case .rolledBack:
            var blocks: [Block] = []
            if restoresFile {
                blocks.append(
                    .paragraph(
                        Phrase(
                            record.persistence?.before == nil
                                ? "\(DropIn.path) was taken away again."
                                : "\(DropIn.path) is as it was before.")))
            }
            if let reason = record.unaskedReason {
                blocks.append(.remark(label: "why", Phrase(reason)))
            }
            return blocks
        case .partial:
            return [
                .remark(label: "next", .code("tcptune recover") + .quiet(" (tries again)"))
            ]
        case .nothing: return []
        }
    }

    private static func waiting(_ record: TransactionRecord, _ now: Double) -> [Block] {
        guard let deadline = record.deadlineSeconds else { return [] }
        let persists =
            record.persistence == nil
            ? "" : " Once it is confirmed, \(DropIn.path) has it for boot."
        return [
            .paragraph(
                Phrase(
                    "It is taken back in \(max(deadline - now, 0).duration) unless it is confirmed; "
                        + "to confirm from a new connection shows that one can be made.\(persists)")
            ),
            TransactionText.choices(record),
        ]
    }
}

extension TransactionReport {
    /// One `tcptune.transaction/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .transaction, tool: tool, host: HostJSON(host),
            data: TransactionJSON(deed: deed, record: record, leftOut: leftOut, now: now),
            notes: troubles
        ).encoded(pretty: true)
    }
}
