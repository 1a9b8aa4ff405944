public import HostState

/// Every sysctl asked for as it is now, and what the boot-time files will make of it.
public struct SysctlSurvey: Sendable {
    /// One for each key asked for, in that order.
    public var settings: [Setting]
    /// Lines about networking or file limits whose key was not asked for, in the order they are read.
    ///
    /// A line without `=` is here with its whole text as the key and no value.
    public var stray: [StrayAssignment]
    public var unseen: [Unseen]

    /// Surveys the keys, named with dots, under a root.
    public static func settings(
        keys: [String], root: Root
    ) -> (settings: [Setting], stray: [StrayAssignment], unseen: [Unseen]) {
        let survey = SysctlSurvey(keys: keys, root: root)
        return (survey.settings, survey.stray, survey.unseen)
    }

    /// Surveys the keys, named with dots, under a root.
    public init(keys: [String], root: Root) {
        var reader = SysctlReader(root: root)
        settings = []
        var paths: [String?] = []
        var present: [String] = []
        // A captured tree without /proc/sys tells nothing of what exists, so patterns may match every key.
        let hasKernel = root.exists("/proc/sys")
        for name in keys {
            guard let key = SysctlKey(name) else {
                settings.append(Setting(key: name, missing: .absent))
                paths.append(nil)
                continue
            }
            paths.append(key.path)
            let setting = Self.setting(name, reader.read(key))
            if setting.missing != .absent || !hasKernel { present.append(key.path) }
            settings.append(setting)
        }
        present.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }

        let boot = BootRules(files: BootFiles(root: root), rule: BootFiles.rule(of: root))
        let outcome = boot.outcome(for: paths.compactMap(\.self), present: present)
        for (index, path) in paths.enumerated() {
            if let path { settings[index].boot = outcome[path] }
        }
        stray = boot.stray(asked: Set(paths.compactMap(\.self)), present: present, root: root)
        unseen = boot.files.unseen
    }

    private static func setting(_ name: String, _ reading: SysctlReader.Reading) -> Setting {
        switch reading {
        case .value(let text): Setting(key: name, value: text)
        case .absent: Setting(key: name, missing: .absent)
        case .unreadable: Setting(key: name, missing: .unreadable)
        }
    }
}
