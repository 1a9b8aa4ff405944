import FoundationEssentials

/// `man/tcptune.8`, taken apart as far as it can be compared with the program.
struct ManualPage {
    /// The page's lines by section; subsections belong to the section they are in.
    let sections: [String: [String]]

    init() throws {
        var sections: [String: [String]] = [:]
        var title = ""
        for line in try Temporary.content(of: Project.path + "/man/tcptune.8").split(
            separator: "\n")
        {
            if line.hasPrefix(".Sh ") {
                title = String(line.dropFirst(4))
            } else {
                sections[title, default: []].append(String(line))
            }
        }
        self.sections = sections
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

    /// The options that an entry of a list describes.
    var described: Set<String> {
        Set(
            (sections["DESCRIPTION"] ?? [])
                .filter { $0.hasPrefix(".It ") }.flatMap(Self.options))
    }

    /// All options that the page speaks of.
    var mentioned: Set<String> { Set(sections.values.joined().flatMap(Self.options)) }

    /// The words that are typed as they are.
    var literals: Set<String> {
        Set(sections.values.joined().flatMap { Self.arguments(of: "Cm", in: $0) })
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
        "Ar", "Cm", "Ev", "Fl", "It", "Li", "Nm", "Op", "Pa", "Pq", "Ql", "Sh", "Sx", "Xr",
    ]
}
