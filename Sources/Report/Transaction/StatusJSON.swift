import Model

/// The data of `tcptune.status/1`.
struct StatusJSON: Encodable, Sendable {
    @Explicit var transaction: TransactionJSON.Summary?
    @Explicit var takenBack: TransactionJSON.Summary?
    let settings: [Row]
    let drift: Bool

    enum CodingKeys: String, CodingKey {
        case transaction, settings, drift
        case takenBack = "taken_back"
    }

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

    init(status: TransactionStatus, rows: [TransactionStatus.Row], now: Double?) {
        _transaction = Explicit(
            wrappedValue: status.pending.map { TransactionJSON.Summary($0, now: now) })
        _takenBack = Explicit(
            wrappedValue: status.takenBack.map { TransactionJSON.Summary($0, now: now) })
        settings = rows.map { row in
            Row(
                key: row.key, now: row.now, wanted: row.wanted, afterReboot: row.afterReboot,
                origin: "\(row.profile) (\(row.transaction))", boot: row.bootPlace,
                drift: row.hasDrifted, confirmed: row.isConfirmed)
        }
        drift = status.settings.contains(where: \.hasDrifted)
    }
}
