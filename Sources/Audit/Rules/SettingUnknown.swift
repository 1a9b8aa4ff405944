import Catalogue
import HostState

/// A boot-time file sets a key that this kernel does not have: misspelt, too new, not loaded.
///
/// At boot such a line is skipped: systemd-sysctl prints a warning into a log that nobody reads,
/// `sysctl --system` says nothing, and both end without an error. Frequent reasons: two letters
/// swapped; `net.core/somaxconn`, where the first separator decides and the other one becomes part
/// of the name; the `net.ipv4.` left out; a missing `=`. Keys of connection tracking are there only
/// after its module was loaded, which is later than boot sets them, unless modules-load.d loads it
/// first.
///
/// Confirm: `sysctl -n KEY`, or `journalctl -b -u systemd-sysctl`. Silent about keys that
/// resemble none it knows, and about names that other kernels have: it does not guess. Silent in
/// namespaces other than the host's, which boot-time files do not reach.
struct SettingUnknown: Rule {
    static let id = "setting-unknown"

    /// Two letters: more makes `udp_mem` of `tcp_mem`.
    static let mostLetters = 2

    let knobs: KnobTable

    init(knobs: [Knob]? = nil) { self.knobs = KnobTable(knobs) }

    func findings(in situation: Situation) -> [Finding] {
        guard situation.bootFilesReach else { return [] }
        let misspelt = situation.now.strayAssignments.compactMap { misspeltLine($0) }
        let absent = situation.now.settings.compactMap { absentSetting($0, on: situation.kernel) }
        return misspelt + absent
    }

    private func misspeltLine(_ stray: StrayAssignment) -> Finding? {
        guard knobs[stray.key] == nil, let (meant, why) = nearest(to: stray.key) else { return nil }
        let line = stray.assignment
        return Finding(
            rule: id, severity: .myth, subject: line.place,
            observed:
                "\(stray.key): no such setting, the line does nothing; did you mean \(meant)?",
            evidence: [
                "key": .text(stray.key), "meant": .text(meant), "value": .text(line.value),
                "file": .text(line.file), "line": .count(line.line),
            ],
            cause: why,
            remedies: [
                Remedy(
                    .application, "correct the line in \(line.file), then load the files anew",
                    command: "sysctl --system",
                    effect: "\(meant) gets its value, now and at boot",
                    risk:
                        "what the line was to do starts to happen: read `tcptune explain "
                        + "\(meant)` first",
                    undo: "put the line back as it was")
            ],
            proof:
                "a key without a file under /proc/sys is skipped (systemd-sysctl(8), sysctl(8)); "
                + "measured with both"
        )
    }

    /// The key that was meant, and what is wrong with the one written.
    private func nearest(to key: String) -> (meant: String, why: String)? {
        guard !key.contains("*"), key.utf8.count <= 120 else { return nil }
        if let space = key.firstIndex(where: { $0 == " " || $0 == "\t" }) {
            let first = String(key[..<space].map { $0 == "/" ? "." : $0 })
            return knobs[first] == nil ? nil : (first, "the `=` is missing")
        }
        if KernelKeys.contains(key) { return nil }
        let dotted = String(key.map { $0 == "/" ? "." : $0 })
        if dotted != key, knobs[dotted] != nil {
            return (
                dotted,
                "`.` and `/` are mixed: the first one decides, the other becomes part of the name"
            )
        }
        let small = dotted.lowercased()
        if small != dotted, knobs[small] != nil {
            return (small, "names are written in small letters")
        }
        let name = dotted.split(separator: ".").last ?? ""
        if name.utf8.count >= 6 {
            let same = knobs.keys.filter { $0.split(separator: ".").last == name }
            if same.count == 1 { return (same[0], "the part before the name is wrong or missing") }
        }
        if KernelKeys.contains(dotted) { return nil }
        var best: (key: String, letters: Int)?
        for known in knobs.keys {
            guard abs(known.utf8.count - dotted.utf8.count) <= Self.mostLetters else { continue }
            let letters = NearMiss.distance(dotted, known)
            guard letters <= min(Self.mostLetters, (best?.letters ?? .max) - 1) else { continue }
            best = (known, letters)
        }
        return best.map {
            ($0.key, "misspelt by \($0.letters == 1 ? "one letter" : "two letters")")
        }
    }

    /// A key that the catalogue knows and this kernel does not have.
    private func absentSetting(_ setting: Setting, on kernel: KernelRelease?) -> Finding? {
        guard setting.missing == .absent, let line = setting.boot?.winner else { return nil }
        let isTracking = setting.key.contains("nf_conntrack")
        let why: String
        switch kernel.flatMap({ kernel in knobs[setting.key]?.standing(on: kernel) }) {
        case .notYet(let since):
            why = "it came with Linux \(since), this one is older"
        case .present where isTracking, nil where isTracking:
            why =
                "connection tracking is not loaded; where it is loaded after boot, the line is "
                + "not tried again"
        default:
            // What was removed is another rule's.
            return nil
        }
        return Finding(
            rule: id, severity: .notice, subject: line.place,
            observed:
                "\(setting.key) = \(line.value): this kernel has no such setting now, the line "
                + "does nothing",
            evidence: [
                "key": .text(setting.key), "value": .text(line.value), "file": .text(line.file),
                "line": .count(line.line),
            ],
            cause: why,
            remedies: [
                isTracking
                    ? Remedy(
                        .application, "load the module before boot sets it",
                        command: "echo nf_conntrack > /etc/modules-load.d/nf_conntrack.conf",
                        effect: "the line acts from the next boot on",
                        risk: "the module is loaded also where no firewall rule needs it",
                        undo: "rm /etc/modules-load.d/nf_conntrack.conf")
                    : Remedy(
                        .application,
                        "take the line out of \(line.file), or run a kernel that has it",
                        effect: "none on the running system", risk: "none",
                        undo: "put the line back")
            ],
            proof: "a key without a file under /proc/sys is skipped (sysctl.d(5))")
    }
}
