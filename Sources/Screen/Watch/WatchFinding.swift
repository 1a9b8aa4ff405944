/// A finding, open or cleared not long ago.
package struct WatchFinding: Sendable, Hashable {
    /// How bad it is; cleared where it is over.
    package enum Severity: Int, Sendable, Hashable, CaseIterable {
        case critical, warning, notice, myth, cleared
    }

    /// The same from sample to sample, and of no other finding.
    package var id: String
    package var severity: Severity
    /// `ports-exhausting`.
    package var rule: String
    /// `10.0.0.5 → 10.0.0.9:5432`.
    package var subject: String
    /// The program, where it is known.
    package var owner: String?
    /// What is new in a few words: `full in 9 s`.
    package var news: String
    /// For how many seconds it has been open; of a cleared one, how many seconds ago it was cleared.
    package var age: Double?
    /// What ⏎ shows: figures, cause, remedies.
    package var detail: WatchText?

    package init(
        id: String, severity: Severity, rule: String, subject: String, owner: String? = nil,
        news: String, age: Double? = nil, detail: WatchText? = nil
    ) {
        self.id = id
        self.severity = severity
        self.rule = rule
        self.subject = subject
        self.owner = owner
        self.news = news
        self.age = age
        self.detail = detail
    }
}
