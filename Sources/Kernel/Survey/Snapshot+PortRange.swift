import Model

extension Snapshot {
    /// The ports that connect() chooses from; those of Linux since 4.2 where the setting was not read.
    var portRange: ClosedRange<UInt16> {
        Self.portRange(self[Self.portRangeKey]?.value ?? "")
    }

    static let portRangeKey = "net.ipv4.ip_local_port_range"

    /// The kernel's text of the setting as a range.
    static func portRange(_ text: String) -> ClosedRange<UInt16> {
        let ends = text.split { $0 == "\t" || $0 == " " }.compactMap { UInt16($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return 32768...60999 }
        return ends[0]...ends[1]
    }
}
