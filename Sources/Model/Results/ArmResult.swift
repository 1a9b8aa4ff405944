/// The trials of an arm.
package struct ArmResult: Sendable, Hashable, Codable {
    package enum Role: String, Sendable, Hashable, Codable {
        /// How it is without a remedy.
        case baseline
        /// Settings that are claimed to help; others can be tried in their place.
        case remedy
        /// Those others.
        case tried
        /// Something else that is compared.
        case variant
    }

    package var name: String
    package var role: Role
    /// By key.
    package var settings: [String: String]
    package var trials: [Trial]

    package init(name: String, role: Role, settings: [String: String], trials: [Trial]) {
        self.name = name
        self.role = role
        self.settings = settings
        self.trials = trials
    }
}
