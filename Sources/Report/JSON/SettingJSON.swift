package import Model

/// A sysctl: what it is, and what boot will set.
package struct SettingJSON: Encodable, Sendable {
    let key: String
    @Explicit var value: String?
    @Explicit var missing: String?
    /// What boot will write by the rule that this host boots by.
    @Explicit var boot: String?
    /// The line that says so: `/etc/sysctl.d/90-tuning.conf:4`.
    @Explicit var origin: String?
    let shadowed: [Line]
    /// What tuned's active profile, ufw or the kernel's command line sets.
    var others: [Other]?

    struct Other: Encodable, Sendable {
        let program: String
        let value: String
        let file: String
        let line: Int
    }

    struct Line: Encodable, Sendable {
        let value: String
        let file: String
        let line: Int
    }

    package init(_ setting: Setting) {
        key = setting.key
        value = setting.value
        missing = setting.missing?.rawValue
        boot = setting.boot?.winner?.value
        origin = setting.boot?.winner?.place
        shadowed = (setting.boot?.shadowed ?? []).map {
            Line(value: $0.value, file: $0.file, line: $0.line)
        }
        others = setting.boot?.others?.map {
            Other(
                program: $0.program.rawValue, value: $0.assignment.value, file: $0.assignment.file,
                line: $0.assignment.line)
        }
    }
}
