import Model

extension Knob {
    /// Buffers, limits on memory, and the tables that sockets live in.
    static let memory: [Knob] = [
        Knob(
            "net.ipv4.tcp_mem", unit: .pages, type: .vector(count: 3, 0...Int64.max),
            initial: .computed(
                "0.75, 1 and 1.5 times a sixteenth of the free buffer pages at boot"),
            scope: .host,
            meaning: """
                Memory of all TCP sockets of the host, in pages: below the first number there is \
                no limit, above the second buffers shrink, at the third the kernel refuses memory.
                """,
            myth:
                "It is in bytes, or for one namespace or one socket. In fact: it is in pages, for the whole host.",
            risk:
                """
                Too low a limit drops data and resets connections (TCPAbortOnMemory); the kernel \
                does not check the order.
                """,
            source: ["net/ipv4/tcp.c:tcp_init_mem", "net/core/sock.c:__sk_mem_raise_allocated"]),
        Knob(
            "net.ipv4.tcp_rmem", unit: .bytes,
            // Newer stable updates accept no value below 4096: 6.1.192, 6.12.117, 7.3.4, not 6.18.44 (measured).
            type: .vector(count: 3, 1...2_147_483_647),
            initial: .computed("4096 131072 and up to 32 MiB; up to 6 MiB before Linux 6.16"),
            scope: .namespace, isCopiedFromInit: true,
            meaning: """
                A connection's receive buffer: minimum, initial size, and maximum of autotuning. \
                SO_RCVBUF switches autotuning off for a socket, and net.core.rmem_max limits it \
                instead.
                """,
            myth:
                "net.core.rmem_max limits autotuning. In fact: the third number here does.",
            risk:
                """
                Every connection that receives uses the middle value; the kernel does not check \
                the order.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_rcv_space_adjust", "net/ipv4/tcp.c:tcp_init"]),
        Knob(
            "net.ipv4.tcp_wmem", unit: .bytes, type: .vector(count: 3, 1...2_147_483_647),
            initial: .computed("4096 16384 and up to 4 MiB"), scope: .namespace,
            isCopiedFromInit: true,
            meaning:
                "A connection's send buffer: minimum, initial size, and maximum of autotuning.",
            risk: """
                A large initial size counts for each of many connections; the kernel does not \
                check the order.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_sndbuf_expand", "net/ipv4/tcp.c:tcp_init"]),
        Knob(
            "net.core.rmem_max", unit: .bytes, type: .integer(2304...2_147_483_647),
            initial: .changed([
                (since: KernelRelease(6, 18), value: [4_194_304]), (since: nil, value: [212992]),
            ]),
            scope: .readOnlyElsewhere,
            meaning: "The largest buffer that SO_RCVBUF may ask for.",
            myth: "It limits TCP's autotuning. In fact: tcp_rmem does.",
            source: ["net/core/sock.c:sk_setsockopt"]),
        Knob(
            "net.core.wmem_max", unit: .bytes, type: .integer(4608...2_147_483_647),
            initial: .changed([
                (since: KernelRelease(6, 18), value: [4_194_304]), (since: nil, value: [212992]),
            ]),
            scope: .readOnlyElsewhere,
            meaning: "The largest buffer that SO_SNDBUF may ask for.",
            myth: "It limits TCP's autotuning. In fact: tcp_wmem does.",
            source: ["net/core/sock.c:sk_setsockopt"]),
        Knob(
            "net.core.rmem_default", unit: .bytes, type: .integer(2304...2_147_483_647),
            initial: .fixed([212992]), scope: .readOnlyElsewhere,
            meaning: "The receive buffer of new sockets other than TCP's.",
            myth: "TCP starts from it. In fact: TCP starts from tcp_rmem's middle value.",
            source: ["net/core/sock.c:sock_init_data_uid"]),
        Knob(
            "net.core.wmem_default", unit: .bytes, type: .integer(4608...2_147_483_647),
            initial: .fixed([212992]), scope: .readOnlyElsewhere,
            meaning: "The send buffer of new sockets other than TCP's.",
            source: ["net/core/sock.c:sock_init_data_uid"]),
        Knob(
            "net.core.optmem_max", unit: .bytes, type: .nonNegativeInt,
            initial: .changed([
                (since: KernelRelease(6, 8), value: [131072]), (since: nil, value: [20480]),
            ]),
            scope: .namespace,
            meaning: """
                Memory that a socket may take for control messages, filters and zero-copy \
                notifications.
                """,
            source: ["net/core/sock.c:sock_kmalloc"]),
        Knob(
            "net.ipv4.tcp_notsent_lowat", unit: .bytes, type: .integer(0...4_294_967_295),
            initial: .fixed([4_294_967_295]), scope: .namespace, since: KernelRelease(3, 12),
            meaning: """
                A socket is writable only while less unsent data than this waits; existing \
                connections follow at once.
                """,
            risk: "Too low a value costs system calls and, on long paths, throughput.",
            source: [
                "net/ipv4/tcp_ipv4.c:tcp_stream_memory_free",
                "net/ipv4/tcp.c:tcp_stream_memory_free",
            ]),
        Knob(
            "net.ipv4.tcp_moderate_rcvbuf", type: .byte, initial: .fixed([1]), scope: .namespace,
            meaning: "Switches autotuning of receive buffers on or off.",
            risk: "0 leaves every connection at tcp_rmem's middle value.",
            source: [
                "net/ipv4/tcp_input.c:tcp_rcv_space_adjust",
                "net/ipv4/tcp_input.c:tcp_rcvbuf_grow",
            ]),
        Knob(
            "net.ipv4.tcp_rcvbuf_low_rtt", unit: .microseconds, type: .nonNegativeInt,
            initial: .fixed([1000]), scope: .namespace, since: KernelRelease(6, 19),
            meaning: """
                A receive buffer grows more slowly if the round trip is shorter than this, so that \
                it does not outgrow the caches.
                """,
            source: ["net/ipv4/tcp_input.c:tcp_rcvbuf_grow"]),
        Knob(
            "net.ipv4.tcp_shrink_window", type: .flag, initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(6, 5),
            meaning: "Allows the kernel to shrink a window it has offered when memory runs short.",
            risk: "Some peers handle a shrunk window badly (RFC 7323, section 2.4).",
            source: ["net/ipv4/tcp_output.c:__tcp_select_window"]),
        Knob(
            "net.ipv4.tcp_app_win", type: .integer(0...31), initial: .fixed([31]),
            scope: .namespace,
            meaning: "The share of the window, window/2^n, kept for the application's own buffer.",
            source: ["net/ipv4/tcp_input.c:tcp_init_buffer_space"]),
        Knob(
            "net.ipv4.tcp_max_orphans", unit: .sockets, type: .anyInt,
            initial: .computed("half of tcp_ehash_entries: 131072 if that is 262144"),
            scope: .host,
            meaning: """
                The maximum number of closed sockets that still have data or a FIN to deliver, on \
                the whole host. Above it close() sends a RST. TIME_WAIT does not count.
                """,
            myth:
                "It is per namespace, and TIME_WAIT sockets are orphans. In fact: it is one value for the host, and they are not.",
            risk: "Low values cut off the end of responses.",
            source: ["net/ipv4/tcp.c:tcp_check_oom", "net/ipv4/tcp_timer.c:tcp_out_of_resources"]),
        Knob(
            "net.ipv4.tcp_ehash_entries", unit: .entries, type: .anyInt,
            initial: .computed("a power of two: one for 128 KiB of memory, 524288 at most"),
            scope: .namespace, since: KernelRelease(6, 1), isReadOnly: true,
            meaning: """
                Slots of the table of established connections. A negative number in a namespace \
                means that it shares the host's table of that size.
                """,
            source: [
                "net/ipv4/sysctl_net_ipv4.c:proc_tcp_ehash_entries", "net/ipv4/tcp.c:tcp_init",
            ]),
        Knob(
            "net.ipv4.tcp_child_ehash_entries", unit: .entries, type: .integer(0...16_777_216),
            initial: .fixed([0]), scope: .namespace, since: KernelRelease(6, 1),
            meaning: """
                Gives namespaces created from this one, from now on, their own table of this size, \
                rounded up to a power of two; 0 shares the host's table.
                """,
            risk: """
                The kernel computes their TIME_WAIT and SYN limits from it: 128 allows 64 \
                TIME_WAIT sockets.
                """,
            source: ["net/ipv4/tcp_ipv4.c:tcp_set_hashinfo"]),
        Knob(
            "net.core.busy_poll", unit: .microseconds, type: .nonNegativeInt, initial: .fixed([0]),
            scope: .host,
            meaning: "How long poll() and select() spin on the device's queue before they sleep.",
            risk: "It burns processor time while nothing arrives.",
            source: ["include/net/busy_poll.h:net_busy_loop_on"]),
        Knob(
            "net.core.busy_read", unit: .microseconds, type: .nonNegativeInt, initial: .fixed([0]),
            scope: .host,
            meaning:
                "How long a blocking read spins on the device's queue; the default of SO_BUSY_POLL.",
            risk: "It burns processor time while nothing arrives.",
            source: ["include/net/busy_poll.h:sk_can_busy_loop"]),
    ]
}
