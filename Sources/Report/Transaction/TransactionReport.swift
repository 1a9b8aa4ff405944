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
    private let troubles: [String]
    private let now: Double

    /// - Parameter now: seconds of CLOCK_BOOTTIME.
    package init(_ deed: Deed, _ record: TransactionRecord?, troubles: [String] = [], now: Double) {
        self.deed = deed
        self.record = record
        self.troubles = troubles
        self.now = now
    }

    /// A rollback's.
    package init(_ rollback: Rollback, now: Double) {
        self.init(
            rollback.record.state == .partial ? .partial : .rolledBack, rollback.record,
            troubles: TransactionText.troubles(rollback), now: now)
    }

    package func document() -> Document {
        guard let record else {
            return Document(
                title: "tcptune",
                blocks: [.paragraph(Phrase("Nothing to do: nothing was changed."))])
        }
        var blocks: [Block] = [
            .heading(
                "\(headline(record)) · transaction \(record.id.prefix(8)) · network namespace "
                    + record.namespace.name, level: 1)
        ]
        if !record.knobs.isEmpty { blocks.append(changes(record)) }
        blocks += troubles.map { .paragraph(.severity(.warning, $0)) }
        blocks += next(record)
        return Document(title: "tcptune: \(headline(record))", blocks: blocks)
    }

    private func headline(_ record: TransactionRecord) -> String {
        switch deed {
        case .nothing: "nothing changed"
        case .applied: "applied \(record.profile), not yet confirmed"
        case .pending: "\(record.profile) waits to be confirmed"
        case .confirmed: "confirmed \(record.profile)"
        case .extended: "extended \(record.profile)"
        case .rolledBack: "taken back: \(record.profile)"
        case .partial: "taken back in part: \(record.profile)"
        }
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
        let id = record.id.prefix(8)
        switch deed {
        case .applied, .extended, .pending:
            guard let deadline = record.deadlineSeconds else { return [] }
            return [
                .paragraph(
                    Phrase(
                        "It is taken back in \(max(deadline - now, 0).duration) unless it is confirmed; "
                            + "to confirm from a new connection shows that one can be made.")),
                .remark(
                    label: "next",
                    Phrase(
                        "tcptune confirm \(id) · tcptune extend \(id) 5m · tcptune rollback \(id)")),
            ]
        case .confirmed:
            let persistence = record.persistence
            let words =
                persistence == nil
                ? "It holds until the machine is started anew; --persist would have made it stay."
                : "It holds, and \(DropIn.path) sets it at boot."
            return [
                .paragraph(Phrase(words)),
                .remark(label: "next", Phrase("tcptune status · tcptune rollback \(id)")),
            ]
        case .rolledBack:
            return record.reason.isEmpty || record.reason == "asked for"
                ? [] : [.remark(label: "why", Phrase(record.reason))]
        case .partial:
            return [.remark(label: "next", Phrase("tcptune recover tries again"))]
        case .nothing: return []
        }
    }
}

extension TransactionReport {
    /// One `tcptune.transaction/1` document.
    package func json(host: Host, tool: Tool) throws -> String {
        try Envelope(
            .transaction, tool: tool, host: HostJSON(host),
            data: TransactionJSON(deed: deed, record: record, now: now), notes: troubles
        ).encoded(pretty: true)
    }
}

/// The data of `tcptune.transaction/1`.
struct TransactionJSON: Encodable, Sendable {
    let result: TransactionReport.Deed
    @Explicit var transaction: Summary?
    let settings: [Change]
    let persisted: [String]

    /// One transaction, as `status` has it too.
    struct Summary: Encodable, Sendable {
        let id: String
        let state: String
        @Explicit var deadlineSeconds: Double?
        let profile: String
        let digest: String
        let reason: String
        let began: String
        let namespace: String

        enum CodingKeys: String, CodingKey {
            case id, state, profile, digest, reason, began, namespace
            case deadlineSeconds = "deadline_seconds"
        }

        init(_ record: TransactionRecord, now: Double) {
            id = record.id
            state = record.state.rawValue
            _deadlineSeconds = Explicit(
                wrappedValue: record.deadlineSeconds.map { max($0 - now, 0).rounded4 ?? 0 })
            profile = record.profile
            digest = record.digest
            reason = record.reason
            began = UTC.text(Double(record.began))
            namespace = record.namespace.name
        }
    }

    struct Change: Encodable, Sendable {
        let key: String
        let before: String
        let wanted: String
        let landed: String
        let outcome: String
    }

    init(deed: TransactionReport.Deed, record: TransactionRecord?, now: Double) {
        result = deed
        _transaction = Explicit(wrappedValue: record.map { Summary($0, now: now) })
        settings =
            record?.knobs.map {
                Change(
                    key: $0.name, before: $0.before, wanted: $0.wanted, landed: $0.landed,
                    outcome: $0.outcome.rawValue)
            } ?? []
        persisted = record?.persistence?.settings.map(\.key) ?? []
    }
}
