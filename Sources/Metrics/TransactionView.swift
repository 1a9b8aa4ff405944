/// The change of settings that `tcptune apply` made, and how the host stands to it.
package struct TransactionView: Sendable, Hashable {
    package var id: String
    package var profile: String
    package var state: String
    /// When it is reverted unless it is confirmed, in seconds since 1970.
    package var deadline: Double?
    /// By key: whether the value is another now.
    package var drift: [String: Bool]

    /// So many keys have series.
    static let mostKeys = 20

    package init(
        id: String, profile: String, state: String, deadline: Double? = nil,
        drift: [String: Bool] = [:]
    ) {
        self.id = id
        self.profile = profile
        self.state = state
        self.deadline = deadline
        self.drift = drift
    }

    var drifted: Int { drift.values.count { $0 } }
    var seriesCount: Int { 2 + min(drift.count, Self.mostKeys) }

    func add(to page: inout MetricPage) {
        page.add(.transaction, [id, profile, state], .count(1))
        page.add(.transactionDeadline, deadline.map(MetricValue.number))
        // Those that have drifted first.
        let keys = drift.sorted { ($0.value ? 0 : 1, $0.key) < ($1.value ? 0 : 1, $1.key) }
        for (key, hasDrifted) in keys.prefix(Self.mostKeys) {
            page.add(.settingDrift, [key], .count(hasDrifted ? 1 : 0))
        }
    }
}
