/// `/proc/PID/cgroup`: the control groups of a process, one a hierarchy: `0::/system.slice/nginx.service`.
///
/// https://man7.org/linux/man-pages/man7/cgroups.7.html
enum ProcessCgroup {
    static func path(_ pid: Int32) -> String { "/proc/\(pid)/cgroup" }

    /// The unit or container that the control groups tell of.
    ///
    /// The unified hierarchy (0) speaks first, then systemd's own of version 1, then whichever controller knows a name.
    static func unit(_ bytes: Span<UInt8>) -> String? {
        var best: (rank: Int, unit: String)?
        var position = 0
        while let line = bytes.line(from: &position) {
            guard let entry = entry(line, of: bytes) else { continue }
            guard best.map({ entry.rank < $0.rank }) ?? true,
                let unit = ControlGroupPath.unit(entry.path)
            else { continue }
            best = (entry.rank, unit)
        }
        return best?.unit
    }

    /// `hierarchy:controllers:path`; a path may hold colons itself.
    private static func entry(
        _ line: Range<Int>, of bytes: Span<UInt8>
    ) -> (rank: Int, path: String)? {
        var first = line.lowerBound
        while first < line.upperBound, bytes[first] != 58 { first += 1 }
        var second = first + 1
        while second < line.upperBound, bytes[second] != 58 { second += 1 }
        guard second < line.upperBound else { return nil }
        let path = bytes.text(second + 1..<line.upperBound)
        if bytes.text(line.lowerBound..<first) == "0" { return (0, path) }
        return (bytes.text(first + 1..<second) == "name=systemd" ? 1 : 2, path)
    }
}
