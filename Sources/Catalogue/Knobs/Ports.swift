import Model

extension Knob {
    /// The local ports that the kernel chooses.
    static let ports: [Knob] = [
        Knob(
            "net.ipv4.ip_local_port_range", unit: .ports, type: .vector(count: 2, 1...65535),
            initial: .changed([
                (since: KernelRelease(4, 2), value: [32768, 60999]),
                (since: nil, value: [32768, 61000]),
            ]),
            scope: .namespace,
            meaning: """
                The ports that connect() and bind(0) choose from, both ends included; the low end \
                must not be above the high one, nor below ip_unprivileged_port_start. It does not \
                affect a port that a program asks for by number.
                """,
            myth: """
                It limits all connections together. In fact: it limits those to one destination \
                address and port, from one source address.
                """,
            risk: """
                If the low end is below the ports of services, a client connection may take a \
                service's port before the service starts: list those in ip_local_reserved_ports.
                """,
            source: [
                "net/ipv4/inet_hashtables.c:__inet_hash_connect",
                "net/ipv4/inet_connection_sock.c:inet_csk_find_open_port",
            ]),
        Knob(
            "net.ipv4.ip_local_reserved_ports", unit: .ports, type: .ports,
            initial: .computed("empty"), scope: .namespace,
            meaning: """
                Ports that the automatic choice skips, such as 8080,9000-9010. A program that asks \
                for one by number still gets it.
                """,
            myth:
                "It blocks the ports. In fact: a program that asks for one by number still gets it.",
            risk: """
                One write(2) takes 4095 bytes at most, and the kernel loses the rest without an \
                error: write a long list in parts.
                """,
            source: [
                "include/net/ip.h:inet_is_local_reserved_port",
                "kernel/sysctl.c:proc_do_large_bitmap",
            ]),
        Knob(
            "net.ipv4.ip_autobind_reuse", type: .flag, initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(5, 7),
            meaning: """
                Allows bind(address, 0) with SO_REUSEADDR to share a port once the range is used \
                up.
                """,
            risk: "A collision then shows as EADDRNOTAVAIL in connect(), no longer in bind().",
            source: ["net/ipv4/inet_connection_sock.c:inet_csk_find_open_port"]),
        Knob(
            "net.ipv4.ip_unprivileged_port_start", unit: .ports, type: .integer(0...65535),
            initial: .fixed([1024]), scope: .namespace, since: KernelRelease(4, 11),
            meaning: """
                The first port that a program may bind without CAP_NET_BIND_SERVICE; at most the \
                low end of ip_local_port_range.
                """,
            risk: "With a lower value any user may pose as the service of those ports.",
            source: ["net/ipv4/sysctl_net_ipv4.c:ipv4_privileged_ports"]),
        Knob(
            "net.ipv4.ip_local_port_step_width", unit: .ports, type: .integer(0...4_294_967_295),
            initial: .fixed([0]), scope: .namespace,
            since: KernelRelease(7, 1),
            meaning: """
                The search for a free port moves by a random step of at most this many ports, \
                which spreads used ports; 0 keeps the usual step. It is newer than the kernels \
                measured here.
                """,
            source: ["net/ipv4/inet_hashtables.c:__inet_hash_connect"]),
        Knob(
            "net.ipv4.ip_nonlocal_bind", type: .byte, initial: .fixed([0]), scope: .namespace,
            meaning: "Allows a program to bind an address that the host does not have (yet).",
            risk:
                "A wrong address shows only at the first packet, not at the start of the program.",
            source: ["net/ipv4/af_inet.c:__inet_bind"]),
        Knob(
            "net.ipv4.ip_forward", type: .anyInt, initial: .fixed([0]), scope: .namespace,
            meaning: """
                Forwards packets between interfaces. A write resets the per-interface settings to \
                those of a router or a host.
                """,
            risk: "The host becomes a router; without a filter, for anybody.",
            source: ["net/ipv4/devinet.c:devinet_sysctl_forward"]),
    ]
}
