extension Symptom {
    /// What the kernel writes of devices, routes and memory, where TCP suffers by it.
    static let logLinesOfDevices: [Symptom] = [
        Symptom(
            .log, "netdev-watchdog",
            texts: ["netdev watchdog"],
            meaning: """
                A network device did not send what was given to it for seconds; its driver is \
                started again. Connections stand still meanwhile and retransmit.
                """,
            causes: [
                Cause("A fault of the driver, the firmware or the device.", id: "device"),
                Cause("A virtual machine or its host that stood still.", id: "standstill"),
                Cause(
                    "Connections retransmit meanwhile.", id: "retransmits",
                    rules: ["retransmitting"]),
            ],
            source: ["net/sched/sch_generic.c:dev_watchdog"]),
        Symptom(
            .log, "route-cache-full",
            texts: ["route cache is full", "dst cache overflow"],
            meaning: """
                The kernel holds as many routes as route.max_size allows: packets to new \
                destinations are dropped. Of IPv6, up to Linux 6.2; IPv4 has had no such cache \
                since 3.6.
                """,
            causes: [
                Cause(
                    "More destinations than net.ipv6.route.max_size, or a leak of routes.",
                    id: "max-size")
            ],
            source: ["net/core/dst.c:dst_alloc"]),
        Symptom(
            .log, "page-allocation-failure",
            texts: ["page allocation failure"],
            meaning: """
                The kernel found no free page at once. With GFP_ATOMIC it is mostly the receive \
                path of a network device: packets are dropped and sent again.
                """,
            causes: [
                Cause("Free memory is short or in pieces: vm.min_free_kbytes.", id: "memory"),
                Cause(
                    "TCP's own buffers hold much of it.", id: "tcp-memory",
                    rules: ["memory-pressure"]),
            ],
            source: ["net/core/skbuff.c:__alloc_skb"]),
        Symptom(
            .log, "martian-source",
            texts: ["martian source", "martian destination"],
            meaning: """
                A packet came from an address that cannot be there, by rp_filter or by the routes; \
                it was dropped. IPReversePathFilter counts those of rp_filter.
                """,
            causes: [
                Cause("The way back goes through another interface.", id: "asymmetric"),
                Cause("Addresses of a container or VPN network leak out.", id: "leak"),
            ],
            source: ["net/ipv4/route.c:ip_handle_martian_source"]),
        Symptom(
            .log, "messages-suppressed",
            texts: ["net_ratelimit: # callbacks suppressed", "net ratelimit"],
            meaning: """
                The network wrote more lines than net.core.message_cost and message_burst allow: \
                the lines before this one stand for many more.
                """,
            causes: [Cause("See the line before it.", id: "line-before")],
            source: ["net/core/utils.c:net_ratelimit"]),
        Symptom(
            .log, "suspect-gro",
            texts: ["driver has suspect gro implementation"],
            meaning: """
                A driver gives TCP merged packets without the size of one: the receive window and \
                acknowledgements are worked out badly, and transfers are slow.
                """,
            causes: [
                Cause("Fault of the driver; ethtool -K DEVICE gro off helps.", id: "driver")
            ],
            source: ["net/ipv4/tcp_input.c:tcp_gro_dev_warn"]),
        Symptom(
            .log, "illegal-window-scaling",
            texts: ["illegal window scaling value"],
            meaning: "A peer asked for a window scale above 14; 14 is used.",
            causes: [Cause("A broken or hostile peer, or a scan.", id: "peer")],
            source: ["net/ipv4/tcp_input.c:tcp_parse_options"]),
    ]
}
