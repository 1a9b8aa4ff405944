/// Ports as `net.ipv4.ip_local_reserved_ports` writes them: `8080,9000-9010`.
package struct PortRanges: Sendable, Hashable, CustomStringConvertible {
    /// Sorted, with at least one port between any two.
    package private(set) var ranges: [ClosedRange<UInt16>]

    /// Sorts and merges.
    package init(_ ranges: some Sequence<ClosedRange<UInt16>>) {
        self.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, Int(range.lowerBound) <= Int(last.upperBound) + 1 {
                let upper = max(last.upperBound, range.upperBound)
                self.ranges[self.ranges.count - 1] = last.lowerBound...upper
            } else {
                self.ranges.append(range)
            }
        }
    }

    /// Parses the kernel's text; nil if it is no such text.
    ///
    /// It accepts a comma at the end, as the kernel does, but no blanks, no backward range and no port above 65535.
    package init?(_ text: String) {
        var ranges: [ClosedRange<UInt16>] = []
        var parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.last?.isEmpty == true { parts.removeLast() }
        for part in parts {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count),
                ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
                let low = ends.first.flatMap({ UInt16($0) }),
                let high = ends.last.flatMap({ UInt16($0) }), low <= high
            else { return nil }
            ranges.append(low...high)
        }
        self.init(ranges)
    }

    package func union(_ other: PortRanges) -> PortRanges { PortRanges(ranges + other.ranges) }

    package func contains(_ port: UInt16) -> Bool { ranges.contains { $0.contains(port) } }

    /// As the kernel prints it (kernel/sysctl.c:proc_do_large_bitmap).
    package var description: String {
        ranges.map { range in
            range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
        }.joined(separator: ",")
    }
}
