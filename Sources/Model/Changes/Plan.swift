/// The exact, ordered changes that make a host what a profile wants; saved and applied unchanged.
///
/// Its coded form is the `data` of `tcptune.plan/1`.
public struct Plan: Sendable, Hashable, Codable {
    public var profile: ProfileIdentity
    /// Where the values were read and will be written.
    public var namespace: Namespace
    /// `/proc/sys/kernel/random/boot_id` at that time.
    public var bootID: String
    /// In the order in which they are written.
    public var changes: [PlannedChange]
    /// What is wanted and holds already.
    public var unchanged: [UnchangedSetting]
    /// What a boot-time file will set otherwise, or set to a value that then loses.
    public var shadowed: [ShadowedSetting]
    /// What is wanted and cannot be had here.
    public var impossible: [ImpossibleSetting]
    /// What else should be known before it is applied.
    public var remarks: [String]

    enum CodingKeys: String, CodingKey {
        case profile, namespace, changes, unchanged, shadowed, impossible, remarks
        case bootID = "boot_id"
    }

    public init(profile: ProfileIdentity, namespace: Namespace, bootID: String) {
        self.profile = profile
        self.namespace = namespace
        self.bootID = bootID
        changes = []
        unchanged = []
        shadowed = []
        impossible = []
        remarks = []
    }

    /// A namespace as documents write it; how many processes live in it is no part of a plan.
    private struct CodedNamespace: Codable {
        var inode: UInt64
        var name: String
        var isInit: Bool?

        enum CodingKeys: String, CodingKey {
            case inode, name
            case isInit = "is_init"
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let place = try container.decode(CodedNamespace.self, forKey: .namespace)
        self.init(
            profile: try container.decode(ProfileIdentity.self, forKey: .profile),
            namespace: Namespace(inode: place.inode, name: place.name, isInit: place.isInit),
            bootID: try container.decode(String.self, forKey: .bootID))
        changes = try container.decode([PlannedChange].self, forKey: .changes)
        unchanged = try container.decode([UnchangedSetting].self, forKey: .unchanged)
        shadowed = try container.decode([ShadowedSetting].self, forKey: .shadowed)
        impossible = try container.decode([ImpossibleSetting].self, forKey: .impossible)
        remarks = try container.decode([String].self, forKey: .remarks)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let place = CodedNamespace(
            inode: namespace.inode, name: namespace.name, isInit: namespace.isInit)
        try container.encode(profile, forKey: .profile)
        try container.encode(place, forKey: .namespace)
        try container.encode(bootID, forKey: .bootID)
        try container.encode(changes, forKey: .changes)
        try container.encode(unchanged, forKey: .unchanged)
        try container.encode(shadowed, forKey: .shadowed)
        try container.encode(impossible, forKey: .impossible)
        try container.encode(remarks, forKey: .remarks)
    }
}

/// One write.
public struct PlannedChange: Sendable, Hashable, Codable {
    public var key: String
    /// Canonical (`Knob.canonical`), as it was when the plan was made.
    public var before: String
    /// Canonical; what is written.
    public var wanted: String
    /// Canonical; what the kernel will show after it, rounded where it keeps jiffies, as preflight tells.
    public var landed: String
    /// What boot sets as the files are now; nil where no file names it.
    @Explicit public var boot: String?
    /// What boot will set once the plan is persisted; nil where that is not known.
    @Explicit public var bootAfter: String?
    /// `namespace`, `readOnlyElsewhere` or `host`.
    public var scope: String
    public var reversible: Reversibility
    public var reason: String
    @Explicit public var risk: String?
    @Explicit public var proof: String?

    /// How it is known that the old value can be written back.
    public enum Reversibility: String, Sendable, Hashable, Codable {
        /// Preflight wrote both values in a namespace of this kernel, and read them back.
        case proven
        /// One value for the whole host, or no right to make a namespace: known by its range alone.
        case declared
    }

    enum CodingKeys: String, CodingKey {
        case key, before, wanted, landed, boot, scope, reversible, reason, risk, proof
        case bootAfter = "boot_after"
    }

    public init(
        key: String, before: String, wanted: String, landed: String, boot: String? = nil,
        bootAfter: String? = nil, scope: String, reversible: Reversibility, reason: String,
        risk: String? = nil, proof: String? = nil
    ) {
        self.key = key
        self.before = before
        self.wanted = wanted
        self.landed = landed
        self.boot = boot
        self.bootAfter = bootAfter
        self.scope = scope
        self.reversible = reversible
        self.reason = reason
        self.risk = risk
        self.proof = proof
    }

    /// With `null` for what is absent: scripts find the name in either case.
}

/// A wish that holds already.
public struct UnchangedSetting: Sendable, Hashable, Codable {
    public var key: String
    public var value: String
    public var reason: String
    /// What boot sets as the files are now; nil where no file names it.
    @Explicit public var boot: String?
    /// What boot will set once the plan is persisted; nil where that is not known.
    @Explicit public var bootAfter: String?

    enum CodingKeys: String, CodingKey {
        case key, value, reason, boot
        case bootAfter = "boot_after"
    }

    public init(key: String, value: String, reason: String) {
        self.key = key
        self.value = value
        self.reason = reason
    }

    /// With `null` for what is absent.
}

/// A boot-time line that stands in the way of persisting.
public struct ShadowedSetting: Sendable, Hashable, Codable {
    public var key: String
    /// The line that wins over `60-tcptune.conf`.
    public var by: Assignment
    /// The program that lets it win: `systemd` or `procps`.
    public var rule: BootSetting.Rule

    public init(key: String, by: Assignment, rule: BootSetting.Rule) {
        self.key = key
        self.by = by
        self.rule = rule
    }
}

/// A wish that this kernel, namespace or user cannot be given.
public struct ImpossibleSetting: Sendable, Hashable, Codable {
    public var key: String
    public var wanted: String
    /// Why, and what to do about it.
    public var why: String

    public init(key: String, wanted: String, why: String) {
        self.key = key
        self.wanted = wanted
        self.why = why
    }
}
