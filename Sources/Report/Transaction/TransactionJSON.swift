import HostState
import Tuning

/// The data of `tcptune.transaction/1`.
struct TransactionJSON: Encodable, Sendable {
    let result: TransactionReport.Deed
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
        let before: String
        let wanted: String
        let landed: String
        let outcome: String
    }

    /// What the plan could not give, and was not tried.
    struct LeftOut: Encodable, Sendable {
        let key: String
        let wanted: String
        let why: String
    }

    init(
        deed: TransactionReport.Deed, record: TransactionRecord?, leftOut: [ImpossibleSetting],
        now: Double
    ) {
        result = deed
        _transaction = Explicit(wrappedValue: record.map { Summary($0, now: now) })
        settings =
            record?.knobs.filter(\.isTold).map {
                Change(
                    key: $0.name, before: $0.before, wanted: $0.wanted, landed: $0.landed,
                    outcome: $0.outcome.rawValue)
            } ?? []
        self.leftOut = leftOut.map { LeftOut(key: $0.key, wanted: $0.wanted, why: $0.why) }
        persisted = record?.persistence?.settings.map(\.key) ?? []
    }
}
