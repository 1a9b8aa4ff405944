import FoundationEssentials

/// A page of the manual, taken apart as far as it can be compared with the program.
struct ManualPage {
    /// The page's lines by section; subsections belong to the section they are in.
    let sections: [String: [String]]
    /// The lines of each subsection, by its title.
    let subsections: [String: [String]]

    /// All pages, by the names of their files.
    static let names = [
        "tcptune.8", "tcptune-lab.8", "tcptune-findings.7", "tcptune-profile.5",
    ]

    static func path(of name: String) -> String { Project.path + "/man/" + name }

    /// - Parameter name: the name of its file: `tcptune.8`.
    init(_ name: String) throws {
        var sections: [String: [String]] = [:]
        var subsections: [String: [String]] = [:]
        var title = ""
        var subtitle: String?
        for line in try Temporary.content(of: Self.path(of: name)).split(separator: "\n") {
            if line.hasPrefix(".Sh ") {
                title = String(line.dropFirst(4))
                subtitle = nil
            } else {
                if line.hasPrefix(".Ss ") { subtitle = String(line.dropFirst(4)) }
                sections[title, default: []].append(String(line))
                if let subtitle { subsections[subtitle, default: []].append(String(line)) }
            }
        }
        self.sections = sections
        self.subsections = subsections
    }

    /// The options of each command, from SYNOPSIS.
    var synopsis: [String: Set<String>] {
        var commands: [String: Set<String>] = [:]
        var command = ""
        for line in sections["SYNOPSIS"] ?? [] {
            if line == ".Nm tcptune" { command = "" }
            if let name = Self.arguments(of: "Cm", in: line).first { command = name }
            commands[command, default: []].formUnion(Self.options(in: line))
        }
        commands[""] = nil
        return commands
    }

    /// The options that the entries of a subsection's lists describe.
    func described(_ subsection: String) -> Set<String> {
        Set((subsections[subsection] ?? []).filter { $0.hasPrefix(".It ") }.flatMap(Self.options))
    }

    /// The words typed as they are that stand before a subsection's first list.
    func named(before subsection: String) -> Set<String> {
        Set(
            (subsections[subsection] ?? []).prefix { !$0.hasPrefix(".Bl ") }
                .flatMap { Self.arguments(of: "Cm", in: $0) })
    }

    /// All options that the page speaks of.
    var mentioned: Set<String> { Set(sections.values.joined().flatMap(Self.options)) }

    /// The words that are typed as they are.
    var literals: Set<String> {
        Set(sections.values.joined().flatMap { Self.arguments(of: "Cm", in: $0) })
    }

    /// The pages of tcptune that this one refers to: `tcptune-lab.8`.
    var references: Set<String> {
        Set(
            sections.values.joined().filter { $0.contains("Xr tcptune") }
                .map { Self.arguments(of: "Xr", in: $0).prefix(2).joined(separator: ".") })
    }

    /// The first word of each entry of a section's list, and those after a comma.
    func entries(_ section: String, macro: String = "It") -> Set<String> {
        Set(
            (sections[section] ?? []).filter { $0.hasPrefix(".It ") }
                .flatMap { Self.arguments(of: macro, in: $0) })
    }

    /// `Fl -output` is `--output`, `Fl o` is `-o`.
    private static func options(in line: String) -> [String] {
        arguments(of: "Fl", in: line).map { "-" + $0 }
    }

    /// What stands after a macro of a line, up to the next one.
    private static func arguments(of macro: String, in line: String) -> [String] {
        guard line.hasPrefix(".") else { return [] }
        var found: [String] = []
        var isInside = false
        for word in line.dropFirst().split(separator: " ") {
            if word == macro {
                isInside = true
            } else if macros.contains(String(word)) {
                isInside = macro == "It" && isInside && word == "Cm"
            } else if isInside, !"|,.;:".contains(word) {
                found.append(String(word))
            }
        }
        return found
    }

    private static let macros: Set<String> = [
        "Ar", "Cm", "Em", "Ev", "Fl", "It", "Li", "Nm", "Ns", "Op", "Pa", "Pq", "Ql", "Sh", "Sx",
        "Va", "Xr",
    ]
}
