import Catalogue
import HostState

/// The kernel reads a line of a boot-time file otherwise than its author meant, or refuses it.
///
/// The programs that read these files pass the text on as it is; the kernel takes it apart
/// (`kernel/sysctl.c:proc_get_long`). A leading zero makes a number octal: `010` is 8. `08`, `60s`,
/// `16M`, `1,2`, quotes and an empty value are refused by EINVAL, and the old value stays. Of a
/// setting with several numbers fewer may be given: the others stay. What follows the last number
/// is passed over: `72 # x` stores 72, which works, but `4096 131072 # x` for three numbers is
/// refused, after the first two have been stored. All measured on 6.18. Comments have a line of
/// their own in these files.
///
/// Confirm: `sysctl -w KEY="TEXT"; sysctl KEY`, in `unshare -rn` to leave the host alone.
/// Silent about hexadecimal numbers, and about keys whose form is not known. What is passed over is
/// a notice, the rest a myth. Silent in namespaces other than the host's.
struct SettingMisread: Rule {
    static let id = "setting-misread"

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        let settings = situation.now.settings.compactMap { setting in
            setting.boot?.winner.map { (key: setting.key, line: $0, present: Optional(setting)) }
        }
        let stray = situation.now.strayAssignments.map {
            (key: $0.key, line: $0.assignment, present: situation.anySetting($0.key))
        }
        return (settings + stray).compactMap { key, line, present in
            guard present?.missing != .absent,
                let form = KernelReading.Form(
                    knobs[key], present: present,
                    lowestPort: situation.number("net.ipv4.ip_unprivileged_port_start"))
            else { return nil }
            return finding(
                key, line: line, reading: KernelReading(line.value, form: form), present: present)
        }
    }

    private func finding(
        _ key: String, line: Assignment, reading: KernelReading, present: Setting?
    ) -> Finding? {
        let text: String
        var severity = Severity.myth
        switch reading {
        case .word: return nil
        case .refused(let why, let stored):
            let kept = present?.value.map { ", it stays \($0.singleSpaced)" } ?? ""
            text =
                "refused by EINVAL (\(why))"
                + (stored.isEmpty ? kept : ", after \(Self.list(stored)) has been stored")
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
                "the text behind the = goes to the kernel as it is, comments, quotes and units "
                + "with it",
            remedies: [
                Remedy(
                    .application,
                    "write bare decimal numbers in \(line.file), blanks between them, comments "
                        + "on lines of "
                        + "their own; then load the files anew",
                    command: "sysctl --system", effect: "the kernel stores what the line says",
                    risk: "the setting changes to what was meant: see that it is still wanted",
                    undo: "put the line back as it was")
            ],
            proof: "kernel/sysctl.c:proc_get_long, __do_proc_dointvec; measured on 6.18")
    }

    private static func text(_ remark: KernelReading.Remark, stored: [Int64]) -> String {
        switch remark {
        case .octal(let word, let value): "\(word) is octal to the kernel: \(value)"
        case .short(let wanted):
            "sets \(stored.count) of \(wanted) numbers (\(list(stored))), the others stay as "
                + "they are"
        case .ignored(let rest): "stores \(list(stored)) and passes over `\(rest)`"
        }
    }

    private static func list(_ numbers: [Int64]) -> String {
        numbers.map(String.init).joined(separator: " ")
    }
}
