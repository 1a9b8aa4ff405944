/// The ids of the audit's rules, for modules that name rules without the audit.
package enum RuleNames {
    /// In the order of a report.
    package static let all: [String] = [
        "ports-exhausting", "ports-slow", "ports-forecast", "bind-before-connect",
        "bind-ports-exhausting", "own-range-exhausting", "bound-idle",
        "privileged-ports-near-limit", "reuse-disabled",
        "loopback-exhausting", "port-range-narrow", "port-range-overlaps-listener",
        "timewait-overflow", "timewait-cap-near", "close-wait-leak", "fin-wait2-orphans",
        "fin-timeout-trap", "orphans-near-limit", "last-ack-stuck", "fin-wait2-held",
        "fin-wait1-stuck", "peers-silent", "peers-not-reading", "loopback-down", "address-gone",
        "self-connected", "queue-overflowing",
        "accept-stalled", "read-stalled", "unix-queue-overflowing", "backlog-limited",
        "syn-queue-full",
        "syn-cookies-sent", "syncookies-off",
        "conntrack-near-full", "conntrack-timewait-longer", "conntrack-dropping",
        "descriptors-near-limit", "files-near-limit", "memory-pressure", "retransmitting",
        "syn-retransmitting", "resets-high", "clients-refused", "segments-dropped",
        "paws-rejecting", "rfc1337", "setting-removed",
        "setting-unknown", "setting-shadowed", "setting-drifted", "setting-misread",
        "setting-harmful",
        "namespace-differs", "kernel-upgrade-helps",
    ]
}
