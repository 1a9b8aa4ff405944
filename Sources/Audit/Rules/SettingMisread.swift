import Catalogue
import Model

/// The kernel reads a line of a boot-time file in another way than its author meant, or refuses it.
///
/// The programs that read these files pass the text on unchanged; the kernel parses it
/// (`kernel/sysctl.c:proc_get_long`). A leading zero makes a number octal: `010` is 8. The kernel
/// refuses `08`, `60s`, `16M`, `1,2`, quotes and an empty value with EINVAL, and the old value
/// stays. A line may give fewer numbers than the setting has: the others stay. The kernel ignores
/// what follows the last number: `72 # x` stores 72, which works, but it refuses `4096 131072 # x`
/// for three numbers, after it has stored the first two. All measured on 6.18. In these files
/// comments need their own line. The kernel refuses a congestion control or queueing discipline
/// with ENOENT if it has it neither loaded nor as a module. A refused line leaves what was written
/// before: `sysctl --system` writes every line, so that is an earlier line of the same key;
/// systemd-sysctl writes only the last line, so that is the kernel's own value.
///
/// Confirm: `sysctl -w KEY="TEXT"; sysctl KEY`, in `unshare -rn` so that the host does not change.
/// Silent about hexadecimal numbers, and about keys whose form is not known. Ignored text is a
/// notice, the rest a myth. Silent in namespaces other than the host's.
struct SettingMisread: Rule {
    static let id = RuleID.settingMisread
    static let severities: [Severity] = [.notice, .myth]
    static let needs = RuleNeeds([.bootFiles])

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        let settings = situation.now.settings.flatMap { setting in
            (setting.boot.map(Self.written) ?? []).compactMap { line in
                finding(setting.key, line: line, present: setting, in: situation)
            }
        }
        let stray = situation.now.strayAssignments
            .filter { $0.fault == nil && $0.keyExists != false }
            .compactMap { stray in
                finding(
                    stray.key, line: stray.assignment, present: situation.anySetting(stray.key),
                    in: situation)
            }
        return settings + stray
    }

    /// The lines that a program writes last, and those after it in the same file that the kernel refused.
    private static func written(_ boot: BootSetting) -> [Assignment] {
        guard let winner = boot.winner else { return [] }
        let other = boot.rule == .systemd ? boot.procps : boot.systemd
        return [winner]
            + boot.shadowed.filter { line in
                line == other || (line.file == winner.file && line.line > winner.line)
            }
    }

    private func finding(
        _ key: String, line: Assignment, present: Setting?, in situation: Situation
    ) -> Finding? {
        guard present?.missing != .absent else { return nil }
        if let words = present?.boot?.unavailable, words.contains(line.value) {
            return absentWord(key, line: line, present: present)
        }
        guard
            let form = KernelReading.Form(
                knobs[key], present: present?.value,
                lowestPort: situation.number("net.ipv4.ip_unprivileged_port_start"))
        else { return nil }
        let reading = KernelReading(line.value, form: form)
        // A losing line is reported only if it would have won had the kernel accepted it.
        if line != present?.boot?.winner, present?.boot != nil, reading.stored != nil { return nil }
        return finding(key, line: line, reading: reading, present: present)
    }

    /// A congestion control or a queueing discipline that the kernel has neither loaded nor as a module.
    private func absentWord(_ key: String, line: Assignment, present: Setting?) -> Finding {
        Finding(
            rule: Self.id, severity: .myth, subject: line.place,
            observed: "\(key) = \(line.value): the kernel refuses it with ENOENT (it has no "
                + "\(line.value), neither built in nor as a module)" + kept(present, line, key),
            evidence: [
                "key": .text(key), "value": .text(line.value), "kernel": .text("ENOENT"),
                "file": .text(line.file), "line": .count(line.line),
            ],
            cause:
                "the kernel tries to load a module of that name, and refuses the name if it is "
                + "still missing",
            remedies: [
                Remedy(
                    .application,
                    "write one that this kernel has into \(line.file), or install a kernel with it",
                    effect: "boot sets what the file says",
                    risk: "another congestion control or discipline shares links differently",
                    undo: "write the old line again")
            ],
            proof: "net/ipv4/tcp_cong.c:tcp_set_default_congestion_control, "
                + "net/sched/sch_api.c:qdisc_set_default; measured with both programs")
    }

    /// What each program leaves if the kernel refuses the line.
    private func kept(_ present: Setting?, _ line: Assignment, _ key: String) -> String {
        let now = present?.value.map { ", it stays \($0.singleSpaced)" } ?? ""
        guard let boot = present?.boot else { return now }
        func left(_ winner: Assignment?) -> String? {
            guard let winner, winner != line, boot.unavailable?.contains(winner.value) != true,
                let form = KernelReading.Form(knobs[key], present: present?.value),
                KernelReading(winner.value, form: form).stored != nil
            else { return nil }
            return "\(winner.value) (\(winner.place))"
        }
        let (systemd, procps) = (left(boot.systemd), left(boot.procps))
        if systemd == nil, procps == nil { return now }
        let before = "the earlier value"
        return "; systemd-sysctl leaves \(systemd ?? before), sysctl --system leaves "
            + "\(procps ?? before)"
    }

    private func finding(
        _ key: String, line: Assignment, reading: KernelReading, present: Setting?
    ) -> Finding? {
        let text: String
        var severity = Severity.myth
        switch reading {
        case .word: return nil
        case .refused(let why, let stored):
            text =
                "the kernel refuses it with EINVAL (\(why))"
                + (stored.isEmpty
                    ? kept(present, line, key) : ", after it has stored \(Self.list(stored))")
        case .ports(_, let remarks):
            guard !remarks.isEmpty else { return nil }
            text = remarks.map { Self.text($0, stored: []) }.joined(separator: "; ")
        case .numbers(let stored, let remarks):
            guard !remarks.isEmpty else { return nil }
            let harmless = remarks.allSatisfy { if case .ignored = $0 { true } else { false } }
            if harmless { severity = .notice }
            text = remarks.map { Self.text($0, stored: stored) }.joined(separator: "; ")
        }
        return Finding(
            rule: id, severity: severity, subject: line.place,
            observed: "\(key) = \(line.value): \(text)",
            evidence: [
                "key": .text(key), "value": .text(line.value), "kernel": .text(text),
                "file": .text(line.file), "line": .count(line.line),
            ],
            cause:
                "the text after the = goes to the kernel unchanged, with comments, quotes and "
                + "units",
            remedies: [
                Remedy(
                    .application,
                    "write plain decimal numbers in \(line.file), blanks between them, comments on "
                        + "their own lines; then load the files again",
                    command: "sysctl --system", effect: "the kernel stores what the line says",
                    risk: "the setting changes to what was meant: check that it is still wanted",
                    undo: "write the old line again")
            ],
            proof: "kernel/sysctl.c:proc_get_long, __do_proc_dointvec; measured on 6.18")
    }

    private static func text(_ remark: KernelReading.Remark, stored: [Int64]) -> String {
        switch remark {
        case .octal(let word, let value): "the kernel reads \(word) as octal: \(value)"
        case .short(let wanted):
            "sets \(stored.count) of \(wanted) numbers (\(list(stored))), the others stay unchanged"
        case .ignored(let rest): "the kernel stores \(list(stored)) and ignores `\(rest)`"
        }
    }

    private static func list(_ numbers: [Int64]) -> String {
        numbers.map(String.init).joined(separator: " ")
    }
}
