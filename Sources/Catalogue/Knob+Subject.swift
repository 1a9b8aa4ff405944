extension Knob {
    /// What a sysctl is about.
    package enum Subject: String, Sendable, CaseIterable {
        /// TCP itself, or what it rests on: ports, queues, memory, descriptors, connection tracking of TCP.
        case tcp
        case routing, neighbours, ipv6, icmp, multicast, fragments, udp, ipsec, labels, unix, mptcp
        case bridge, conntrack, balancing, vsock, packets, bpf, namespaces
        case files, memory, processes

        /// What it is, in words that may follow "belongs to".
        package var words: String {
            switch self {
            case .tcp: "TCP"
            case .routing: "IP routing and forwarding"
            case .neighbours: "link-layer addresses (ARP, neighbour discovery)"
            case .ipv6: "IPv6"
            case .icmp: "ICMP"
            case .multicast: "multicast"
            case .fragments: "IP fragments"
            case .udp: "UDP"
            case .ipsec: "IPsec"
            case .labels: "security labels"
            case .unix: "Unix sockets"
            case .mptcp: "Multipath TCP"
            case .bridge: "bridges"
            case .conntrack: "connection tracking"
            case .balancing: "IPVS load balancing"
            case .vsock: "sockets of virtual machines (vsock)"
            case .packets: "packet handling"
            case .bpf: "BPF"
            case .namespaces: "namespaces"
            case .files: "files"
            case .memory: "memory management"
            case .processes: "processes and the kernel"
            }
        }
    }

    /// The part of the kernel that a key belongs to, by its first component, if that is not the network.
    ///
    /// `vm.swappiness` belongs to memory management, whether or not the catalogue explains it.
    package static func foreignSubject(of key: String) -> Subject? {
        switch key.prefix(while: { $0 != "." && $0 != "/" }) {
        case "vm": .memory
        case "fs": .files
        case "kernel", "user", "dev", "abi", "crypto", "debug", "sunrpc": .processes
        default: nil
        }
    }
}
