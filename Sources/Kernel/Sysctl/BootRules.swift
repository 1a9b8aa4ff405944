import Model

/// The files of one host, read as both programs read them.
struct BootRules {
    let files: BootFiles
    /// The program whose rule decides on this host.
    let rule: BootSetting.Rule

    private let systemd: [BootLine]
    private let procps: [BootLine]
    /// Every line of every file, as this host's program reads it: first what it does read, in its order.
    private let all: [BootLine]
    /// How many of `all` belong to files that a file of the same name masks; they are the last ones.
    private let maskedCount: Int

    init(files: BootFiles, rule: BootSetting.Rule) {
        self.files = files
        self.rule = rule
        func parsed(_ program: BootSetting.Rule) -> [[BootLine]] {
            files.files.map { file in
                SysctlFile.parse(file.bytes, as: program).lines
                    .map { BootLine(file: file.path, line: $0) }
            }
        }
        let (bySystemd, byProcps) = (parsed(.systemd), parsed(.procps))
        func lines(_ order: [Int], _ program: BootSetting.Rule) -> [BootLine] {
            let parsed = program == .systemd ? bySystemd : byProcps
            return order.flatMap { parsed[$0] }
        }
        systemd = lines(files.systemdOrder, .systemd)
        procps = lines(files.procpsOrder, .procps)
        var seen = Array(repeating: false, count: files.files.count)
        func isFirst(_ file: Int) -> Bool {
            defer { seen[file] = true }
            return !seen[file]
        }
        let order = files.order(of: rule) + files.procpsOrder
        let read = order.filter(isFirst)
        let masked = files.masked.filter(isFirst)
        let maskedLines = lines(masked, rule)
        maskedCount = maskedLines.count
        all = lines(read, rule) + maskedLines
    }

    /// False on a host whose files say nothing.
    var hasLines: Bool { !all.isEmpty }

    /// Whether any line is for all keys that match it, as `net.ipv4.conf.*.rp_filter` is.
    var hasPatterns: Bool { all.contains { $0.line.isGlob } }

    /// What the lines are about, masked ones too, as either program reads them.
    var concern: BootConcern { BootConcern(systemd + procps + all.suffix(maskedCount)) }

    /// The values that lines write to a key, by its path, pattern lines aside.
    func values(of path: String) -> [String] {
        all.filter { !$0.line.isGlob && key(of: $0)?.path == path }.compactMap(\.line.value)
    }

    /// What boot does to each key, by path; nothing for a key that no line names.
    ///
    /// - Parameters:
    ///   - present: the paths that exist, for patterns.
    ///   - takes: whether the kernel takes a text for a path; what it refuses leaves what was written before.
    func outcome(
        for asked: [String], present: [String],
        takes: (_ path: String, _ text: String) -> Bool = { _, _ in true }
    ) -> [String: BootSetting] {
        let systemdLast = last(by: .systemd, present, takes)
        let procpsLast = last(by: .procps, present, takes)
        var naming: [String: [Assignment]] = [:]
        for line in all {
            guard let assignment = line.assignment else { continue }
            if line.line.isGlob {
                let glob = SysctlGlob(line.line.path, expandsBraces: rule == .systemd)
                for path in present where glob.matches(path) {
                    naming[path, default: []].append(assignment)
                }
            } else if let key = key(of: line) {
                naming[key.path, default: []].append(assignment)
            }
        }
        var outcome: [String: BootSetting] = [:]
        // Few of the keys are named by any line.
        let named = Set(naming.keys).union(systemdLast.keys).union(procpsLast.keys)
        for path in asked where named.contains(path) {
            let lines = naming[path] ?? []
            var setting = BootSetting(
                systemd: systemdLast[path], procps: procpsLast[path], rule: rule)
            let winner = setting.winner
            setting.shadowed = lines.filter { $0 != winner }
            outcome[path] = setting
        }
        return outcome
    }

    /// Lines of files that are not masked, about networking or file limits, whose key was not asked for.
    ///
    /// A pattern is one only where nothing under the root matches it.
    func stray(asked: Set<String>, present: [String], root: Root) -> [StrayAssignment] {
        var stray: [StrayAssignment] = []
        let presence = KeyPresence(root: root)
        for line in all.dropLast(maskedCount) where NetworkConcern.holds(for: line.line.path) {
            if line.line.kind == .malformed {
                let text = Assignment(value: "", file: line.file, line: line.line.number)
                // A comment behind a byte-order mark is no line at all, and does no harm.
                if Self.withoutMark(line.line.path)?.first.map({ $0 == "#" || $0 == ";" }) == true {
                    continue
                }
                stray.append(
                    StrayAssignment(key: line.line.path, assignment: text, fault: .noEquals))
                continue
            }
            guard let assignment = line.assignment else { continue }
            if let path = Self.withoutMark(line.line.path) {
                stray.append(
                    StrayAssignment(
                        key: SysctlKey.swapped(path), assignment: assignment, keyExists: false,
                        fault: .byteOrderMark))
                continue
            }
            var exists: Bool?
            if line.line.isGlob {
                let glob = SysctlGlob(line.line.path, expandsBraces: rule == .systemd)
                if present.contains(where: glob.matches) || glob.matchesAnything(in: root) {
                    continue
                }
            } else if let key = key(of: line) {
                if asked.contains(key.path) { continue }
                exists = presence.holds(key.path)
            } else {
                exists = false
            }
            stray.append(
                StrayAssignment(
                    key: SysctlKey.swapped(line.line.path), assignment: assignment,
                    keyExists: exists))
        }
        return stray
    }

    /// The path behind a byte-order mark (U+FEFF), which both programs take for a part of the key; nil without one.
    private static func withoutMark(_ path: String) -> String? {
        path.unicodeScalars.first == "\u{FEFF}"
            ? String(String.UnicodeScalarView(path.unicodeScalars.dropFirst())) : nil
    }

    /// Every write that a program attempts, in its order.
    func writes(by program: BootSetting.Rule, keys: [String]) -> [BootWrite] {
        BootSequence.writes(
            of: program == .systemd ? systemd : procps, by: program, keys: keys)
    }

    /// The last line that tells systemd-sysctl to leave a key alone, `-key` without a value; it has no value.
    ///
    /// procps leaves out by such a line what patterns match, not what is named.
    func exclusion(of path: String) -> Assignment? {
        systemd.last { $0.line.kind == .exclusion && $0.line.path == path }
            .map { Assignment(value: "", file: $0.file, line: $0.line.number) }
    }

    private func key(of line: BootLine) -> SysctlKey? {
        SysctlSpelling.key(of: line.line.path, resolvingParents: rule == .procps)
    }

    /// The write of each key that counts: the last one, or the last that is not refused.
    private func last(
        by program: BootSetting.Rule, _ present: [String], _ takes: (String, String) -> Bool
    ) -> [String: Assignment] {
        var last: [String: Assignment] = [:]
        for write in writes(by: program, keys: present) {
            let path = write.key.path
            if let earlier = last[path], !takes(path, write.assignment.value),
                takes(path, earlier.value)
            {
                continue
            }
            last[path] = write.assignment
        }
        return last
    }
}
