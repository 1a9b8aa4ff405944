import Audit
package import Model
import Text

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
    /// Whether no line was left for it.
    private let fileIsGone: Bool
    /// Whether it is not as tcptune wrote it, and was left.
    private let leavesFile: Bool
    private let now: Double
    /// Whether the file of boot is a container's, by which no host boots.
    private let isOfContainer: Bool

    /// - Parameters:
    ///   - now: seconds of `BootClock`.
    ///   - isOfContainer: whether `/etc` is a container's own, so that no boot reads it.
    package init(
        _ deed: Deed, _ record: TransactionRecord?, leftOut: [ImpossibleSetting] = [], now: Double,
        isOfContainer: Bool = false
    ) {
        self.deed = deed
        self.record = record
        self.leftOut = leftOut
        troubles = []
        restoresFile = false
        fileIsGone = false
        leavesFile = false
        self.now = now
        self.isOfContainer = isOfContainer
    }

    /// A rollback's.
    package init(_ rollback: Rollback, now: Double) {
        deed = rollback.record.state == .partial ? .partial : .rolledBack
        record = rollback.record
        leftOut = []
        troubles = TransactionText.troubles(rollback)
        restoresFile = deed == .rolledBack && rollback.hasChangedFile
        fileIsGone = rollback.fileIsGone
        leavesFile = rollback.fileIsForeign
        self.now = now
        isOfContainer = false
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
        let changed = record.knobs.filter(\.isTold)
        if !changed.isEmpty { blocks.append(changes(changed)) }
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
        let count = record.knobs.filter { $0.outcome == .foreign }.count
        let left =
            (count == 0 ? [] : [count == 1 ? "1 value" : "\(count) values"])
            + (leavesFile ? ["the file of boot"] : [])
        let state =
            switch deed {
            case .nothing: "nothing changed"
            case .applied: "applied, not yet confirmed"
            case .pending: "waits to be confirmed"
            case .confirmed: "confirmed"
            case .extended: "more time, not yet confirmed"
            case .rolledBack:
                left.isEmpty
                    ? "taken back" : "taken back, but for \(left.joined(separator: " and "))"
            case .partial: "taken back in part"
            }
        return "\(name): \(state)"
    }

    /// `key  before → after`, in the direction of what was done.
    private func changes(_ knobs: [KnobImage]) -> Block {
        let isBack = deed == .rolledBack || deed == .partial
        return .facts(
            knobs.map { knob in
                let name = knob.name
                let place = self.place(of: knob)
                let before = TransactionText.shown(knob.before)
                let landed = TransactionText.shown(knob.landed)
                let found = knob.found.map { TransactionText.shown($0) } ?? landed
                let words = isBack ? "\(found) → \(before)" : "\(before) → \(landed)"
                switch knob.outcome {
                case .pending, .landed:
                    return Fact(name, (isBack ? .quiet("not touched") : Phrase(words)) + place)
                case .restored:
                    return Fact(
                        name,
                        (found == before && !knob.isFound
                            ? Phrase(before) + .quiet(", as it was already") : Phrase(words))
                            + place)
                case .foreign, .covered: return Fact(name, mark(knob.outcome) + place)
                case .skipped, .failed:
                    return Fact(name, Phrase("\(words)  ") + mark(knob.outcome) + place)
                }
            })
    }

    /// Where a rollback of all found it, if that is not the caller's namespace.
    private func place(of knob: KnobImage) -> Phrase {
        guard record?.undoesAll == true, let place = knob.place else { return Phrase("") }
        return .quiet(" · network namespace \(place.name)")
    }

    private func mark(_ outcome: KnobImage.Outcome) -> Phrase {
        switch outcome {
        case .pending, .landed, .restored: Phrase("")
        case .covered: .quiet("unchanged: a later transaction wants it")
        case .skipped: .severity(.notice, "refused by the kernel, left out")
        case .foreign: .severity(.warning, "left as it is: not what this changed it to")
        case .failed: .severity(.critical, "not put back")
        }
    }

    private func next(_ record: TransactionRecord) -> [Block] {
        switch deed {
        case .applied, .extended, .pending:
            return waiting(record)
        case .confirmed:
            let words =
                record.persistence == nil
                ? isOfContainer
                    ? "It holds until the container ends. \(Self.byItsRuntime)"
                    : "It holds until the machine is started anew; --persist would have made it stay."
                : isOfContainer
                    ? "It holds until the container ends. \(Persistence.path) has it, and nothing boots by "
                        + "that file of a container. \(Self.byItsRuntime)"
                    : "It holds, and \(Persistence.path) has it for boot."
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
                            fileIsGone
                                ? "Removed \(Persistence.path)."
                                : "Removed its lines from \(Persistence.path).")))
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

    /// How a setting of a container is made to stay.
    private static let byItsRuntime =
        "A container's settings come from what starts it: docker run --sysctl, or "
        + "securityContext.sysctls of a pod."

    private func waiting(_ record: TransactionRecord) -> [Block] {
        guard let deadline = record.deadlineSeconds else { return [] }
        guard deadline > now else {
            return [
                .paragraph(
                    .severity(
                        .warning,
                        "Its time to be confirmed ended \((now - deadline).duration) ago: its guard takes it back."
                    )
                ), TransactionText.choices(record, now: now),
            ]
        }
        let persists =
            record.persistence == nil
            ? ""
            : isOfContainer
                ? " Once it is confirmed, \(Persistence.path) has it, but nothing boots by that file of a "
                    + "container. \(Self.byItsRuntime)"
                : " Once it is confirmed, \(Persistence.path) has it for boot."
        return [
            .paragraph(
                Phrase(
                    "It is taken back in \((deadline - now).duration) unless it is confirmed; "
                        + "to confirm from a new connection shows that one can be made.\(persists)")
            ),
            TransactionText.choices(record, now: now),
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
