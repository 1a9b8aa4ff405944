import Catalogue
import Model

/// A setting is not what tcptune applied, or not what boot will set: somebody changed it since, or
/// the next reboot changes the host.
///
/// Somebody wrote the value by hand, or a program did (a container engine, tuned, a driver), and
/// the files under /etc/sysctl.d say another. It may be a test that nobody ended, or the fix for an
/// outage that the next reboot reverts. The rule compares the two as the kernel stores them: `0x10`
/// and `16` are the same, so are `4096 87380` with tabs or blanks; if a line has fewer numbers than
/// the setting, only those are compared; values that the kernel rounds (milliseconds to its tick,
/// table sizes to a power of two) may differ by that much.
///
/// What `tcptune apply` set is read from `/run/tcptune/status.json`, in the network namespace in
/// which it was applied.
///
/// Confirm: compare `sysctl KEY` with the line that wins; `tcptune status --drift`. Silent about
/// boot if no file names the key, if tuned's active profile, ufw or the kernel's command line sets
/// the value, if the kernel refuses the line (see `setting-misread`), and in namespaces other than
/// the host's, to which boot-time files do not apply.
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
        situation.now.settings.compactMap { setting in
            if let drift = driftFromApplied(setting, in: situation) { return drift }
            return situation.bootFilesReach ? driftFromBoot(setting, in: situation) : nil
        }
    }

    private func driftFromBoot(_ setting: Setting, in situation: Situation) -> Finding? {
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
            setting, value: value, boot: wanted.text, line: line, others: others, in: situation)
    }

    private func driftFromApplied(_ setting: Setting, in situation: Situation) -> Finding? {
        guard setting.hasDrifted, let applied = setting.applied, let value = setting.value else {
            return nil
        }
        let now = value.singleSpaced
        let id = applied.transaction.prefix(8)
        return Finding(
            rule: Self.id, severity: .notice, subject: setting.key,
            observed:
                "\(setting.key) is \(now), tcptune applied \(applied.value) (profile \(applied.profile), transaction \(id))",
            evidence: [
                "key": .text(setting.key), "value": .text(now), "applied": .text(applied.value),
                "profile": .text(applied.profile), "transaction": .text(applied.transaction),
            ],
            cause: "somebody or a program wrote another value after tcptune applied its own",
            remedies: [
                .writing(
                    setting.key, applied.value, in: situation,
                    text: "if the applied value is right, set it again",
                    effect: "the host runs with the value that was applied",
                    risk: "reverts what the other value was for"),
                Remedy(
                    .application, "if the current value is right, revert what tcptune applied",
                    command: "tcptune rollback \(id)",
                    effect:
                        "tcptune leaves the current value, and reverts the transaction's others",
                    risk: "the transaction's other settings go back, too",
                    undo: "apply the profile again"),
            ],
            proof: "compares /proc/sys with /run/tcptune/status.json")
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
        _ setting: Setting, value: String, boot: String, line: Assignment,
        others: [OtherAssignment],
        in situation: Situation
    ) -> Finding {
        let key = setting.key
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
            cause: setting.applied.map {
                "tcptune applied it after boot (profile \($0.profile), transaction \($0.transaction.prefix(8))), "
                    + "and no file of boot says so"
            }
                ?? "somebody or a program wrote the value after boot, and did not change the file or "
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
