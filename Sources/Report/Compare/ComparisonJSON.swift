package import Model
package import Statistics

/// The data of `tcptune.compare/1`: two documents of one kind, side by side.
package struct ComparisonJSON: Codable, Sendable {
    /// What was compared.
    package enum Kind: String, Codable, Sendable {
        case audit, load, lab, prove

        /// What the documents are called.
        var title: String {
            switch self {
            case .audit: "audits"
            case .load: "loads"
            case .lab: "lab results"
            case .prove: "proofs"
            }
        }
    }

    /// One of the two.
    package struct Side: Codable, Sendable, Hashable {
        package var file: String
        package var host: String
        package var kernel: String
        /// Seconds since 1970; nil where the document tells no time.
        @Explicit var timeSeconds: Double?

        enum CodingKeys: String, CodingKey {
            case file, host, kernel
            case timeSeconds = "time_seconds"
        }
    }

    /// A setting that is not the same in both; nil where one lacks it.
    package struct SettingChange: Codable, Sendable, Hashable {
        package var key: String
        @Explicit var before: String?
        @Explicit var after: String?
    }

    /// A finding that only one of the two has.
    package struct Finding: Codable, Sendable, Hashable {
        package var rule: RuleID
        package var severity: String
        package var subject: String
    }

    /// What was applied between the two.
    package struct Transaction: Codable, Sendable, Hashable {
        package var id: String
        package var profile: String
        package var state: String
        package var beganSeconds: Double

        package init(id: String, profile: String, state: String, beganSeconds: Double) {
            self.id = id
            self.profile = profile
            self.state = state
            self.beganSeconds = beganSeconds
        }

        enum CodingKeys: String, CodingKey {
            case id, profile, state
            case beganSeconds = "began_seconds"
        }
    }

    /// A condition of `--fail-if`, and the metrics that meet it.
    package struct Gate: Codable, Sendable, Hashable {
        package var condition: String
        package var failed: [String]
        /// Nothing that it speaks of could be told from chance; nil in documents of earlier versions.
        package var undecided: Bool?
    }

    package var kind: Kind
    package var before: Side
    package var after: Side
    package var metrics: [MetricChange]
    package var settings: [SettingChange]
    package var findingsGone: [Finding]
    package var findingsNew: [Finding]
    package var transactions: [Transaction]
    package var gates: [Gate]
    /// A change by less than this share is called neither better nor worse.
    package var marginRatio: Double
    /// Why the comparison says nothing; nil where it does.
    @Explicit var void: String?

    enum CodingKeys: String, CodingKey {
        case kind, before, after, metrics, settings, transactions, gates, void
        case findingsGone = "findings_gone"
        case findingsNew = "findings_new"
        case marginRatio = "margin_ratio"
    }

    /// Whether one of the two says nothing.
    package var isVoid: Bool { void != nil }

    /// Whether a condition of `--fail-if` was met.
    package var isFailed: Bool { gates.contains { !$0.failed.isEmpty } }

    /// Whether a condition of `--fail-if` speaks of nothing that could be told from chance.
    package var isUndecided: Bool { gates.contains { $0.undecided == true } }
}
