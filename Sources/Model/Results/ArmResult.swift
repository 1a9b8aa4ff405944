/// The trials of an arm.
public struct ArmResult: Sendable, Hashable, Codable {
    public enum Role: String, Sendable, Hashable, Codable {
        /// How it is without a remedy.
        case baseline
        /// Settings that are claimed to help; others can be tried in their place.
        case remedy
        /// Those others.
        case tried
        /// Something else that is compared.
        case variant
    }

    public var name: String
    public var role: Role
    /// By key.
    public var settings: [String: String]
    public var trials: [Trial]

    public init(name: String, role: Role, settings: [String: String], trials: [Trial]) {
        self.name = name
        self.role = role
        self.settings = settings
        self.trials = trials
    }
}
