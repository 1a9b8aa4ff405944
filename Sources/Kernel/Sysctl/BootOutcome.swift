package import Model

/// What boot will set, key by key, without a look at what the keys are now.
package struct BootOutcome: Sendable {
    /// By key as it was asked for; nothing for one that no line names.
    package var settings: [String: BootSetting] = [:]
    /// Lines that make systemd-sysctl leave a key alone that another line would set, by key; they have no value.
    package var exclusions: [String: Assignment] = [:]
    /// Files that are there and could not be read.
    package var unseen: [Unseen]
    /// The program by whose rule this host boots.
    package var rule: BootSetting.Rule

    /// Reads the boot-time files for keys named with dots.
    ///
    /// - Parameters:
    ///   - replacement: a file that is taken to be other than it is.
    ///   - takes: whether the kernel takes a text for a key named with dots.
    package init(
        keys: [String], root: Root, replacing replacement: BootFileReplacement? = nil,
        takes: (_ key: String, _ text: String) -> Bool = { _, _ in true }
    ) {
        rule = BootFiles.rule(of: root)
        let rules = BootRules(files: BootFiles(root: root, replacing: replacement), rule: rule)
        unseen = rules.files.unseen
        guard rules.hasLines else { return }
        let asked = keys.compactMap { name in SysctlKey(name).map { (name, $0) } }
        // A key whose module is not loaded yet is no match for a pattern at boot either.
        // A captured tree without /proc/sys tells nothing of what exists, so patterns may match every key.
        let hasKernel = root.exists("/proc/sys")
        let present = asked.map(\.1).filter { !hasKernel || root.exists($0.file) }.map(\.path)
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let names = Dictionary(asked.map { ($0.1.path, $0.0) }) { first, _ in first }
        let outcome = rules.outcome(for: asked.map(\.1.path), present: present) { path, text in
            names[path].map { takes($0, text) } ?? true
        }
        for (name, key) in asked {
            settings[name] = outcome[key.path]
            if let setting = settings[name], setting.systemd == nil {
                exclusions[name] = rules.exclusion(of: key.path)
            }
        }
    }
}
