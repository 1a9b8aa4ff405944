package import Model

/// The snippets for a rule's remedies: all of them, while a finding shows only those of its program.
package enum SnippetGuide {
    /// All snippets for a rule; empty if its remedies need none.
    package static func snippets(for rule: RuleID) -> [Snippet] {
        switch rule {
        case .portsExhausting, .portsSlow, .portsForecast, .loopbackExhausting, .reuseDisabled:
            connectionReuse
        case .bindBeforeConnect, .boundIdle: bindingLater
        case .closeWaitLeak: closing
        default: []
        }
    }

    /// Those for the owner's program; empty if it is unknown or not a common one.
    static func of(_ owner: Owner, among snippets: [Snippet]) -> [Snippet] {
        guard let name = owner.name?.lowercased() else { return [] }
        return snippets.filter { $0.programs.contains { isVersion(name, of: $0) } }
    }

    /// True for the program itself and for a name with a version or a role: `php-fpm8.2`, `nginx: worker`.
    private static func isVersion(_ name: String, of program: String) -> Bool {
        guard name.hasPrefix(program) else { return false }
        return name.dropFirst(program.count).first.map { !$0.isLetter } ?? true
    }
}
