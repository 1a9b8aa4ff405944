import Model

extension KernelCounter {
    /// ICMP messages over IPv4: totals, then each type received and sent.
    static let icmp: [KernelCounter] =
        [
            KernelCounter(
                "Icmp", "InMsgs", meaning: "ICMP messages received.",
                reading: "Compare the types with it.", source: ["net/ipv4/icmp.c:icmp_rcv"]),
            KernelCounter(
                "Icmp", "InErrors",
                meaning: """
                    ICMP messages that are broken, or that quote a connection that does not exist \
                    here.
                    """,
                reading: "Late errors for connections that have ended.",
                source: ["net/ipv4/icmp.c:icmp_unreach", "net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
            KernelCounter(
                "Icmp", "InCsumErrors", meaning: "ICMP messages with a wrong checksum.",
                reading: "Hardware or offload is broken.", source: ["net/ipv4/icmp.c:icmp_rcv"]),
            KernelCounter(
                "Icmp", "OutMsgs", meaning: "ICMP messages sent.",
                reading: "Compare the types with it.",
                source: ["net/ipv4/icmp.c:icmp_out_count"]),
            KernelCounter(
                "Icmp", "OutErrors", meaning: "ICMP messages that could not be sent.",
                reading: "Memory was short, or the kernel's ICMP socket was busy.",
                source: ["net/ipv4/icmp.c:icmp_push_reply"]),
            KernelCounter(
                "Icmp", "OutRateLimitGlobal",
                meaning: "ICMP messages not sent because of the limit for the whole host.",
                reading: "See icmp_msgs_per_sec.", since: KernelRelease(6, 3),
                source: ["net/ipv4/icmp.c:icmpv4_global_allow"]),
            KernelCounter(
                "Icmp", "OutRateLimitHost",
                meaning: "ICMP messages not sent because of the limit for one destination.",
                reading: "See icmp_ratelimit.", since: KernelRelease(6, 3),
                source: ["net/ipv4/icmp.c:icmpv4_xrlim_allow"]),
        ] + kinds.flatMap { kind in [direction("In", kind), direction("Out", kind)] }

    /// A type by the kernel's word, what it is, and what many of them mean.
    private static let kinds: [(word: String, name: String, reading: String)] = [
        (
            "DestUnreachs", "destination unreachable",
            "Hosts, ports or routes do not exist, or a packet is too large for the path."
        ),
        (
            "TimeExcds", "time exceeded",
            "Routing loops, traceroute, or missing fragments."
        ),
        ("ParmProbs", "parameter problem", "Broken IP headers."),
        ("SrcQuenchs", "source quench", "Obsolete: no current system sends it."),
        (
            "Redirects", "redirect",
            "A shorter path leads through another router; see accept_redirects."
        ),
        ("Echos", "echo request (ping)", "Health checks, or a scan."),
        ("EchoReps", "echo reply (ping)", "Replies to ping."),
        ("Timestamps", "timestamp request", "Rare: scans."),
        ("TimestampReps", "timestamp reply", "Rare: scans."),
        ("AddrMasks", "address mask request", "Rare: scans."),
        ("AddrMaskReps", "address mask reply", "Rare: scans."),
    ]

    private static func direction(
        _ direction: String, _ kind: (word: String, name: String, reading: String)
    ) -> KernelCounter {
        KernelCounter(
            "Icmp", direction + kind.word,
            meaning:
                "Messages \(direction == "In" ? "received" : "sent"): \(kind.name).",
            reading: kind.reading, source: ["net/ipv4/proc.c:icmp_put"])
    }

    /// A counter of `IcmpMsg`, which has a name for each type seen: `InType3`, `OutType11`.
    static func icmpType(_ name: String) -> KernelCounter? {
        for (prefix, verb) in [("InType", "received"), ("OutType", "sent")]
        where name.hasPrefix(prefix) {
            guard let type = UInt8(name.dropFirst(prefix.count)) else { continue }
            return KernelCounter(
                "IcmpMsg", "\(prefix)\(type)", meaning: "ICMP messages of type \(type) \(verb).",
                reading: "3 is unreachable, 8 and 0 are ping, 11 is an expired TTL.",
                source: ["net/ipv4/proc.c:icmpmsg_put"])
        }
        return nil
    }
}
