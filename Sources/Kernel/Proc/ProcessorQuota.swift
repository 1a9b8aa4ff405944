/// `cpu.stat` of the control groups that this process is in: how long a quota kept it from running.
///
/// Version 2 counts `throttled_usec`, version 1 `throttled_time` in nanoseconds; a group's quota holds for all below it, so each
/// group above is read as well. https://docs.kernel.org/admin-guide/cgroup-v2.html (CPU interface files)
package enum ProcessorQuota {
    /// Seconds for which the most limited of the groups was kept waiting since it was made; nil where none of them tells.
    package static func throttledSeconds(root: Root = .host) -> Double? {
        guard let groups = try? root.bytes("/proc/self/cgroup") else { return nil }
        var most: Double?
        for file in files(groups.span) {
            guard let bytes = try? root.bytes(file), let seconds = throttled(bytes.span) else {
                continue
            }
            most = max(most ?? 0, seconds)
        }
        return most
    }

    /// The files that may tell, from the group itself up to the root of its hierarchy.
    static func files(_ bytes: Span<UInt8>) -> [String] {
        var files: [String] = []
        var position = 0
        while let line = bytes.line(from: &position) {
            // hierarchy:controllers:path
            let parts = bytes.text(line).split(
                separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[2].hasPrefix("/"), !parts[2].contains("..") else {
                continue
            }
            let places: [String]
            if parts[0] == "0", parts[1].isEmpty {
                places = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
            } else if parts[1].split(separator: ",").contains("cpu") {
                places = ["/sys/fs/cgroup/\(parts[1])", "/sys/fs/cgroup/cpu"]
            } else {
                continue
            }
            var path = parts[2]
            while true {
                let group = path == "/" ? "" : String(path)
                for place in places where !files.contains("\(place)\(group)/cpu.stat") {
                    files.append("\(place)\(group)/cpu.stat")
                }
                guard path != "/", let slash = path.lastIndex(of: "/") else { break }
                path = slash == path.startIndex ? "/" : path[..<slash]
            }
        }
        return files
    }

    /// Seconds; nil where the file counts no such thing.
    static func throttled(_ bytes: Span<UInt8>) -> Double? {
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard let name = bytes.word(from: &column, to: line.upperBound),
                let value = bytes.word(from: &column, to: line.upperBound)
            else { continue }
            switch bytes.text(name) {
            case "throttled_usec": return bytes.decimal(value).map { Double(max($0, 0)) / 1e6 }
            case "throttled_time": return bytes.decimal(value).map { Double(max($0, 0)) / 1e9 }
            default: continue
            }
        }
        return nil
    }
}
