import Text

/// An outcome that the scaling law predicts, held against what the twin did.
///
/// A twin shows a host in small; where what was made small does not behave as the law says, its verdict is none of the host.
public struct LawCheck: Sendable, Hashable, Codable {
    /// What is predicted, in a sentence with its numbers.
    public var text: String
    public var predicted: Double
    /// Nil where it could not be measured.
    @Explicit public var observed: Double?
    /// By how much the two may differ.
    public var tolerance: Double
    public var holds: Bool

    public init(_ text: String, predicted: Double, observed: Double?, tolerance: Double) {
        self.text = text
        self.predicted = predicted
        self.observed = observed
        self.tolerance = tolerance
        holds = observed.map { ($0 - predicted).magnitude <= tolerance } ?? false
    }

    /// What is observed may be less, and never more.
    public init(_ text: String, most predicted: Double, observed: Double?) {
        self.init(text, predicted: predicted, observed: observed, tolerance: 0)
        holds = observed.map { $0 <= predicted } ?? false
    }

    /// `2400`, `1.2`; whole numbers without a point.
    public static func figure(_ value: Double) -> String {
        value == value.rounded() && value.magnitude < 1e15
            ? Int64(value).grouped : value.figure
    }

    enum CodingKeys: String, CodingKey { case text, predicted, observed, tolerance, holds }
}
