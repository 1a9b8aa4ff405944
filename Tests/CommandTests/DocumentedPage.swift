/// A page of the documentation in Markdown, taken apart as far as it can be compared with the program.
struct DocumentedPage {
    /// What a session shows: a command, and the lines that it printed.
    struct Session {
        let command: String
        var output: [String] = []
    }

    /// The pages that people read first, and those below docs/; the change log speaks of other versions.
    static let paths =
        ["README.md", "CONTRIBUTING.md", "RELEASING.md", "SECURITY.md"]
        + ((try? Temporary.names(in: Project.path + "/docs")) ?? [])
        .filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }

    let path: String
    /// The lines of blocks, by the language that the fence names.
    private(set) var blocks: [String: [String]] = [:]
    /// The lines that stand in no block.
    private(set) var text: [String] = []
    let words: Int

    init(_ path: String) throws {
        self.path = path
        let content = try Temporary.content(of: Project.path + "/" + path)
        words = content.split(whereSeparator: \.isWhitespace).count
        var block: String?
        for line in content.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                block = block == nil ? String(line.dropFirst(3)) : nil
            } else if let block {
                blocks[block, default: []].append(String(line))
            } else {
                text.append(String(line))
            }
        }
    }

    /// What stands in backquotes.
    var inline: [String] {
        text.flatMap { line in
            let parts = line.split(separator: "`", omittingEmptySubsequences: false)
            return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
        }
    }

    /// The sessions of its console blocks, of commands of one line.
    var sessions: [Session] {
        var sessions: [Session] = []
        for line in blocks["console"] ?? [] {
            if line.hasPrefix("$ ") || line.hasPrefix("# ") {
                sessions.append(Session(command: String(line.dropFirst(2))))
            } else if !sessions.isEmpty {
                sessions[sessions.count - 1].output.append(line)
            }
        }
        return sessions
    }

    /// Where its links lead, those into the net left out.
    var links: [String] {
        text.flatMap { line in
            line.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
                .map { String($0.prefix { $0 != ")" }) }
        }.filter { !$0.contains("://") }
    }

    /// Its headings, as a link after `#` names them.
    var anchors: Set<String> {
        Set(
            text.filter { $0.hasPrefix("#") }.map { line in
                line.drop { $0 == "#" }.dropFirst().lowercased()
                    .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
                    .map { $0 == " " ? "-" : String($0) }.joined()
            })
    }

    /// A path that is written in it, seen from the top of the source tree.
    func place(of path: String) -> String {
        let above = self.path.split(separator: "/").dropLast().joined(separator: "/")
        return above.isEmpty ? path : above + "/" + path
    }
}
