/// One thing that can be done about a finding, with its price.
public struct Remedy: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A change of the program or of its configuration.
        case application
        /// A change of a kernel setting.
        case knob
        /// Where nothing else helps.
        case lastResort = "last_resort"
    }

    public var kind: Kind
    public var text: String
    /// The command that does it, where one does.
    public var command: String?
    /// What it brings, with a figure where there is one.
    public var effect: String
    public var risk: String
    /// How to take it back.
    public var undo: String
    /// How the usual programs are told so.
    public var snippets: [Snippet]

    public init(
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
public struct Snippet: Sendable, Hashable, Codable {
    /// The program or library: `nginx`, `Go net/http`.
    public var stack: String
    /// Process names by which it is recognised, lower case.
    public var programs: [String]
    public var code: String

    public init(_ stack: String, programs: [String], code: String) {
        self.stack = stack
        self.programs = programs
        self.code = code
    }
}
