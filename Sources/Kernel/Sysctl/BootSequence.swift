package import Model

/// The writes that each program makes of the lines it reads: pure, so that it can be held against the real programs.
///
/// The kernel may refuse a write; then the key keeps what it had. For procps that can be what an earlier line set.
package enum BootSequence {
    /// All writes, in their order.
    ///
    /// - Parameter keys: the paths beneath `/proc/sys` that patterns can match, in the order of their names.
    package static func writes(
        of lines: [BootLine], by program: BootSetting.Rule, keys: [String]
    ) -> [BootWrite] {
        switch program {
        case .systemd: systemdWrites(lines, keys)
        case .procps: procpsWrites(lines, keys)
        }
    }

    /// systemd-sysctl keeps one value a key, and writes when all files are read.
    private static func systemdWrites(_ lines: [BootLine], _ keys: [String]) -> [BootWrite] {
        var kept: [BootLine?] = []
        var place: [String: Int] = [:]
        for line in lines where line.line.kind != .malformed {
            let path = line.line.path
            if let index = place[path] {
                // The same value again keeps the old place in the order; the later line is the one to edit.
                if kept[index]?.line.value == line.line.value {
                    kept[index] = line
                    continue
                }
                kept[index] = nil
            }
            place[path] = kept.count
            kept.append(line)
        }
        var writes: [BootWrite] = []
        for case let line? in kept {
            guard let assignment = line.assignment else { continue }
            if line.line.isGlob {
                let glob = SysctlGlob(line.line.path, expandsBraces: true)
                for key in keys where glob.matches(key) && place[key] == nil {
                    guard let key = SysctlKey(path: key) else { continue }
                    writes.append(BootWrite(key: key, assignment: assignment))
                }
            } else if let key = SysctlSpelling.key(of: line.line.path, resolvingParents: false) {
                writes.append(BootWrite(key: key, assignment: assignment))
            }
        }
        return writes
    }

    /// procps keeps every line, and writes them all in their order.
    private static func procpsWrites(_ lines: [BootLine], _ keys: [String]) -> [BootWrite] {
        let named = Set(lines.lazy.filter { $0.line.kind != .malformed }.map(\.line.path))
        var writes: [BootWrite] = []
        for line in lines {
            guard let assignment = line.assignment else { continue }
            let path = line.line.path
            if line.line.isGlob {
                let glob = SysctlGlob(path, expandsBraces: false)
                for key in keys where glob.matches(key) {
                    // Compared as text: a pattern with a doubled slash finds no explicit key in its way.
                    if named.contains(SysctlSpelling.expansion(of: path, to: key)) { continue }
                    guard let key = SysctlKey(path: key) else { continue }
                    writes.append(BootWrite(key: key, assignment: assignment))
                }
            } else if let key = SysctlSpelling.key(of: path, resolvingParents: true) {
                writes.append(BootWrite(key: key, assignment: assignment))
            }
        }
        return writes
    }
}
