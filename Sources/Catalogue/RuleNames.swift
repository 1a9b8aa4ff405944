/// The ids of the audit's rules, for what speaks of rules and does not know the audit.
public enum RuleNames {
    /// In the order of a report.
    public static let all: [String] = [
        "ports-exhausting", "ports-slow", "ports-forecast", "bind-before-connect", "reuse-disabled",
        "loopback-exhausting", "port-range-narrow", "port-range-overlaps-listener",
        "timewait-overflow", "timewait-cap-near", "close-wait-leak", "fin-wait2-orphans",
        "fin-timeout-trap", "orphans-near-limit", "last-ack-stuck", "queue-overflowing",
        "backlog-limited", "syn-queue-full", "syn-cookies-sent", "syncookies-off",
        "conntrack-near-full", "conntrack-timewait-longer", "conntrack-dropping",
        "descriptors-near-limit", "files-near-limit", "memory-pressure", "retransmitting",
        "syn-retransmitting", "resets-high", "paws-rejecting", "rfc1337", "setting-removed",
        "setting-unknown", "setting-shadowed", "setting-drifted", "setting-misread",
        "namespace-differs", "kernel-upgrade-helps",
    ]
}
