import Model

extension Symptom {
    /// What the kernel logs about devices, routes and memory, if it affects TCP.
    static let logLinesOfDevices: [Symptom] = [
        Symptom(
            .log, "netdev-watchdog",
            texts: ["netdev watchdog"],
            meaning: """
                A network device did not send its packets for seconds; the kernel restarts its \
                driver. Meanwhile connections stall and retransmit.
                """,
            causes: [
                Cause("The driver, the firmware or the device has a fault.", id: "device"),
                Cause("A virtual machine or its host was paused.", id: "standstill"),
                Cause(
                    "Connections retransmit meanwhile.", id: "retransmits",
                    rules: [.retransmitting]),
            ],
            source: ["net/sched/sch_generic.c:dev_watchdog"]),
        Symptom(
            .log, "route-cache-full",
            texts: ["route cache is full", "dst cache overflow"],
            meaning: """
                The kernel has as many routes as route.max_size allows: it drops packets to new \
                destinations. This is about IPv6, up to Linux 6.2; IPv4 has had no such cache \
                since 3.6.
                """,
            causes: [
                Cause(
                    "There are more destinations than net.ipv6.route.max_size, or routes leak.",
                    id: "max-size")
            ],
            source: ["net/core/dst.c:dst_alloc"]),
        Symptom(
            .log, "page-allocation-failure",
            texts: ["page allocation failure"],
            meaning: """
                The kernel found no free page at once. With GFP_ATOMIC it is mostly the receive \
                path of a network device: the kernel drops packets, and the peers retransmit them.
                """,
            causes: [
                Cause("Free memory is short or fragmented: vm.min_free_kbytes.", id: "memory"),
                Cause(
                    "TCP's own buffers use much of it.", id: "tcp-memory",
                    rules: [.memoryPressure]),
            ],
            source: ["net/core/skbuff.c:__alloc_skb"]),
        Symptom(
            .log, "martian-source",
            texts: ["martian source", "martian destination"],
            meaning: """
                A packet came from an address that, by rp_filter or by the routes, cannot be \
                there; the kernel dropped it. IPReversePathFilter counts drops by rp_filter.
                """,
            causes: [
                Cause("The route back uses another interface.", id: "asymmetric"),
                Cause("Addresses of a container or VPN network leak out.", id: "leak"),
            ],
            source: ["net/ipv4/route.c:ip_handle_martian_source"]),
        Symptom(
            .log, "messages-suppressed",
            texts: ["net_ratelimit: # callbacks suppressed", "net ratelimit"],
            meaning: """
                The network code wrote more log lines than net.core.message_cost and message_burst \
                allow: the lines before this one stand for many more.
                """,
            causes: [Cause("See the line before it.", id: "line-before")],
            source: ["net/core/utils.c:net_ratelimit"]),
        Symptom(
            .log, "suspect-gro",
            texts: ["driver has suspect gro implementation"],
            meaning: """
                A driver gives TCP merged packets without the size of a single one: the kernel \
                computes the receive window and acknowledgements badly, and transfers are slow.
                """,
            causes: [
                Cause("The driver has a fault; ethtool -K DEVICE gro off helps.", id: "driver")
            ],
            source: ["net/ipv4/tcp_input.c:tcp_gro_dev_warn"]),
        Symptom(
            .log, "illegal-window-scaling",
            texts: ["illegal window scaling value"],
            meaning: "A peer asked for a window scale above 14; the kernel uses 14.",
            causes: [Cause("The peer is broken or hostile, or scans.", id: "peer")],
            source: ["net/ipv4/tcp_input.c:tcp_parse_options"]),
    ]
}
