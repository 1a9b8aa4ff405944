extension KernelCounter {
    /// Every counter the catalogue knows, by subject.
    public static let all: [KernelCounter] =
        timeWait + listening + aborts + memory + retransmission + tcp + sockets + softnet
        + conntrack

    /// Its name with its group, as design and reports write it: `TcpExt.ListenOverflows`.
    public var fullName: String { "\(group).\(name)" }

    /// The counter of this group and name; nil where the catalogue does not know it.
    public static func named(_ group: String, _ name: String) -> KernelCounter? {
        all.first { $0.group == group && $0.name == name }
    }
}
