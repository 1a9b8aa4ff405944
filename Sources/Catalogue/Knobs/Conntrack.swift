import Model

extension Knob {
    /// Connection tracking: its size, and how strictly it reads TCP.
    static let conntrack: [Knob] = [
        Knob(
            "net.netfilter.nf_conntrack_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("nf_conntrack_buckets; four times that before Linux 5.15"),
            scope: .readOnlyElsewhere,
            meaning: """
                The maximum number of tracked connections: one value for the host, which the \
                kernel compares with each namespace's own count. At the limit it drops packets of \
                new connections. 0 is no limit.
                """,
            myth:
                "All namespaces share the entries, or each can set its own limit. In fact: each has its own count, and all have the host's limit.",
            risk:
                "An entry takes about 256 bytes; far more entries than buckets make lookups slow.",
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_alloc"]),
        Knob(
            "net.nf_conntrack_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("nf_conntrack_buckets; four times that before Linux 5.15"),
            scope: .host,
            meaning: "The same value as net.netfilter.nf_conntrack_max, under its old name.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init"]),
        Knob(
            "net.netfilter.nf_conntrack_buckets", unit: .entries, type: .integer(1...2_147_483_647),
            initial: .computed(
                "262144 above 4 GiB of memory, 65536 above 1 GiB, else memory/128 KiB; "
                    + "before Linux 5.15 65536 above 4 GiB, 16384 above 1 GiB"),
            scope: .readOnlyElsewhere,
            meaning: """
                Slots of the connection tracking table, rounded up to whole pages. A new value \
                moves every entry.
                """,
            risk: "Eight bytes per slot; the move delays new connections for a moment.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_hash_resize"]),
        Knob(
            "net.netfilter.nf_conntrack_count", unit: .entries, type: .nonNegativeInt,
            initial: .computed("entries now"), scope: .namespace, isReadOnly: true,
            meaning:
                """
                The current number of tracked connections in this namespace; 0 if no rule asks for \
                tracking.
                """,
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.netfilter.nf_conntrack_expect_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("nf_conntrack_buckets/256 · 4"), scope: .readOnlyElsewhere,
            meaning: "The maximum number of connections that helpers (FTP and others) may expect.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_conntrack_expect_init"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_be_liberal", type: .flag, initial: .fixed([0]),
            scope: .namespace,
            meaning: "1: only a RST outside the window is invalid, other segments pass.",
            risk: "Forged segments pass more easily.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:tcp_in_window"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_loose", type: .flag, initial: .fixed([1]),
            scope: .namespace,
            meaning: "1: tracking picks up a connection in the middle if it did not see its start.",
            risk:
                """
                With 0 every connection that lost its entry breaks: after a restart, a full table, \
                a timeout.
                """,
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:tcp_new"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_ignore_invalid_rst", type: .flag, initial: .fixed([0]),
            scope: .namespace, since: KernelRelease(5, 14),
            meaning: "1: tracking does not mark a RST outside the window as invalid.",
            risk: "An entry then outlives the connection that the RST ended.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_max_retrans", unit: .retries, type: .byte,
            initial: .fixed([3]), scope: .namespace,
            meaning: "After so many retransmissions the timeout of max_retrans applies.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_acct", type: .flag, initial: .fixed([0]), scope: .namespace,
            meaning: "Counts packets and bytes of each entry created from now on.",
            risk: "16 bytes and two additions per packet.",
            source: ["include/net/netfilter/nf_conntrack_acct.h:nf_ct_acct_ext_add"]),
        Knob(
            "net.netfilter.nf_conntrack_checksum", type: .flag, initial: .fixed([1]),
            scope: .namespace,
            meaning:
                "Tracking treats packets with a wrong checksum as invalid and does not track them.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:tcp_error"]),
        Knob(
            "net.netfilter.nf_conntrack_log_invalid", type: .byte, initial: .fixed([0]),
            scope: .namespace,
            meaning: "Logs invalid packets of this protocol number (6 is TCP, 255 all).",
            risk: "A flood of bad packets becomes a flood of log lines.",
            source: ["net/netfilter/nf_conntrack_proto.c:nf_ct_l4proto_log_invalid"]),
        Knob(
            "net.netfilter.nf_conntrack_timestamp", type: .flag, initial: .fixed([0]),
            scope: .namespace,
            meaning: "Records when each entry created from now on begins and ends.",
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm"]),
        Knob(
            "net.netfilter.nf_conntrack_generic_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([600]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry of a protocol without its own tracker lives.",
            source: ["net/netfilter/nf_conntrack_proto_generic.c:nf_conntrack_generic_init_net"]),
        Knob(
            "net.netfilter.nf_conntrack_udp_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning:
                """
                How long a UDP entry lives that has seen packets in only one direction: DNS fills \
                tables.
                """,
            source: ["net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_udp_timeout_stream", unit: .seconds,
            type: .secondsInJiffies,
            initial: .changed([
                (since: KernelRelease(5, 0), value: [120]), (since: nil, value: [180]),
            ]),
            scope: .namespace, countsJiffies: true,
            meaning: "How long a UDP entry lives that has seen packets in both directions for 2 s.",
            source: ["net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_icmp_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning: "How long an ICMP echo's entry lives.",
            source: ["net/netfilter/nf_conntrack_proto_icmp.c:nf_conntrack_icmp_packet"]),
    ]
}
