import Glibc

/// A key of a sysctl.d file with `*`, `?` or `[…]` in it.
struct SysctlGlob {
    /// One pattern, or what its braces expand to.
    private let patterns: [String]
    /// The bytes before the first special character of each pattern: most keys differ here already.
    private let prefixes: [[UInt8]]

    /// More alternatives than a person writes.
    private static let mostPatterns = 64
    /// More stars than a person writes; fnmatch(3) tries them one inside the other.
    private static let mostStars = 16

    /// Prepares a pattern with slashes between its parts.
    ///
    /// - Parameter expandsBraces: systemd-sysctl gives glob(3) GLOB_BRACE, procps does not (measured).
    init(_ pattern: String, expandsBraces: Bool) {
        // PATH_MAX: glob(3) finds nothing longer.
        let isSane = pattern.utf8.count < 4096
        let alternatives =
            !isSane
            ? []
            : expandsBraces
                ? BraceExpansion.alternatives(of: pattern, atMost: Self.mostPatterns) : [pattern]
        patterns = alternatives.map { alternative in
            let parts = alternative.split(separator: "/").filter { $0 != "." }
            return parts.joined(separator: "/")
        }.filter { pattern in
            pattern.utf8.count { $0 == 0x2A } <= Self.mostStars
                && !pattern.utf8.contains(0)
                && !pattern.split(separator: "/").contains("..")
        }
        prefixes = patterns.map { pattern in
            Array(pattern.utf8.prefix { !Self.isSpecial($0) })
        }
    }

    /// Whether glob(3) would find that path beneath `/proc/sys`, were it there.
    func matches(_ path: String) -> Bool {
        for (pattern, prefix) in zip(patterns, prefixes)
        where path.utf8.starts(with: prefix) && Self.matches(path, pattern) {
            return true
        }
        return false
    }

    /// Whether a file beneath `/proc/sys` matches.
    func matchesAnything(in root: Root) -> Bool {
        patterns.contains { pattern in
            Self.finds(pattern.split(separator: "/").map(String.init)[...], in: "/proc/sys", root)
        }
    }

    private static func finds(
        _ parts: ArraySlice<String>, in directory: String, _ root: Root
    ) -> Bool {
        guard let part = parts.first else { return true }
        if !part.utf8.contains(where: isSpecial) {
            let path = "\(directory)/\(part)"
            return root.exists(path) && finds(parts.dropFirst(), in: path, root)
        }
        guard let names = try? root.names(in: directory) else { return false }
        return names.contains { name in
            matches(name, part) && finds(parts.dropFirst(), in: "\(directory)/\(name)", root)
        }
    }

    /// fnmatch(3) as glob(3) calls it: a slash and a leading dot are matched by themselves only.
    static func matches(_ name: String, _ pattern: String) -> Bool {
        unsafe fnmatch(pattern, name, FNM_PATHNAME | FNM_PERIOD) == 0
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == 0x2A || byte == 0x3F || byte == 0x5B || byte == 0x5C
    }
}
