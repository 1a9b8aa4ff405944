import Model

extension Knob {
    /// Connection tracking: its size, and how strictly it reads TCP.
    static let conntrack: [Knob] = [
        Knob(
            "net.netfilter.nf_conntrack_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("nf_conntrack_buckets; four times that before Linux 5.15"),
            scope: .readOnlyElsewhere,
            meaning: """
                The most tracked connections; one value for the host, compared with each \
                namespace's own count. At the limit packets of new connections are dropped. 0 is \
                no limit.
                """,
            myth: "All namespaces share the room, or each can set its own.",
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
                Slots of the table of tracked connections, rounded up to whole pages. A new value \
                moves every entry.
                """,
            risk: "Eight bytes a slot; the move holds new connections up for a moment.",
            source: ["net/netfilter/nf_conntrack_core.c:nf_conntrack_hash_resize"]),
        Knob(
            "net.netfilter.nf_conntrack_count", unit: .entries, type: .nonNegativeInt,
            initial: .computed("entries now"), scope: .namespace, isReadOnly: true,
            meaning:
                "Tracked connections of this namespace, now; 0 where no rule asks for tracking.",
            source: ["net/netfilter/nf_conntrack_standalone.c:nf_conntrack_standalone_init_sysctl"]),
        Knob(
            "net.netfilter.nf_conntrack_expect_max", unit: .entries, type: .nonNegativeInt,
            initial: .computed("nf_conntrack_buckets/256 · 4"), scope: .readOnlyElsewhere,
            meaning: "The most connections that helpers (FTP and the like) expect.",
            source: ["net/netfilter/nf_conntrack_expect.c:nf_conntrack_expect_init"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_be_liberal", type: .flag, initial: .fixed([0]),
            scope: .namespace,
            meaning: "1: only an RST outside the window is invalid, other segments pass.",
            risk: "Forged segments are let through more easily.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:tcp_in_window"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_loose", type: .flag, initial: .fixed([1]),
            scope: .namespace,
            meaning: "1: a connection whose start was not seen is picked up in the middle.",
            risk:
                "With 0 every connection breaks whose entry was lost: restart, table full, timeout.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:tcp_new"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_ignore_invalid_rst", type: .flag, initial: .fixed([0]),
            scope: .namespace, since: KernelRelease(5, 14),
            meaning: "1: an RST outside the window is not marked invalid.",
            risk: "An entry then outlives the connection that the RST ended.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_tcp_max_retrans", unit: .retries, type: .byte,
            initial: .fixed([3]), scope: .namespace,
            meaning: "After so many retransmissions the timeout of max_retrans holds.",
            source: ["net/netfilter/nf_conntrack_proto_tcp.c:nf_conntrack_tcp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_acct", type: .flag, initial: .fixed([0]), scope: .namespace,
            meaning: "Counts packets and bytes of each entry made from now on.",
            risk: "16 bytes and two additions a packet.",
            source: ["include/net/netfilter/nf_conntrack_acct.h:nf_ct_acct_ext_add"]),
        Knob(
            "net.netfilter.nf_conntrack_checksum", type: .flag, initial: .fixed([1]),
            scope: .namespace,
            meaning: "Packets with a wrong checksum are invalid and not tracked.",
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
            meaning: "Notes when each entry made from now on begins and ends.",
            source: ["net/netfilter/nf_conntrack_core.c:__nf_conntrack_confirm"]),
        Knob(
            "net.netfilter.nf_conntrack_generic_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([600]), scope: .namespace, countsJiffies: true,
            meaning: "How long an entry of a protocol without a tracker of its own lives.",
            source: ["net/netfilter/nf_conntrack_proto_generic.c:nf_conntrack_generic_init_net"]),
        Knob(
            "net.netfilter.nf_conntrack_udp_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning:
                "How long a UDP entry lives that has seen packets one way only: DNS fills tables.",
            source: ["net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_udp_timeout_stream", unit: .seconds,
            type: .secondsInJiffies,
            initial: .changed([
                (since: KernelRelease(5, 0), value: [120]), (since: nil, value: [180]),
            ]),
            scope: .namespace, countsJiffies: true,
            meaning: "How long a UDP entry lives that has seen packets both ways for 2 s.",
            source: ["net/netfilter/nf_conntrack_proto_udp.c:nf_conntrack_udp_packet"]),
        Knob(
            "net.netfilter.nf_conntrack_icmp_timeout", unit: .seconds, type: .secondsInJiffies,
            initial: .fixed([30]), scope: .namespace, countsJiffies: true,
            meaning: "How long an ICMP echo's entry lives.",
            source: ["net/netfilter/nf_conntrack_proto_icmp.c:nf_conntrack_icmp_packet"]),
    ]
}
