import Model

/// The ways in which the two programs spell one key as a path, and the key that the kernel takes it for.
enum SysctlSpelling {
    /// systemd-sysctl drops empty and `.` parts, so a leading separator does no harm.
    static func systemd(_ name: String) -> String {
        let path = SysctlKey.separated(name)
        if isPlain(path) { return path }
        return path.utf8.split(separator: 0x2F).filter { !$0.elementsEqual([0x2E]) }
            .map { String(decoding: Array($0), as: UTF8.self) }.joined(separator: "/")
    }

    /// The key that a path of systemd-sysctl's or procps' spelling writes; nil where none can be.
    ///
    /// systemd-sysctl refuses `..`; procps leaves it, as double slashes, to the kernel's path walk.
    static func key(of path: String, resolvingParents: Bool) -> SysctlKey? {
        if let key = SysctlKey(path: path) { return key }
        guard resolvingParents, path.utf8.last != 0x2F else { return nil }
        var parts: [String] = []
        for part in path.utf8.split(separator: 0x2F) {
            if part.elementsEqual([0x2E]) { continue }
            if part.elementsEqual([0x2E, 0x2E]) {
                if parts.popLast() == nil { return nil }
                continue
            }
            parts.append(String(decoding: Array(part), as: UTF8.self))
        }
        return SysctlKey(path: parts.joined(separator: "/"))
    }

    /// What glob(3) makes of a pattern when the key matched: blank and `.` parts stay where the pattern had them.
    static func expansion(of pattern: String, to key: String) -> String {
        if isPlain(pattern) { return key }
        var parts = key.split(separator: "/")[...]
        return pattern.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.isEmpty || $0 == "." ? $0 : parts.popFirst() ?? "" }
            .joined(separator: "/")
    }

    /// Whether no part is empty or `.`.
    private static func isPlain(_ path: String) -> Bool {
        var before: UInt8 = 0x2F
        for byte in path.utf8 {
            if before == 0x2F && (byte == 0x2F || byte == 0x2E) { return false }
            before = byte
        }
        return before != 0x2F
    }
}
