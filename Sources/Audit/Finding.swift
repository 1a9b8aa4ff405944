import Catalogue
package import Model

/// Something that an audit found: its evidence, its cause, and what to do.
package struct Finding: Sendable, Hashable, Codable {
    package var rule: RuleID
    package var severity: Severity
    /// What it is about, such as `10.0.0.5 → 10.0.0.9:5432`.
    ///
    /// May hold text of others; every output escapes.
    package var subject: String
    /// The process it concerns, if there is one: filled in for tuples and listeners.
    package var owner: Owner?
    /// The numbers in a sentence: `27 911 of 28 232 ports used (98.9 %)`.
    package var observed: String
    /// The same numbers by name, units in the name, for scripts.
    package var evidence: [String: Evidence]
    package var cause: String
    /// In the order to try them: the application, then the knob, then the last resort.
    package var remedies: [Remedy]
    /// The command that shows it on this kernel, if there is one; the kernel function or the measurement that it is
    /// based on.
    package var proof: String

    package init(
        rule: RuleID, severity: Severity, subject: String, owner: Owner? = nil,
        observed: String, evidence: [String: Evidence], cause: String, remedies: [Remedy],
        proof: String
    ) {
        self.rule = rule
        self.severity = severity
        self.subject = subject
        self.owner = owner
        self.observed = observed
        self.evidence = evidence
        self.cause = cause
        self.remedies = remedies
        self.proof = proof
    }
}

extension Finding {
    /// With the experiment that shows what its rule says.
    var withExperiment: Finding {
        guard let experiment = ExperimentID.showing(rule).first else { return self }
        var finding = self
        finding.proof = "tcptune lab run \(experiment.rawValue) · \(proof)"
        return finding
    }
}

/// One piece of evidence: a number or a text.
package enum Evidence: Sendable, Hashable {
    case count(Int)
    case number(Double)
    case text(String)
}

/// Written as the bare number or text.
extension Evidence: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let count = try? container.decode(Int.self) {
            self = .count(count)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .count(let count): try container.encode(count)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}

extension Evidence: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    package init(integerLiteral value: Int) { self = .count(value) }
    package init(stringLiteral value: String) { self = .text(value) }
}
