import Audit
package import Model
import Text

/// The page that ends `apply`, `confirm`, `extend`, `rollback` and `recover`.
package struct TransactionReport: Sendable {
    /// What was done.
    package enum Outcome: String, Sendable, Encodable {
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

    private let outcome: Outcome
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
    /// Seconds since 1970; nil where the time of day is not said.
    private let clock: Double?
    /// Whether the file of boot is a container's, by which no host boots.
    private let isOfContainer: Bool
    /// Why there was nothing to do.
    private let nothing: String

    /// - Parameters:
    ///   - now: seconds of `BootClock`.
    ///   - clock: the same moment in seconds since 1970.
    ///   - isOfContainer: whether `/etc` is a container's own, so that no boot reads it.
    package init(
        _ outcome: Outcome, _ record: TransactionRecord, leftOut: [ImpossibleSetting] = [],
        now: Double, clock: Double? = nil, isOfContainer: Bool = false
    ) {
        nothing = ""
        self.outcome = outcome
        self.record = record
        self.leftOut = leftOut
        troubles = []
        restoresFile = false
        fileIsGone = false
        leavesFile = false
        self.now = now
        self.clock = clock
        self.isOfContainer = isOfContainer
    }

    /// Of a command that had nothing to do.
    ///
    /// - Parameter why: that it had not, as it stands behind "Nothing to do:".
    package init(nothing why: String, leftOut: [ImpossibleSetting] = [], now: Double) {
        nothing = why
        outcome = .nothing
        record = nil
        self.leftOut = leftOut
        troubles = []
        restoresFile = false
        fileIsGone = false
        leavesFile = false
        self.now = now
        clock = nil
        isOfContainer = false
    }

    /// A rollback's.
    package init(_ rollback: Rollback, now: Double) {
        outcome = rollback.record.state == .partial ? .partial : .rolledBack
        record = rollback.record
        leftOut = []
        troubles = TransactionText.troubles(rollback)
        restoresFile = outcome == .rolledBack && rollback.hasChangedFile
        fileIsGone = rollback.fileIsGone
        leavesFile = rollback.fileIsForeign
        self.now = now
        clock = nil
        isOfContainer = false
        nothing = ""
    }

    package func document() -> Document {
        guard let record else {
            return Document(
                title: "tcptune: nothing changed",
                blocks: [.paragraph("Nothing to do: \(nothing).")] + omissions())
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
        PlanReport.omissions("Left out: not possible here", leftOut)
    }

    private func headline(_ record: TransactionRecord) -> String {
        let name = record.undoesAll ? "all changes" : record.profile
        let count = record.knobs.filter { $0.outcome == .foreign }.count
        let left =
            (count == 0 ? [] : [count == 1 ? "1 value" : "\(count) values"])
            + (leavesFile ? ["the boot file"] : [])
        let state =
            switch outcome {
            case .nothing: "nothing changed"
            case .applied: "applied, not yet confirmed"
            case .pending: "waiting for confirmation"
            case .confirmed: "confirmed"
            case .extended: "extended, not yet confirmed"
            case .rolledBack:
                left.isEmpty
                    ? "reverted" : "reverted, except for \(left.joined(separator: " and "))"
            case .partial: "partly reverted"
            }
        return "\(name): \(state)"
    }

    /// `key  before → after`, in the direction of what was done.
    private func changes(_ knobs: [KnobImage]) -> Block {
        let isBack = outcome == .rolledBack || outcome == .partial
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
                            ? Phrase(before) + .quiet(", already set") : Phrase(words))
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
        case .skipped: .severity(.notice, "the kernel refused it, skipped")
        case .foreign:
            .severity(.warning, "left unchanged: not the value that this transaction set")
        case .failed: .severity(.critical, "not reverted")
        }
    }

    private func next(_ record: TransactionRecord) -> [Block] {
        switch outcome {
        case .applied, .extended, .pending:
            return waiting(record)
        case .confirmed:
            let words =
                record.persistence == nil
                ? isOfContainer
                    ? "Active until the container ends. \(Self.byItsRuntime)"
                    : "Active until reboot."
                : isOfContainer
                    ? "Active until the container ends. \(Persistence.path) lists it, but no boot reads "
                        + "that file in a container. \(Self.byItsRuntime)"
                    : "Active now, and \(Persistence.path) sets it at boot."
            // Boot sets the values of the first namespace only.
            let canPersist =
                record.persistence == nil && !isOfContainer && record.namespace.path == nil
            return [
                .paragraph(
                    Phrase(words)
                        + (canPersist
                            ? " To keep it: " + .code("tcptune apply \(record.profile) --persist")
                            : "")),
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
        "The container runtime sets a container's settings: docker run --sysctl, or "
        + "securityContext.sysctls of a pod."

    private func waiting(_ record: TransactionRecord) -> [Block] {
        guard let deadline = record.deadlineSeconds else { return [] }
        guard deadline > now else {
            return [
                .paragraph(
                    .severity(
                        .warning,
                        "Its deadline passed \((now - deadline).duration) ago: its guard reverts it."
                    )
                ), TransactionText.choices(record, now: now),
            ]
        }
        let persists =
            record.persistence == nil
            ? ""
            : isOfContainer
                ? " Once confirmed, \(Persistence.path) lists it, but no boot reads that file in a "
                    + "container. \(Self.byItsRuntime)"
                : " Once confirmed, \(Persistence.path) sets it at boot."
        let time = clock.map { " (\(UTC.clock($0 + deadline - now)) UTC)" } ?? ""
        return [
            .paragraph(
                Phrase(
                    "Reverts in \((deadline - now).duration)\(time) unless confirmed. Confirm from a new SSH session: "
                        + "that proves new connections still work.\(persists)")
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
            data: TransactionJSON(outcome: outcome, record: record, leftOut: leftOut, now: now),
            notes: troubles
        ).encoded(pretty: true)
    }
}
