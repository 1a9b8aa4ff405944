import Model

/// What programs beside systemd-sysctl and procps set: tuned's active profile, ufw, and the kernel's command line.
struct OtherPrograms {
    /// By path beneath `/proc/sys`, in the order in which they act.
    private(set) var assignments: [String: [OtherAssignment]] = [:]
    private(set) var unseen: [Unseen] = []

    private let root: Root

    init(root: Root) {
        self.root = root
        readCommandLine()
        readTuned()
        readUFW()
    }

    private mutating func add(_ program: OtherAssignment.Program, _ line: BootLine) {
        guard let assignment = line.assignment,
            let key = SysctlSpelling.key(of: line.line.path, resolvingParents: false)
        else { return }
        assignments[key.path, default: []].append(
            OtherAssignment(program: program, assignment: assignment))
    }

    // MARK: the kernel's command line

    /// `sysctl.net.ipv4.tcp_ecn=1`: fs/proc/proc_sysctl.c:process_sysctl_arg, since Linux 5.8; what follows `--` is init's.
    private mutating func readCommandLine() {
        guard let text = try? root.text("/proc/cmdline") else { return }
        var isQuoted = false
        let words = text.split { character in
            if character == "\"" { isQuoted.toggle() }
            return !isQuoted && (character == " " || character == "\n" || character == "\t")
        }
        for word in words.prefix(while: { $0 != "--" }) {
            let word = word.filter { $0 != "\"" }
            guard word.hasPrefix("sysctl.") || word.hasPrefix("sysctl/"),
                let equals = word.firstIndex(of: "=")
            else { continue }
            let name = word[..<equals].dropFirst("sysctl.".count)
            let path = String(name.map { $0 == "." ? "/" : $0 })
            let value = String(word[word.index(after: equals)...])
            add(
                .kernelCommandLine,
                BootLine(
                    file: "/proc/cmdline",
                    line: SysctlLine(number: 1, path: path, kind: .assignment(value))))
        }
    }

    // MARK: tuned

    /// As many profiles may include one another.
    private static let mostProfiles = 16

    private mutating func readTuned() {
        guard let text = try? root.text("/etc/tuned/active_profile") else { return }
        var pending: [Substring] = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.reversed()
        var seen: Set<Substring> = []
        var profiles: [(path: String, profile: TunedProfile)] = []
        // What is included comes first, so that what includes it overrules it.
        while let name = pending.popLast(), seen.count < Self.mostProfiles {
            guard seen.insert(name).inserted else { continue }
            guard let (path, profile) = profile(named: name) else {
                unseen.append(
                    Unseen(
                        what: "what tuned's profile \(name) sets",
                        why: "its tuned.conf does not exist"))
                continue
            }
            profiles.append((path, profile))
            pending += profile.included.reversed()
        }
        var lines: [String: BootLine] = [:]
        for (path, profile) in profiles.reversed() {
            for line in profile.sysctls {
                lines[line.path] = BootLine(file: path, line: line)
            }
        }
        for line in lines.values { add(.tuned, line) }
    }

    private func profile(named name: Substring) -> (String, TunedProfile)? {
        guard !name.contains("/"), !name.hasPrefix(".") else { return nil }
        let folders = [
            "/etc/tuned/profiles", "/etc/tuned", "/usr/lib/tuned/profiles", "/usr/lib/tuned",
        ]
        for folder in folders {
            let path = "\(folder)/\(name)/tuned.conf"
            if let text = try? root.text(path) { return (path, TunedProfile(text)) }
        }
        return nil
    }

    // MARK: ufw

    private mutating func readUFW() {
        if let text = try? root.text("/etc/ufw/ufw.conf"),
            Self.value(of: "ENABLED", in: text)?.lowercased() == "no"
        {
            return
        }
        var path = "/etc/ufw/sysctl.conf"
        if let text = try? root.text("/etc/default/ufw"),
            let other = Self.value(of: "IPT_SYSCTL", in: text)
        {
            path = other
        }
        guard path.hasPrefix("/"), let bytes = try? root.bytes(path) else { return }
        for line in SysctlFile.parse(bytes, as: .procps).lines {
            add(.ufw, BootLine(file: path, line: line))
        }
    }

    /// The value that a shell's assignment gives a name, quotes taken off; nil where none does.
    private static func value(of name: String, in text: String) -> String? {
        for line in text.split(separator: "\n").reversed() where line.hasPrefix("\(name)=") {
            return line.dropFirst(name.count + 1).filter { $0 != "\"" && $0 != "'" && $0 != " " }
        }
        return nil
    }
}
