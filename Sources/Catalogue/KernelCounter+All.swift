extension KernelCounter {
    /// Every counter the catalogue knows, by subject.
    package static let all: [KernelCounter] =
        timeWait + listening + aborts + memory + retransmission + tcp + sockets + softnet
        + conntrack + acknowledgements + recovery + fastOpen + receiving + ip + udp + icmp + mptcp
        + former + derived

    /// Its name with its group, as design and reports write it: `TcpExt.ListenOverflows`.
    package var fullName: String { "\(group).\(name)" }

    /// The counter of this group and name; nil if the catalogue does not know it.
    package static func named(_ group: String, _ name: String) -> KernelCounter? {
        group == "IcmpMsg"
            ? icmpType(name) : all.first { $0.group == group && $0.name == name }
    }
}
