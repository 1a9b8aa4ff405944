package import Model

/// Makes a command act on what was audited: another namespace, a saved snapshot, a captured tree.
///
/// Every command of a finding and of a page goes through here, so that none changes anything other than what was
/// judged.
package struct Placement: Sendable, Hashable {
    private let namespace: Namespace
    private let source: ObservedFrom
    private let host: String

    package init(namespace: Namespace, source: ObservedFrom = .host, host: String) {
        self.namespace = namespace
        self.source = source
        // Its name is outside data, and becomes a part of a line that people copy.
        self.host = ShellWord.quoted(host) == host && host != "unknown" ? host : "the captured host"
    }

    /// The command as a user types it on the host of this run, or with a label that says where else.
    package func command(_ text: String) -> String {
        isElsewhere ? elsewhere(text) : here(text)
    }

    /// Whether it is a snapshot or a captured tree: no command typed here acts on it.
    package var isElsewhere: Bool { source != .host || namespace.entry == .elsewhere }

    /// A name as one word of a command, in quotes if a shell would split it.
    package static func word(_ text: String) -> String { ShellWord.quoted(text) }

    /// The same of a text that may be a command or a sentence.
    func commandOrSentence(_ text: String) -> String {
        CommandReach.isCommand(text) ? command(text) : text
    }

    private func here(_ text: String) -> String {
        guard let entry = namespace.entry, entry != .here else {
            // From within a namespace what is one for the whole host is out of reach.
            let isOfHost = namespace.isInit == false && Self.isOfHost(ShellLine(text))
            return isOfHost ? "on the host: " + text : text
        }
        return inside(entry, text)
    }

    /// Commands that read, read the same again; commands that change get a label with the host.
    private func elsewhere(_ text: String) -> String {
        let line = ShellLine(text)
        guard let only = line.parts.first, line.parts.count == 1, !line.isScript else {
            return labelled(text)
        }
        let isTcptune = ShellLine.words(text).first == "tcptune"
        switch CommandReach(only.command) {
        case .tcptune(reads: true) where !text.contains("--interval") && !text.contains("--netns"):
            return source.option.map { "\(text) \($0)" } ?? labelled(text)
        case .anywhere where isTcptune && !Self.changes(text): return text
        default: return labelled(text)
        }
    }

    private func labelled(_ text: String) -> String {
        // A snapshot keeps how its namespace was entered on its host.
        guard let entry = namespace.entry, entry != .here, entry != .elsewhere else {
            let isNamed = namespace.isInit == false && namespace.entry != .elsewhere
            let isOfNamespace = isNamed && !Self.isOfHost(ShellLine(text))
            return "on \(host)"
                + (isOfNamespace
                    ? ", in network namespace \(ShellWord.quoted(namespace.name))" : "")
                + ": \(text)"
        }
        return "on \(host): " + inside(entry, text)
    }

    private func inside(_ entry: Namespace.Entry, _ text: String) -> String {
        let line = ShellLine(text)
        guard let prefix = Self.prefix(entry) else { return text }
        if line.isScript {
            let isOfNamespace = line.parts.contains { part in
                let program = ShellLine.words(part.command)
                    .drop { ShellLine.isKeyword($0) }.joined(separator: " ")
                return CommandReach(program) == .namespace
            }
            return isOfNamespace ? "\(prefix) sh -c \(ShellWord.quoted(text))" : text
        }
        return line.parts.map { part in
            switch CommandReach(part.command) {
            case .namespace: "\(prefix) \(part.command)\(part.separator)"
            case .tcptune:
                part.command.contains("--netns")
                    ? part.command + part.separator
                    : "\(part.command) --netns \(netns(entry))\(part.separator)"
            case .host, .anywhere: part.command + part.separator
            }
        }.joined()
    }

    /// What runs a program in the namespace.
    private static func prefix(_ entry: Namespace.Entry) -> String? {
        switch entry {
        case .here, .elsewhere: nil
        // ip(8) takes a name with a dash before it for an option.
        case .named(let name) where name.hasPrefix("-"):
            "nsenter --net=" + ShellWord.quoted("/run/netns/" + name)
        case .named(let name): "ip netns exec " + ShellWord.quoted(name)
        case .process(let pid): "nsenter -t \(pid) -n"
        case .path(let path): "nsenter --net=" + ShellWord.quoted(path)
        }
    }

    /// What `--netns` is given.
    private func netns(_ entry: Namespace.Entry) -> String {
        if namespace.isInit == true { return "init" }
        return switch entry {
        case .here, .elsewhere: "init"
        // Words that the option keeps for itself, and what looks like an option.
        case .named(let name) where ["all", "init"].contains(name) || name.hasPrefix("-"):
            ShellWord.quoted("/run/netns/" + name)
        case .named(let name): ShellWord.quoted(name)
        case .process(let pid): String(pid)
        case .path(let path): ShellWord.quoted(path)
        }
    }

    private static func isOfHost(_ line: ShellLine) -> Bool {
        line.parts.contains { CommandReach($0.command) == .host }
    }

    /// Whether a command of tcptune without `--netns` changes the host that it is typed on.
    private static func changes(_ text: String) -> Bool {
        let name = ShellLine.words(text).dropFirst().first ?? ""
        return ["rollback", "confirm", "extend", "recover", "status", "watch", "load"].contains(
            name)
    }
}

extension Placement {
    /// The finding with each of its commands placed.
    func placed(_ finding: Finding) -> Finding {
        var finding = finding
        for index in finding.remedies.indices {
            finding.remedies[index].command = finding.remedies[index].command.map(command)
            finding.remedies[index].undo = commandOrSentence(finding.remedies[index].undo)
        }
        return finding
    }
}
