import Catalogue
import Model

/// A line of a boot-time file loses to another line, or the two programs at boot disagree.
///
/// All files of the sysctl.d directories are sorted by their name, whatever directory they are in,
/// and the last line that names a key wins: `/usr/lib/sysctl.d/90-b.conf` beats
/// `/etc/sysctl.d/10-a.conf`. A file of the same name in a higher directory hides the whole lower
/// one. And there are two programs: systemd-sysctl at boot does not read `/etc/sysctl.conf` unless
/// a link leads there, while `sysctl --system`, run by hand, reads it last, so it beats everything
/// (measured). Then the host changes with the next reboot, or with the next `sysctl --system`.
///
/// Confirm: `systemd-analyze cat-config sysctl.d | grep -n KEY`, and
/// `grep -n KEY /etc/sysctl.conf`. Silent if both lines say the same, and if another line overrules
/// a line of the distribution (below /usr/lib or /lib): that is what /etc is for. Silent in
/// namespaces other than the host's.
struct SettingShadowed: Rule {
    static let id = RuleID.settingShadowed
    static let severities: [Severity] = [.notice, .myth]
    static let needs = RuleNeeds([.bootFiles])

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        return situation.now.settings.flatMap { setting -> [Finding] in
            guard let boot = setting.boot else { return [] }
            let form = KernelReading.Form(knobs[setting.key], present: setting.value)
            let other = boot.rule == .systemd ? boot.procps : boot.systemd
            var findings = boot.shadowed
                .filter { $0 != other && !Self.isVendors($0.file) && isTaken($0, boot, form) }
                .compactMap { line in
                    boot.winner.flatMap { winner in
                        same(line.value, winner.value, form)
                            ? nil : shadowed(setting.key, line: line, winner: winner)
                    }
                }
            if let finding = disagreement(setting, boot: boot, form: form) {
                findings.append(finding)
            }
            return findings
        }
    }

    /// A file that belongs to the distribution.
    static func isVendors(_ file: String) -> Bool {
        file.hasPrefix("/usr/lib/") || file.hasPrefix("/lib/")
    }

    private func same(_ left: String, _ right: String, _ form: KernelReading.Form?) -> Bool {
        if left == right { return true }
        guard let form, let stored = KernelReading(left, form: form).stored else { return false }
        return stored == KernelReading(right, form: form).stored
    }

    /// Whether the kernel takes the line's value; of what it refuses setting-misread speaks.
    private func isTaken(
        _ line: Assignment, _ boot: BootSetting, _ form: KernelReading.Form?
    ) -> Bool {
        if boot.unavailable?.contains(line.value) == true { return false }
        return form.map { KernelReading(line.value, form: $0).stored != nil } ?? true
    }

    private func shadowed(_ key: String, line: Assignment, winner: Assignment) -> Finding {
        Finding(
            rule: id, severity: .myth, subject: line.place,
            observed: "\(key) = \(line.value) loses to \(winner.value) at \(winner.place)",
            evidence: [
                "key": .text(key), "value": .text(line.value), "file": .text(line.file),
                "line": .count(line.line), "winner": .text(winner.value),
                "winner_file": .text(winner.file), "winner_line": .count(winner.line),
            ],
            cause: line.file == winner.file
                ? "of two lines in one file the later one counts"
                : "files are sorted by name across all directories, and the last line with the key "
                    + "counts",
            remedies: [
                Remedy(
                    .application,
                    "keep one of the two lines: remove \(line.place), or put its value into "
                        + "\(winner.file)",
                    effect: "boot sets what the file says",
                    risk: "none if you remove the losing line; the other way changes what boot "
                        + "sets",
                    undo: "add the line again")
            ],
            proof: "sysctl.d(5); measured with systemd-sysctl 252 and procps 4.0.2")
    }

    private func disagreement(
        _ setting: Setting, boot: BootSetting, form: KernelReading.Form?
    ) -> Finding? {
        let value = { (line: Assignment?) -> String in
            guard let line else { return "sets nothing" }
            return isTaken(line, boot, form)
                ? "sets \(line.value) (\(line.place))"
                : "leaves the earlier value (the kernel refuses \(line.value) at \(line.place))"
        }
        switch (boot.systemd, boot.procps) {
        case (nil, nil): return nil
        case (let left?, let right?) where same(left.value, right.value, form): return nil
        default: break
        }
        let unread = boot.rule == .systemd && boot.systemd == nil ? boot.procps : nil
        var evidence: [String: Evidence] = [
            "key": .text(setting.key), "boots_by": .text(boot.rule.rawValue),
        ]
        evidence["systemd"] = boot.systemd.map { .text($0.value) }
        evidence["procps"] = boot.procps.map { .text($0.value) }
        return Finding(
            rule: id, severity: unread == nil ? .notice : .myth,
            subject: unread?.place ?? setting.key,
            observed:
                "\(setting.key): systemd-sysctl \(value(boot.systemd)), sysctl --system "
                + "\(value(boot.procps)); this host boots with \(boot.rule.rawValue)",
            evidence: evidence,
            cause: unread == nil
                ? "the two programs read the same files in a different order: /etc/sysctl.conf "
                    + "comes last for one of them"
                : "systemd-sysctl does not read \(unread?.file ?? "that file"): the line takes "
                    + "effect only when somebody runs sysctl --system",
            remedies: [
                Remedy(
                    .application,
                    "move the line into your own file below /etc/sysctl.d, with a name that sorts "
                        + "last",
                    effect: "both programs set the same value",
                    risk: "what boot sets may change: compare it with the current value",
                    undo: "move the line back")
            ],
            proof:
                "sysctl.d(5), sysctl(8); measured with systemd-sysctl 252 and procps 4.0.2: the "
                + "same files, 31 and 32"
        )
    }
}
