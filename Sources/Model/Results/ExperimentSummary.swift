/// An experiment that can be run, as it is listed.
package struct ExperimentSummary: Sendable, Hashable, Codable {
    package var name: String
    package var question: String
    package var claim: String
    /// Kernel functions that make it so.
    package var source: [String]
    /// By their names.
    package var arms: [String]
    package var claims: [String]
    package var runs: Int
    /// Why it is of IPv4 alone; nil where it may run over IPv6.
    package var onlyIPv4: String?

    package init(
        name: String,
        question: String,
        claim: String,
        source: [String],
        arms: [String],
        claims: [String],
        runs: Int,
        onlyIPv4: String? = nil
    ) {
        self.name = name
        self.question = question
        self.claim = claim
        self.source = source
        self.arms = arms
        self.claims = claims
        self.runs = runs
        self.onlyIPv4 = onlyIPv4
    }

    enum CodingKeys: String, CodingKey {
        case name, question, claim, source, arms, claims, runs
        case onlyIPv4 = "only_ipv4"
    }
}
