import Catalogue
import Model

/// A boot-time file sets something that the kernel no longer has, or no longer reads.
///
/// At boot one program skips the line with a warning, the other silently, so it does nothing, and
/// readers of the file believe that it does. The one that matters is `net.ipv4.tcp_tw_recycle`,
/// which guides still recommend: Linux 4.12 removed it, because it refused clients behind NAT at
/// random. It kept one timestamp for each peer address and dropped SYNs older than that, and
/// clients that share an address share no clock. On a kernel that still has it and has it on,
/// connections are failing now. Other keys still exist as files that nothing reads
/// (`tcp_low_latency`, `tcp_fack`), or were never in mainline (`tcp_tw_timeout`).
///
/// Confirm: `ls /proc/sys/net/ipv4/tcp_tw_recycle`, and
/// `grep -rn tw_recycle /etc/sysctl.conf /etc/sysctl.d`. Silent in namespaces other than the
/// host's: boot-time files do not apply to them. Also silent if tcptune looked at a kernel whose
/// release is not known; the rule judges boot-time files without a kernel, like a configuration in
/// a repository, by the current release.
struct SettingRemoved: Rule {
    static let id = RuleID.settingRemoved
    static let severities: [Severity] = [.critical, .myth]
    static let needs = RuleNeeds([.bootFiles, .kernelRelease])
    static let recycle = "net.ipv4.tcp_tw_recycle"

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        var findings: [Finding] = []
        if let finding = recycling(in: situation) { findings.append(finding) }
        guard situation.bootFilesReach, situation.kernel != nil || situation.hasOnlyBootFiles else {
            return findings
        }
        let settings = situation.now.settings.compactMap { setting in
            setting.boot?.winner.map { (key: setting.key, line: $0, isThere: setting.value != nil) }
        }
        let stray = situation.now.strayAssignments.filter { $0.fault == nil }.map {
            (key: $0.key, line: $0.assignment, isThere: $0.keyExists == true)
        }
        findings += (settings + stray).compactMap { key, line, isThere in
            guard let knob = knobs[key],
                let why = Self.why(knob, in: situation, isThere: isThere)
            else { return nil }
            return finding(knob, why: why, line: line)
        }
        return findings
    }

    /// Why a line that sets it does nothing; nil if it does something, or if that is not known.
    private static func why(_ knob: Knob, in situation: Situation, isThere: Bool) -> String? {
        guard let kernel = situation.kernel else {
            // Files alone, as they are checked before they are installed, are judged for current kernels; if settings
            // of an unknown kernel are seen, that kernel may still have this one.
            guard !isThere, !situation.now.settings.contains(where: { $0.value != nil }) else {
                return nil
            }
            return knob.until.map { "Linux \($0) and later do not have it" }
        }
        return switch knob.availability(on: kernel) {
        case .removed(let release) where !isThere:
            "Linux \(release) removed it, this is \(kernel)"
        case .withoutEffect(let release):
            "nothing in Linux reads it since \(release), this is \(kernel)"
        case .vendorOnly(let vendor) where !isThere: "only \(vendor) ever had it"
        default: nil
        }
    }

    /// tcp_tw_recycle on a kernel that still has it.
    private func recycling(in situation: Situation) -> Finding? {
        guard let value = situation.number(Self.recycle), value != 0 else { return nil }
        let rejected = situation.reading("TcpExt", "PAWSPassive")
        var evidence: [String: Evidence] = ["value": .count(Int(clamping: value))]
        evidence["rejected_per_second"] = rejected?.perSecond.map { .number($0) }
        return Finding(
            rule: id, severity: .critical, subject: Self.recycle,
            observed: "tcp_tw_recycle = \(value) on Linux \(situation.host.kernel)"
                + (rejected?.growthText.map { "; SYNs refused: \($0)" } ?? ""),
            evidence: evidence,
            cause:
                "the kernel drops SYNs with a timestamp older than the last one from the same "
                + "address: of clients behind one NAT or load balancer only some can connect",
            remedies: [
                .writing(
                    Self.recycle, "0", in: situation,
                    text: "turn it off, here and in the file that sets it",
                    effect: "clients behind NAT connect at the first try",
                    risk: "none: TIME_WAIT lasts its 60 s, as it should")
            ],
            proof: "net/ipv4/tcp_minisocks.c of Linux before 4.12; removed by commit 4396e46187ca")
    }

    private func finding(_ knob: Knob, why: String, line: Assignment) -> Finding {
        let today = knob.today.map { "; today it is \($0)" } ?? ""
        return Finding(
            rule: id, severity: .myth, subject: line.place,
            observed: "\(knob.key) = \(line.value) does nothing: \(why)\(today)",
            evidence: [
                "key": .text(knob.key), "value": .text(line.value), "file": .text(line.file),
                "line": .count(line.line), "reason": .text(why),
            ],
            cause: knob.meaning + (knob.myth.map { " Myth: \($0)" } ?? ""),
            remedies: [
                Remedy(
                    .application,
                    "remove the line from \(line.file)"
                        + (knob.today.map { ", or write \($0) instead" } ?? ""),
                    effect: "nothing changes on the running system: the line does nothing here",
                    risk:
                        "none here; on a host with another kernel it changes what the next boot "
                        + "sets",
                    undo: "add the line again")
            ],
            proof: knob.source.joined(separator: ", "))
    }
}
