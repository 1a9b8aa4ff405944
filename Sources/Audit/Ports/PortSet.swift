/// Ports as `ip_local_reserved_ports` lists them: `8080,9000-9010`.
package struct PortSet: Sendable, Hashable {
    package let ranges: [ClosedRange<Int>]

    /// Reads the kernel's text; ignores parts that are no port.
    package init(_ text: String) {
        ranges = text.split { $0 == "," || $0 == " " || $0 == "\n" }.compactMap { part in
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard let low = Int(ends[0]), 0...65535 ~= low else { return nil }
            guard ends.count == 2 else { return ends.count == 1 ? low...low : nil }
            guard let high = Int(ends[1]), low...65535 ~= high else { return nil }
            return low...high
        }
    }

    package func contains(_ port: Int) -> Bool { ranges.contains { $0.contains(port) } }
}
