import Catalogue
import Model

/// A setting is not what boot will set: the next reboot changes the host.
///
/// Somebody wrote the value by hand, or a program did (a container engine, tuned, a driver), and
/// the files under /etc/sysctl.d say another. It may be a test that nobody ended, or the fix for an
/// outage that the next reboot reverts. The rule compares the two as the kernel stores them: `0x10`
/// and `16` are the same, so are `4096 87380` with tabs or blanks; if a line has fewer numbers than
/// the setting, only those are compared; values that the kernel rounds (milliseconds to its tick,
/// table sizes to a power of two) may differ by that much.
///
/// Confirm: compare `sysctl KEY` with the line that wins. Silent if no file names the key, if
/// tuned's active profile, ufw or the kernel's command line sets the value, if the kernel refuses
/// the line (see `setting-misread`), and in namespaces other than the host's, to which boot-time
/// files do not apply.
struct SettingDrifted: Rule {
    static let id = RuleID.settingDrifted
    static let severities: [Severity] = [.notice]
    static let needs = RuleNeeds([.bootFiles])

    /// The longest tick, of HZ=100: milliseconds are rounded to it (measured: 1 becomes 4 at
    /// HZ=250).
    static let tickMilliseconds: Int64 = 10
    /// The kernel rounds these up, to a power of two or a page.
    static let roundedUp: Set<String> = [
        "net.netfilter.nf_conntrack_buckets", "net.ipv4.tcp_child_ehash_entries",
    ]

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        return situation.now.settings.compactMap { setting in
            guard let value = setting.value, let boot = setting.boot, let line = boot.winner,
                boot.unavailable?.contains(line.value) != true
            else { return nil }
            let knob = knobs[setting.key]
            guard let form = KernelReading.Form(knob, present: setting.value),
                let wanted = KernelReading(line.value, form: form).stored,
                let present = KernelReading(value, form: form).stored,
                differ(present, wanted, knob: knob, key: setting.key)
            else { return nil }
            // A program that starts later may have set it, as its own file says: then nothing has drifted.
            let others = boot.others ?? []
            if others.contains(where: { isSet($0, present, form, knob, setting.key) }) {
                return nil
            }
            return finding(
                setting.key, value: value, boot: wanted.text, line: line, others: others,
                in: situation)
        }
    }

    /// Whether the value now is what that program's line sets, or may be: tuned writes `>2048` for at least so much,
    /// and works some values out.
    private func isSet(
        _ other: OtherAssignment, _ present: KernelReading.Stored, _ form: KernelReading.Form,
        _ knob: Knob?, _ key: String
    ) -> Bool {
        let text = other.assignment.value
        if other.program == .tuned,
            text.contains("${") || text.hasPrefix(">") || text.hasPrefix("<")
        {
            return true
        }
        guard let wanted = KernelReading(text, form: form).stored else { return false }
        return !differ(present, wanted, knob: knob, key: key)
    }

    private func differ(
        _ present: KernelReading.Stored, _ wanted: KernelReading.Stored, knob: Knob?, key: String
    ) -> Bool {
        guard case .numbers(let now) = present, case .numbers(let then) = wanted else {
            return present != wanted
        }
        let slack: Int64 = knob?.unit == .milliseconds ? Self.tickMilliseconds : 0
        return zip(now, then).contains { now, then in
            if Self.roundedUp.contains(key), then > 0, then <= .max / 2, then...then * 2 ~= now {
                return false
            }
            let (distance, overflow) = now.subtractingReportingOverflow(then)
            return overflow || distance.magnitude > slack.magnitude
        }
    }

    private func finding(
        _ key: String, value: String, boot: String, line: Assignment, others: [OtherAssignment],
        in situation: Situation
    ) -> Finding {
        let now = value.singleSpaced
        let keep = SysctlCommand.text(key, value).map { _ in
            "echo '\(key) = \(now)' > /etc/sysctl.d/zz-\(key).conf"
        }
        return Finding(
            rule: id, severity: .notice, subject: key,
            observed: "\(key) is \(now), boot will set \(boot) (\(line.place))"
                + others.map {
                    "; \($0.program.words) sets \($0.assignment.value) (\($0.assignment.place))"
                }.joined(),
            evidence: [
                "key": .text(key), "value": .text(now), "boot": .text(boot),
                "file": .text(line.file), "line": .count(line.line),
            ],
            cause:
                "somebody or a program wrote the value after boot, and did not change the file or "
                + "load it",
            remedies: [
                Remedy(
                    .application,
                    "if the current value is right, make it permanent: change \(line.place), or "
                        + "add a file that sorts last",
                    command: keep, effect: "the next boot sets \(now)",
                    risk: "a value that was only a test becomes permanent",
                    undo: keep == nil ? "remove the file" : "rm /etc/sysctl.d/zz-\(key).conf"),
                .writing(
                    key, line.value, in: situation,
                    text: "if the file is right, set its value now",
                    effect: "the host runs with the value that boot sets",
                    risk: "reverts what the other value was for"),
            ],
            proof: "compares /proc/sys with the files, by the rules of sysctl.d(5)")
    }
}
