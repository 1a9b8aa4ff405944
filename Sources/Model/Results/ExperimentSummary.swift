/// An experiment that can be run, as it is listed.
public struct ExperimentSummary: Sendable, Hashable, Codable {
    public var name: String
    public var question: String
    public var claim: String
    /// Kernel functions that make it so.
    public var source: [String]
    /// By their names.
    public var arms: [String]
    public var claims: [String]
    public var runs: Int
    /// Why it is of IPv4 alone; nil where it may run over IPv6.
    public var onlyIPv4: String?

    public init(
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
