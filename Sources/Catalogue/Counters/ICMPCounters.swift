import Model

extension KernelCounter {
    /// Messages of ICMP over IPv4: totals, then each kind in and out.
    static let icmp: [KernelCounter] =
        [
            KernelCounter(
                "Icmp", "InMsgs", meaning: "ICMP messages received.",
                reading: "The measure for the kinds.", source: ["net/ipv4/icmp.c:icmp_rcv"]),
            KernelCounter(
                "Icmp", "InErrors",
                meaning: "ICMP messages that were broken, or quote a connection that is not here.",
                reading: "Late errors for connections that are over.",
                source: ["net/ipv4/icmp.c:icmp_unreach", "net/ipv4/tcp_ipv4.c:tcp_v4_err"]),
            KernelCounter(
                "Icmp", "InCsumErrors", meaning: "ICMP messages with a wrong checksum.",
                reading: "Broken hardware or offload.", source: ["net/ipv4/icmp.c:icmp_rcv"]),
            KernelCounter(
                "Icmp", "OutMsgs", meaning: "ICMP messages sent.",
                reading: "The measure for the kinds.",
                source: ["net/ipv4/icmp.c:icmp_out_count"]),
            KernelCounter(
                "Icmp", "OutErrors", meaning: "ICMP messages that could not be sent.",
                reading: "Memory, or the socket of ICMP was busy.",
                source: ["net/ipv4/icmp.c:icmp_push_reply"]),
            KernelCounter(
                "Icmp", "OutRateLimitGlobal",
                meaning: "ICMP messages left out by the limit of the whole host.",
                reading: "See icmp_msgs_per_sec.", since: KernelRelease(6, 3),
                source: ["net/ipv4/icmp.c:icmpv4_global_allow"]),
            KernelCounter(
                "Icmp", "OutRateLimitHost",
                meaning: "ICMP messages left out by the limit for one destination.",
                reading: "See icmp_ratelimit.", since: KernelRelease(6, 3),
                source: ["net/ipv4/icmp.c:icmpv4_xrlim_allow"]),
        ] + kinds.flatMap { kind in [direction("In", kind), direction("Out", kind)] }

    /// A kind by the kernel's word, what it is, and what many of them tell.
    private static let kinds: [(word: String, name: String, reading: String)] = [
        (
            "DestUnreachs", "destination unreachable",
            "Hosts, ports or routes that are not there; a packet too large for the path counts too."
        ),
        (
            "TimeExcds", "time exceeded",
            "Routing loops, traceroute, or fragments that did not come."
        ),
        ("ParmProbs", "parameter problem", "Broken IP headers."),
        ("SrcQuenchs", "source quench", "Nobody sends it any more."),
        ("Redirects", "redirect", "A shorter way through another router; see accept_redirects."),
        ("Echos", "echo request (ping)", "Health checks, or a scan."),
        ("EchoReps", "echo reply (ping)", "Answers to ping."),
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

    /// A counter of `IcmpMsg`, which has a name for each type that was seen: `InType3`, `OutType11`.
    static func icmpType(_ name: String) -> KernelCounter? {
        for (prefix, verb) in [("InType", "received"), ("OutType", "sent")]
        where name.hasPrefix(prefix) {
            guard let type = UInt8(name.dropFirst(prefix.count)) else { continue }
            return KernelCounter(
                "IcmpMsg", "\(prefix)\(type)", meaning: "ICMP messages of type \(type) \(verb).",
                reading: "3 is unreachable, 8 and 0 are ping, 11 is a TTL that ran out.",
                source: ["net/ipv4/proc.c:icmpmsg_put"])
        }
        return nil
    }
}
