import Catalogue
import Model
import Text

/// A boot-time file sets a key that this kernel does not have: the line does nothing.
///
/// At boot the programs skip such a line: systemd-sysctl prints a warning into a log that nobody
/// reads, `sysctl --system` says nothing, and both end without an error. Frequent reasons: a name
/// that guides copy from one another and that no current kernel has (`tcp_westwood`,
/// `hot_list_length`), a socket option taken for a setting (`tcp_nodelay`), a name from BSD,
/// swapped letters, `net.core/somaxconn`, where the first separator decides and the other one
/// becomes part of the name; a missing `net.ipv4.`; a missing `=`; a byte-order mark that an editor
/// wrote before the first key. Keys of modules (connection tracking, br_netfilter) exist only while
/// the module is loaded. That is later than boot sets them, unless modules-load.d loads it first.
///
/// The file system decides: a key whose file exists under /proc/sys is never unknown. If tcptune
/// cannot ask it (a captured tree without it; a container, which does not show settings of the
/// whole host), the rule names a key only if no Linux from 5.10 to 7.3 has it. It suggests only
/// settings that this kernel has.
///
/// Confirm: `ls /proc/sys/net/ipv4/NAME`, or `journalctl -b -u systemd-sysctl`. Silent about keys
/// of interfaces that may appear later, and in namespaces other than the host's, to which boot-time
/// files do not apply.
struct SettingUnknown: Rule {
    static let id = RuleID.settingUnknown
    static let severities: [Severity] = [.notice, .myth]
    static let needs = RuleNeeds([.bootFiles])

    /// Two letters: more makes another name of it.
    static let mostLetters = 2
    /// The newest release whose settings are listed here.
    static let newestListed = KernelRelease(7, 3)
    /// The first words of names: who writes one of them does not mean another.
    static let protocols: Set<Substring> = [
        "arp", "bridge", "icmp", "igmp", "inet", "ip", "ip6frag", "ipfrag", "mptcp", "nf", "rmem",
        "tcp", "udp", "udplite", "wmem", "xfrm4", "xfrm6",
    ]

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        let stray = situation.now.strayAssignments.compactMap { finding($0, in: situation) }
        let absent = situation.now.settings.compactMap { absentSetting($0, in: situation) }
        return stray + absent
    }

    // MARK: a line whose key is not among those that are read

    private func finding(_ stray: StrayAssignment, in situation: Situation) -> Finding? {
        guard stray.key.utf8.count <= 240 else { return nil }
        let hasSpace = stray.key.contains { $0 == " " || $0 == "\t" }
        if stray.fault == .noEquals || (hasSpace && stray.assignment.value.isEmpty) {
            return noEquals(stray)
        }
        if stray.fault == .byteOrderMark { return byteOrderMark(stray) }
        if stray.keyExists == true || stray.key.contains(where: { "*?[".contains($0) }) {
            return nil
        }
        let knob = knobs[stray.key]
        if let knob, knob.isOfNoKernel { return neverThere(stray, knob, in: situation) }
        if let knob, knob.until == nil, knob.vendor == nil {
            return module(stray, in: situation) ?? unbuilt(stray)
        }
        // What was removed is another rule's.
        guard knob == nil else { return nil }
        let isKnownNowhere =
            !KernelKeys.contains(stray.key)
            && (situation.kernel.map { $0 <= Self.newestListed } ?? true)
        if stray.keyExists == nil {
            if let finding = module(stray, in: situation) { return finding }
            let nearest = isKnownNowhere ? nearest(to: stray.key, in: situation) : nil
            guard isKnownNowhere, KernelKeys.isWhole(for: stray.key) || nearest != nil else {
                return nil
            }
            return unknown(
                stray, nearest: nearest,
                observed: nearest == nil
                    ? "no Linux from 5.10 to \(Self.newestListed) has such a setting"
                    : "no such setting")
        }
        return unknown(
            stray, nearest: nearest(to: stray.key, in: situation),
            observed: "this kernel has no such setting")
    }

    private func unknown(
        _ stray: StrayAssignment, nearest: (meant: String, why: String)?, observed: String
    ) -> Finding {
        let line = stray.assignment
        guard let (meant, why) = nearest else {
            return Self.finding(
                stray.key, line, "\(observed), the line does nothing",
                cause: "the name is misspelt, or comes from another system or from a kernel that "
                    + "once had it",
                remedies: [Self.takeOut(line)])
        }
        return Self.finding(
            stray.key, line,
            "\(observed), the line does nothing; did you mean \(meant)?", meant: meant, cause: why,
            remedies: [
                Remedy(
                    .application, "correct the line in \(line.file), then load the files again",
                    command: "sysctl --system",
                    effect: "\(meant) is set to \(line.value), now and at boot",
                    risk: "the line takes effect: read `tcptune explain \(meant)` first",
                    undo: "write the old line again")
            ])
    }

    private func neverThere(
        _ stray: StrayAssignment, _ knob: Knob, in situation: Situation
    ) -> Finding {
        let today = knob.today.flatMap { isHere($0, in: situation) ? $0 : nil }
        return Self.finding(
            stray.key, stray.assignment,
            "no Linux from 5.10 to \(Self.newestListed) has such a setting, the line does nothing",
            meant: today, cause: knob.meaning,
            remedies: [Self.takeOut(stray.assignment, today: today)],
            proof: knob.source.joined(separator: ", "))
    }

    private func noEquals(_ stray: StrayAssignment) -> Finding? {
        let word = stray.key.prefix { $0 != " " && $0 != "\t" }
        let key = String(word.map { $0 == "/" ? "." : $0 })
        guard knobs[key] != nil || key.hasPrefix("net.") else { return nil }
        let line = stray.assignment
        return Self.finding(
            stray.key, line, "the `=` is missing, and the programs write nothing",
            meant: knobs[key].map { $0.isOfNoKernel ? nil : key } ?? nil,
            cause: "the `=` is missing: both programs complain about the line and continue",
            remedies: [
                Remedy(
                    .application, "write KEY = VALUE in \(line.file), then load the files again",
                    command: "sysctl --system", effect: "boot sets what the line says",
                    risk: "the line takes effect",
                    undo: "write the old line again")
            ])
    }

    private func byteOrderMark(_ stray: StrayAssignment) -> Finding {
        let line = stray.assignment
        return Self.finding(
            stray.key, line,
            "a byte-order mark (U+FEFF) is before the key, and the programs write nothing",
            meant: stray.key,
            cause: "an editor wrote the mark at the start of the file; both programs take it for "
                + "part of the key, and no kernel has that key",
            remedies: [
                Remedy(
                    .application,
                    "save \(line.file) without the mark (UTF-8 without BOM), then load the files again",
                    command: "sysctl --system",
                    effect: "\(stray.key) is set to \(line.value), now and at boot",
                    risk: "the line takes effect",
                    undo: "save the old file again")
            ])
    }

    // MARK: keys of modules, and of other builds

    /// A module that is not loaded now brings the key.
    private func module(_ stray: StrayAssignment, in situation: Situation) -> Finding? {
        guard stray.keyExists == nil, situation.showsHostWideSettings,
            let module = Self.module(of: stray.key)
        else { return nil }
        return Self.notLoaded(stray.key, stray.assignment, module)
    }

    private static func module(of key: String) -> String? {
        if key.hasPrefix("net.bridge.bridge-nf-") { return "br_netfilter" }
        if isTracking(key) { return "nf_conntrack" }
        if key.hasPrefix("net.sctp.") { return "sctp" }
        if key.hasPrefix("net.ipv4.vs.") { return "ip_vs" }
        return nil
    }

    private static func isTracking(_ key: String) -> Bool {
        key == "net.nf_conntrack_max" || key.hasPrefix("net.netfilter.nf_conntrack_")
    }

    private static func notLoaded(_ key: String, _ line: Assignment, _ module: String) -> Finding {
        finding(
            key, line, "this kernel has no such setting now, the line does nothing",
            severity: .notice,
            cause:
                "\(module == "nf_conntrack" ? "connection tracking" : "the module \(module)") is "
                + "not loaded; boot does not try the line again if the module is loaded later",
            remedies: [
                Remedy(
                    .application, "load the module before boot sets it",
                    command: "echo \(module) > /etc/modules-load.d/\(module).conf",
                    effect: "the line takes effect from the next boot on",
                    risk: "the module is loaded even if nothing needs it",
                    undo: "rm /etc/modules-load.d/\(module).conf")
            ])
    }

    /// Other kernels have it.
    private func unbuilt(_ stray: StrayAssignment) -> Finding? {
        guard stray.keyExists == false else { return nil }
        return Self.finding(
            stray.key, stray.assignment, "this kernel has no such setting, the line does nothing",
            severity: .notice,
            cause: "other kernels have it: this one is older or newer, or built without it",
            remedies: [Self.takeOut(stray.assignment)])
    }

    /// A key that the catalogue knows as TCP's and this kernel does not have.
    private func absentSetting(_ setting: Setting, in situation: Situation) -> Finding? {
        guard setting.missing == .absent, let line = setting.boot?.winner else { return nil }
        let key = setting.key
        switch situation.kernel.flatMap({ kernel in knobs[key]?.availability(on: kernel) }) {
        case .notYet(let since):
            return Self.finding(
                key, line, "this kernel has no such setting now, the line does nothing",
                severity: .notice, cause: "Linux \(since) added it, this kernel is older",
                remedies: [
                    Remedy(
                        .application,
                        "remove the line from \(line.file), or run a kernel that has it",
                        effect: "none on the running system", risk: "none",
                        undo: "add the line again")
                ])
        case .present where Self.isTracking(key), nil where Self.isTracking(key):
            return Self.notLoaded(key, line, "nf_conntrack")
        case .present where situation.showsHostWideSettings && key.hasPrefix("net."):
            return Self.finding(
                key, line, "this kernel has no such setting, the line does nothing",
                severity: .notice,
                cause: "other kernels of this release have it: this one is built without it",
                remedies: [Self.takeOut(line)])
        // What was removed is another rule's.
        default: return nil
        }
    }

    // MARK: what was meant

    /// The key that was meant, and what is wrong with the one written.
    private func nearest(
        to key: String, in situation: Situation
    ) -> (meant: String, why: String)? {
        func known(_ name: String) -> Bool { knobs[name] != nil && isHere(name, in: situation) }
        let dotted = String(key.map { $0 == "/" ? "." : $0 })
        if dotted != key, known(dotted) {
            return (
                dotted,
                "the key mixes `.` and `/`: the first one decides, the other becomes part of the "
                    + "name"
            )
        }
        let small = dotted.lowercased()
        if small != dotted, known(small) { return (small, "names are in lower case") }
        let name = dotted.split(separator: ".").last ?? ""
        if name.utf8.count >= 6 {
            let same = knobs.meanable.filter { $0.name == name && isHere($0.key, in: situation) }
            if same.count == 1 {
                return (same[0].key, "the part before the name is wrong or missing")
            }
        }
        var best: (key: String, letters: Int)?
        for knob in knobs.meanable {
            guard abs(knob.key.utf8.count - dotted.utf8.count) <= Self.mostLetters,
                !Self.isOfAnother(name, knob.name)
            else { continue }
            let letters = NearMiss.distance(dotted, knob.key)
            guard letters <= min(Self.mostLetters, (best?.letters ?? .max) - 1),
                isHere(knob.key, in: situation)
            else { continue }
            best = (knob.key, letters)
        }
        return best.map {
            ($0.key, "misspelt by \($0.letters == 1 ? "one letter" : "two letters")")
        }
    }

    /// Whether two names begin with the words of two different protocols: `udp_mem` is not a misspelt `tcp_mem`.
    private static func isOfAnother(_ written: Substring, _ known: String) -> Bool {
        let first = written.prefix { $0 != "_" && $0 != "-" }
        let other = known.prefix { $0 != "_" && $0 != "-" }
        return first != other && protocols.contains(first) && protocols.contains(other)
    }

    /// Whether this kernel has the setting, as far as can be told.
    private func isHere(_ key: String, in situation: Situation) -> Bool {
        guard let knob = knobs[key], !knob.isOfNoKernel else { return false }
        if let setting = situation.anySetting(key), setting.missing == .absent, setting.boot == nil,
            !Self.isTracking(key), knob.scope == .namespace
        {
            return false
        }
        guard let kernel = situation.kernel else {
            return knob.until == nil && knob.inertSince == nil && knob.vendor == nil
        }
        return knob.availability(on: kernel) == .present
    }

    // MARK: the finding

    private static func takeOut(_ line: Assignment, today: String? = nil) -> Remedy {
        Remedy(
            .application,
            "remove the line from \(line.file)"
                + (today.map { "; today \($0) sets what it was meant for" } ?? ""),
            effect: "nothing changes on the running system: the line does nothing here",
            risk: "none here; on a host with another kernel it may change what the next boot sets",
            undo: "add the line again")
    }

    private static func finding(
        _ key: String, _ line: Assignment, _ observed: String, severity: Severity = .myth,
        meant: String? = nil, cause: String, remedies: [Remedy],
        proof: String = "systemd-sysctl(8) and sysctl(8) skip a key without a file under "
            + "/proc/sys; measured with both"
    ) -> Finding {
        let written = line.value.isEmpty ? key : "\(key) = \(line.value)"
        var evidence: [String: Evidence] = [
            "key": .text(key), "value": .text(line.value), "file": .text(line.file),
            "line": .count(line.line),
        ]
        evidence["meant"] = meant.map { .text($0) }
        return Finding(
            rule: id, severity: severity, subject: line.place, observed: "\(written): \(observed)",
            evidence: evidence, cause: cause, remedies: remedies, proof: proof)
    }
}

extension Situation {
    /// Whether settings of the whole host are visible here, as they are only in the initial network namespace.
    var showsHostWideSettings: Bool { anySetting("net.ipv4.tcp_mem")?.value != nil }
}
