/// One sysctl: what it is now, and what boot will set.
public struct Setting: Sendable, Hashable, Codable {
    /// Its name with dots: `net.ipv4.tcp_tw_reuse`.
    public var key: String
    /// The kernel's text without the final newline; nil where it could not be read.
    public var value: String?
    /// Why there is no value: `absent`, `unreadable`; nil where there is one.
    public var missing: Missing?
    /// What the boot-time files say of it, nil where none names it.
    public var boot: BootSetting?
    /// What `tcptune apply` set it to; nil where it did not, or that was not looked at.
    public var applied: AppliedSetting?

    public enum Missing: String, Sendable, Hashable, Codable {
        /// This kernel, or this namespace, has no such file.
        case absent
        /// It is there, and this user may not read it.
        case unreadable
    }

    public init(
        key: String, value: String? = nil, missing: Missing? = nil, boot: BootSetting? = nil
    ) {
        self.key = key
        self.value = value
        self.missing = missing
        self.boot = boot
    }

    /// Whether it is known to be another than what was applied.
    public var hasDrifted: Bool {
        guard let applied, let value else { return false }
        return value.singleSpaced != applied.value.singleSpaced
    }
}

/// What the files under /etc/sysctl.d and its like do to one key at boot, by the rules of both programs that read them.
public struct BootSetting: Sendable, Hashable, Codable {
    /// What systemd-sysctl(8) will write, nil where it writes nothing.
    public var systemd: Assignment?
    /// What `sysctl --system` of procps will write, nil where it writes nothing.
    public var procps: Assignment?
    /// Lines that name the key and lose under the rule that this host boots by.
    public var shadowed: [Assignment]
    /// The rule that this host boots by.
    public var rule: Rule
    /// What other programs write to the key at boot or later; nil where none does, or they were not looked at.
    public var others: [OtherAssignment]?
    /// Words of its lines that this kernel has neither loaded nor as a module, so that a write of one is refused with
    /// ENOENT; nil where that was not looked at.
    public var unavailable: [String]?

    public enum Rule: String, Sendable, Hashable, Codable { case systemd, procps }

    public init(
        systemd: Assignment?, procps: Assignment?, shadowed: [Assignment] = [], rule: Rule
    ) {
        self.systemd = systemd
        self.procps = procps
        self.shadowed = shadowed
        self.rule = rule
    }

    /// The line that wins on this host.
    public var winner: Assignment? { rule == .systemd ? systemd : procps }
}

/// What a program beside systemd-sysctl and procps writes to a key.
public struct OtherAssignment: Sendable, Hashable, Codable {
    public enum Program: String, Sendable, Hashable, Codable {
        /// The active profile of tuned(8).
        case tuned
        /// ufw(8), from /etc/ufw/sysctl.conf, when the firewall starts.
        case ufw
        /// `sysctl.KEY=VALUE` on the kernel's command line, before any file is read.
        case kernelCommandLine = "kernel_command_line"
    }

    public var program: Program
    public var assignment: Assignment

    public init(program: Program, assignment: Assignment) {
        self.program = program
        self.assignment = assignment
    }
}

/// One line of a sysctl.d file.
public struct Assignment: Sendable, Hashable, Codable {
    /// The text behind the `=`, trimmed, exactly what would be written.
    public var value: String
    public var file: String
    /// Counted from 1.
    public var line: Int

    public init(value: String, file: String, line: Int) {
        self.value = value
        self.file = file
        self.line = line
    }

    /// File and line as they are cited: `/etc/sysctl.d/90-tuning.conf:4`.
    public var place: String { "\(file):\(line)" }
}
