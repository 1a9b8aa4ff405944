import HostState

extension Snapshot {
    /// The ports that connect() chooses from; those of Linux since 4.2 where the setting was not read.
    var portRange: ClosedRange<UInt16> {
        let text = self["net.ipv4.ip_local_port_range"]?.value ?? ""
        let ends = text.split { $0 == "\t" || $0 == " " }.compactMap { UInt16($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return 32768...60999 }
        return ends[0]...ends[1]
    }
}
