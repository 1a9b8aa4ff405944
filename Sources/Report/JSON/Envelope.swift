import FoundationEssentials
import Model

/// What every JSON document of tcptune begins with, around the data of its own kind.
package struct Envelope<Data: Encodable>: Encodable {
    package let format: Format
    package let tool: Tool
    package let host: HostJSON
    package let data: Data
    /// Sentences for people: the basis of the data, and what tcptune did not check.
    package let notes: [String]

    package init(
        _ format: Format, tool: Tool, host: HostJSON, data: Data, notes: [String] = []
    ) {
        self.format = format
        self.tool = tool
        self.host = host
        self.data = data
        self.notes = notes
    }

    /// The document as text, keys in order, with a newline at its end; over several lines where pretty.
    ///
    /// What could move a cursor, turn the direction of text or begin markup is written as `\u…`.
    package func encoded(pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        let bytes = try encoder.encode(self)
        return JSONText.harmless(String(decoding: bytes, as: UTF8.self)) + "\n"
    }
}

/// The kind of a JSON document and the number of its layout: `tcptune.audit/1`.
package struct Format: Sendable, Hashable, Encodable {
    package let name: String
    /// Raised by a change that breaks readers; additions keep it.
    package let number: Int

    package static let audit = Format(name: "tcptune.audit", number: 1)
    package static let snapshot = Format(name: "tcptune.snapshot", number: 1)
    package static let explain = Format(name: "tcptune.explain", number: 1)
    package static let topics = Format(name: "tcptune.topics", number: 1)
    package static let knobs = Format(name: "tcptune.knobs", number: 1)
    package static let applied = Format(name: "tcptune.applied", number: 1)
    package static let status = Format(name: "tcptune.status", number: 1)
    package static let transaction = Format(name: "tcptune.transaction", number: 1)
    package static let plan = Format(name: "tcptune.plan", number: 1)
    package static let doctor = Format(name: "tcptune.doctor", number: 1)
    package static let profiles = Format(name: "tcptune.profiles", number: 1)
    package static let profile = Format(name: "tcptune.profile", number: 1)
    package static let lint = Format(name: "tcptune.lint", number: 1)
    package static let new = Format(name: "tcptune.new", number: 1)
    package static let load = Format(name: "tcptune.load", number: 1)
    package static let lab = Format(name: "tcptune.lab", number: 1)
    package static let experiments = Format(name: "tcptune.experiments", number: 1)
    package static let compare = Format(name: "tcptune.compare", number: 1)
    package static let report = Format(name: "tcptune.report", number: 1)
    package static let trace = Format(name: "tcptune.trace", number: 1)
    package static let prove = Format(name: "tcptune.prove", number: 1)
    package static let recommend = Format(name: "tcptune.recommend", number: 1)
    package static let watch = Format(name: "tcptune.watch", number: 1)
    package static let findings = Format(name: "tcptune.findings", number: 1)
    package static let history = Format(name: "tcptune.history", number: 1)
    package static let summary = Format(name: "tcptune.summary", number: 1)

    package static let alert = Format(name: "tcptune.alert", number: 1)

    /// All of them, by their names.
    package static let all: [Format] = [
        alert, applied, audit, compare, doctor, experiments, explain, findings, history, knobs, lab,
        lint, load, new, plan, profile, profiles, prove, recommend, report, snapshot, status,
        summary, topics, trace, transaction, watch,
    ]

    package var text: String { "\(name)/\(number)" }
    /// The name without the program's: `audit`.
    package var word: String { String(name.dropFirst("tcptune.".count)) }

    /// The number in the text of a format of this name; nil where it is none.
    func number(in text: String) -> Int? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == name, let number = Int(parts[1]), number > 0 else {
            return nil
        }
        return number
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
