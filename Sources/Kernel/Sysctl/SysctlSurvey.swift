package import Model

/// Every sysctl asked for as it is now, and what the boot-time files will make of it.
package struct SysctlSurvey: Sendable {
    /// One for each key asked for, in that order.
    package var settings: [Setting]
    /// Lines about networking or file limits whose key was not asked for, in the order they are read.
    ///
    /// A line without `=` is here with its whole text as the key and no value.
    package var stray: [StrayAssignment]
    package var unseen: [Unseen]

    /// Surveys the keys, named with dots, under a root.
    package static func settings(
        keys: [String], root: Root
    ) -> (settings: [Setting], stray: [StrayAssignment], unseen: [Unseen]) {
        let survey = SysctlSurvey(keys: keys, root: root)
        return (survey.settings, survey.stray, survey.unseen)
    }

    /// Surveys the keys, named with dots, under a root.
    ///
    /// - Parameters:
    ///   - judged: those of them that are read though no boot-time file names them; nil for all.
    ///   - takes: whether the kernel takes a text for a key that holds `present` now.
    package init(
        keys: [String], judged: Set<String>? = nil, root: Root,
        takes: (_ key: String, _ text: String, _ present: String?) -> Bool = { _, _, _ in true }
    ) {
        let boot = BootRules(files: BootFiles(root: root), rule: BootFiles.rule(of: root))
        let others = OtherPrograms(root: root)
        let concern = judged == nil ? nil : boot.concern
        var reader = SysctlReader(root: root)
        settings = []
        var read: [SysctlKey?] = []
        for name in keys {
            let key = SysctlKey(name)
            // No line names what is passed over, so that none misses it either.
            if let key, let judged, !judged.contains(name), concern?.holds(for: key.path) == false,
                others.assignments[key.path] == nil
            {
                continue
            }
            read.append(key)
            settings.append(
                key.map { Self.setting(name, reader.read($0)) }
                    ?? Setting(key: name, missing: .absent))
        }
        stray = []
        unseen = boot.files.unseen + others.unseen
        if boot.hasLines { compare(read, with: boot, under: root, takes: takes) }
        for (index, key) in read.enumerated() {
            guard let key, let lines = others.assignments[key.path] else { continue }
            var setting =
                settings[index].boot ?? BootSetting(systemd: nil, procps: nil, rule: boot.rule)
            setting.others = lines
            settings[index].boot = setting
        }
    }

    /// Adds what the boot-time files say.
    private mutating func compare(
        _ asked: [SysctlKey?], with boot: BootRules, under root: Root,
        takes: (String, String, String?) -> Bool
    ) {
        var present: [String] = []
        if boot.hasPatterns {
            // A captured tree without /proc/sys tells nothing of what exists, so patterns may match every key.
            let hasKernel = root.exists("/proc/sys")
            for case (let key?, let setting) in zip(asked, settings)
            where setting.missing != .absent || !hasKernel {
                present.append(key.path)
            }
            present.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        let paths = asked.compactMap { $0?.path }
        let known = Dictionary(
            zip(asked, settings).compactMap { key, setting in
                key.map { ($0.path, setting) }
            }
        ) { first, _ in first }
        let words = AvailableWords(root: root)
        var unavailable: [String: [String]] = [:]
        for path in [AvailableWords.congestionControl, AvailableWords.discipline]
        where known[path] != nil {
            let written = boot.values(of: path)
            if written.isEmpty { continue }
            unavailable[path] = words.missing(
                among: written, for: path, present: known[path]?.value)
        }
        let outcome = boot.outcome(for: paths, present: present) { path, text in
            guard let setting = known[path] else { return true }
            return unavailable[path]?.contains(text) != true
                && takes(setting.key, text, setting.value)
        }
        for (index, key) in asked.enumerated() {
            guard let key else { continue }
            settings[index].boot = outcome[key.path]
            settings[index].boot?.unavailable = unavailable[key.path]
        }
        stray = boot.stray(asked: Set(paths), present: present, root: root)
    }

    private static func setting(_ name: String, _ reading: SysctlReader.Reading) -> Setting {
        switch reading {
        case .value(let text): Setting(key: name, value: text)
        case .absent: Setting(key: name, missing: .absent)
        case .unreadable: Setting(key: name, missing: .unreadable)
        }
    }
}
