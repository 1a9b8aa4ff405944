package import Audit
package import Model

/// What one look says of a subject.
package struct AlertReading: Sendable, Hashable {
    package let condition: AlertPolicy.Condition
    /// When that was seen, in seconds of CLOCK_BOOTTIME: a look at every socket may be a while ago.
    package let asOf: Double
    /// What there is to say of it; nil where it is not there.
    package let sight: Sight?

    /// What there is to say of a subject, and how severe it is.
    package struct Sight: Sendable, Hashable {
        package var severity: Severity
        /// The numbers in a sentence.
        package var observed: String
        package var cause = ""
        /// The process or unit that it concerns, where one is known.
        package var owner: String?
        /// What to do first.
        package var remedy: String?
        /// The destination whose ports it is about.
        package var tuple: Tuple?

        package init(severity: Severity, observed: String) {
            self.severity = severity
            self.observed = observed
        }

        /// What a finding says.
        package init(_ finding: Finding) {
            severity = finding.severity
            observed = finding.observed
            cause = finding.cause
            owner = finding.owner.flatMap { $0.unit ?? $0.name }
            remedy = finding.remedies.first.map { remedy in
                remedy.text + (remedy.command.map { ": \($0)" } ?? "")
            }
        }
    }

    package init(_ condition: AlertPolicy.Condition, asOf: Double, _ sight: Sight? = nil) {
        self.condition = condition
        self.asOf = asOf
        self.sight = sight
    }
}
