/// One thing that can be done about a finding, with its price.
package struct Remedy: Sendable, Hashable, Codable {
    package enum Kind: String, Sendable, Hashable, Codable {
        /// A change of the program or of its configuration.
        case application
        /// A change of a kernel setting.
        case knob
        /// If nothing else helps.
        case lastResort = "last_resort"
    }

    package var kind: Kind
    package var text: String
    /// The command that does it, if there is one.
    package var command: String?
    /// What it does, with a figure if there is one.
    package var effect: String
    package var risk: String
    /// How to revert it.
    package var undo: String
    /// How to do it in common programs.
    package var snippets: [Snippet]

    package init(
        _ kind: Kind, _ text: String, command: String? = nil, effect: String, risk: String,
        undo: String, snippets: [Snippet] = []
    ) {
        self.kind = kind
        self.text = text
        self.command = command
        self.effect = effect
        self.risk = risk
        self.undo = undo
        self.snippets = snippets
    }
}

/// A few lines of configuration or code for one program.
package struct Snippet: Sendable, Hashable, Codable {
    /// The program or library: `nginx`, `Go net/http`.
    package var stack: String
    /// Process names by which it is recognised, lower case.
    package var programs: [String]
    package var code: String

    package init(_ stack: String, programs: [String], code: String) {
        self.stack = stack
        self.programs = programs
        self.code = code
    }
}
