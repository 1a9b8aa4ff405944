import Model
import Text

/// The data of `tcptune.transaction/1`.
struct TransactionJSON: Encodable, Sendable {
    let result: TransactionReport.Outcome
    @Explicit var transaction: Summary?
    let settings: [Change]
    let leftOut: [LeftOut]
    let persisted: [String]

    enum CodingKeys: String, CodingKey {
        case result, transaction, settings, persisted
        case leftOut = "left_out"
    }

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

        init(_ record: TransactionRecord, now: Double?) {
            id = record.id
            state = record.state.rawValue
            _deadlineSeconds = Explicit(
                wrappedValue: record.deadlineSeconds.flatMap { deadline in
                    now.map { max(deadline - $0, 0).rounded4 ?? 0 }
                })
            profile = record.profile
            digest = record.digest
            reason = record.reason
            began = UTC.text(Double(record.began))
            namespace = record.namespace.name
        }
    }

    struct Change: Encodable, Sendable {
        let key: String
        /// The network namespace whose value it is: a rollback of all goes through several.
        let namespace: String
        let before: String
        let wanted: String
        let landed: String
        @Explicit var found: String?
        let outcome: String
        @Explicit var cause: String?

        init(_ knob: KnobImage, in record: TransactionRecord) {
            key = knob.name
            namespace = (knob.place ?? record.namespace).name
            (before, wanted, landed) = (knob.before, knob.wanted, knob.landed)
            _found = Explicit(wrappedValue: knob.found)
            outcome = knob.outcome.rawValue
            _cause = Explicit(wrappedValue: knob.cause)
        }
    }

    /// What the plan could not give, and was not tried.
    struct LeftOut: Encodable, Sendable {
        let key: String
        let wanted: String
        let why: String
    }

    init(
        outcome: TransactionReport.Outcome, record: TransactionRecord?,
        leftOut: [ImpossibleSetting],
        now: Double
    ) {
        result = outcome
        _transaction = Explicit(wrappedValue: record.map { Summary($0, now: now) })
        settings =
            record.map { record in record.knobs.filter(\.isTold).map { Change($0, in: record) } }
            ?? []
        self.leftOut = leftOut.map { LeftOut(key: $0.key, wanted: $0.wanted, why: $0.why) }
        persisted = record?.persistence?.settings.map(\.key) ?? []
    }
}
