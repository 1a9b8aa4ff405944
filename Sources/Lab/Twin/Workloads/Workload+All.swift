package import Model

extension Workload {
    /// The shipped ones.
    package static let all = [
        outboundClient, reverseProxy, webServer, slowAccept, halfClosedClients,
    ]

    package static func named(_ name: String) -> Workload? { all.first { $0.name == name } }

    /// Ports that stand for those of the host.
    static let portRoom = 600
    /// Connections a second: what two processors make beside everything else, and 600 ports bear for 1.3 s.
    static let portRate = 450.0

    /// The workload that shows best what a profile is for; and why it was taken.
    ///
    /// - Parameters:
    ///   - suits: the rules whose findings the profile answers.
    ///   - keys: what it would change.
    package static func fitting(
        for profile: String, suits: [RuleID], keys: [String]
    ) -> (workload: Workload, why: String) {
        if profile == "reverse-proxy" {
            return (reverseProxy, "the profile is named after it")
        }
        for (workload, rules) in answers {
            if let rule = suits.first(where: rules.contains) {
                return (workload, "the profile answers \(rule)")
            }
        }
        for (workload, settings) in movers {
            if let key = keys.first(where: settings.contains) {
                return (workload, "the profile changes \(key)")
            }
        }
        return (webServer, "the profile suggests no other workload")
    }

    private static let answers: [(Workload, Set<RuleID>)] = [
        (
            outboundClient,
            [
                .portsExhausting, .portsSlow, .portsForecast, .reuseDisabled,
                .portRangeNarrow, .timewaitOverflow, .timewaitCapNear,
            ]
        ),
        (
            slowAccept,
            [
                .queueOverflowing, .backlogLimited, .synQueueFull, .synCookiesSent,
                .syncookiesOff,
            ]
        ),
        (halfClosedClients, [.finWait2Orphans, .finTimeoutTrap]),
    ]

    /// For profiles that say nothing of findings.
    private static let movers: [(Workload, Set<String>)] = [
        (
            outboundClient,
            [
                "net.ipv4.tcp_tw_reuse", "net.ipv4.ip_local_port_range",
                "net.ipv4.tcp_tw_reuse_delay", "net.ipv4.tcp_max_tw_buckets",
                "net.ipv4.tcp_timestamps",
            ]
        ),
        (
            slowAccept,
            [
                "net.core.somaxconn", "net.ipv4.tcp_syncookies",
                "net.ipv4.tcp_abort_on_overflow", "net.ipv4.tcp_max_syn_backlog",
            ]
        ),
        (halfClosedClients, ["net.ipv4.tcp_fin_timeout"]),
    ]
}
