import Catalogue
import Model

/// A setting makes every connection slower, weaker or shorter-lived than necessary.
///
/// Such settings help nobody and are set all the same: by a guide, by a test that nobody ended, or
/// by mistake. The rule judges each by its consequence, with the figures that follow from the
/// value: SACK or window scaling off, buffers that autotuning cannot raise, so few retries that a
/// short outage ends connections, an accept queue cut for all programs, memory limits beyond the
/// memory of the host. A warning if connections suffer under ordinary loss or load; a notice if it
/// takes more than that, or if the setting wastes something.
///
/// The rule judges what is set now first; a line that boot, tuned or ufw will set counts as well.
///
/// Confirm: `sysctl KEY`. Silent at the default of every kernel from 5.10 to 7.3, if a setting
/// could not be read, and about settings that have their own rule: tcp_syncookies=0
/// (`syncookies-off`), tcp_fin_timeout, tcp_max_tw_buckets, tcp_rfc1337, the port range.
struct SettingHarmful: Rule {
    static let id = RuleID.settingHarmful
    static let severities: [Severity] = [.critical, .warning, .notice]
    static let needs = RuleNeeds([])

    func findings(in situation: Situation) -> [Finding] {
        HarmfulSetting.all.compactMap { harmful in
            if harmful.isHostWide, !situation.judgesHost { return nil }
            let planned = situation.planned(harmful.key)
            if let numbers = situation.numbers(harmful.key),
                let harm = harmful.harm(numbers, situation)
            {
                let line = planned?.numbers == numbers ? planned?.assignment : nil
                let value = numbers.map(String.init).joined(separator: " ")
                return finding(
                    harmful, harm, "\(harmful.key) = \(value)", value: value, line: line,
                    in: situation)
            }
            guard let planned, let numbers = planned.numbers,
                let harm = harmful.harm(numbers, situation)
            else { return nil }
            return finding(
                harmful, harm, planned.words(harmful.key),
                value: numbers.map(String.init).joined(separator: " "), line: planned.assignment,
                in: situation)
        }
    }

    private func finding(
        _ harmful: HarmfulSetting, _ harm: HarmfulSetting.Harm, _ what: String, value: String,
        line: Assignment?, in situation: Situation
    ) -> Finding {
        var evidence: [String: Evidence] = [
            "key": .text(harmful.key), "value": .text(value),
        ]
        evidence["set_in"] = (line?.place).map { .text($0) }
        let source = line.map { ", and remove the line from \($0.place)" } ?? ""
        let isSet = situation.numbers(harmful.key)?.map(String.init).joined(separator: " ") == value
        let remedy: Remedy
        if isSet, let wanted = harmful.standard(situation) {
            remedy = .writing(
                harmful.key, wanted, in: situation, text: "set the default again\(source)",
                effect: harm.relief, risk: harm.risk)
        } else {
            remedy = Remedy(
                .application,
                isSet
                    ? "set the kernel's default again\(source)"
                    : "remove the line from \(line?.place ?? "the file")",
                effect: harm.relief, risk: harm.risk, undo: "add the line again")
        }
        return Finding(
            rule: Self.id, severity: harm.severity, subject: line?.place ?? harmful.key,
            observed: "\(what): \(harm.text)", evidence: evidence, cause: harm.cause,
            remedies: [remedy], proof: harmful.proof)
    }
}
