package import Model

/// One of the things that an experiment tries, for the others to be compared with.
package struct Arm: Sendable {
    /// A few words, unlike those of the other arms: `tcp_tw_reuse = 1`.
    package var name: String
    package var role: ArmResult.Role
    /// Settings of both private namespaces.
    package var settings: [LoadPlan.Assignment]
    /// What carries its connections.
    package var family = InternetFamily.v4

    package init(_ name: String, _ role: ArmResult.Role, settings: [LoadPlan.Assignment] = []) {
        self.name = name
        self.role = role
        self.settings = settings
    }
}
