/// A shipped profile that holds the very change of a remedy.
///
/// Its command stands before a bare `sysctl -w`: what it changes is taken back by itself unless somebody confirms it.
enum ShippedProfile: String {
    case outboundReuse = "outbound-reuse"
    case finWaitRelief = "fin-wait-relief"

    private static let prefix = "tcptune apply "
    static let undo = "tcptune rollback --last"

    var command: String { Self.prefix + rawValue }

    /// The profile that a remedy's command applies.
    static func named(in command: String) -> String? {
        command.hasPrefix(prefix) ? String(command.dropFirst(prefix.count)) : nil
    }
}

extension Finding {
    /// The shipped profile that one of its remedies applies.
    public var profile: String? {
        remedies.lazy.compactMap(\.command).compactMap(ShippedProfile.named).first
    }

    /// Whether a shipped profile suits it, so that `tcptune profile recommend` has one to name.
    public var isAnsweredByProfile: Bool { RuleGuide.answeredByProfiles.contains(rule) }
}

extension RuleGuide {
    /// The rules that a shipped profile names under `suits`.
    public static let answeredByProfiles: Set<String> = [
        "backlog-limited", "conntrack-dropping", "conntrack-near-full", "conntrack-timewait-longer",
        "files-near-limit", "fin-timeout-trap", "fin-wait2-orphans", "memory-pressure",
        "port-range-narrow", "port-range-overlaps-listener", "ports-exhausting", "ports-forecast",
        "ports-slow", "queue-overflowing", "reuse-disabled", "rfc1337", "syn-cookies-sent",
        "syn-queue-full", "syncookies-off", "timewait-cap-near", "timewait-overflow",
    ]
}
