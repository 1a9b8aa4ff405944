/// One line of a sysctl.d file that is neither empty nor a comment.
package struct SysctlLine: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// `key = value`; the value is trimmed and otherwise as written, with a trailing comment if there is one.
        case assignment(String)
        /// `-key`: globs leave the key alone.
        case exclusion
        /// Neither: no `=`. Both programs say so and go on.
        case malformed
    }

    /// Counted from 1, by newlines.
    package var number: Int
    /// The key with slashes between its parts, spelt as the program compares it; the trimmed line where malformed.
    package var path: String
    package var kind: Kind
    /// Whether a `-` before the key says that a failure to write it does not matter.
    package var ignoresFailure: Bool

    package init(number: Int, path: String, kind: Kind, ignoresFailure: Bool = false) {
        self.number = number
        self.path = path
        self.kind = kind
        self.ignoresFailure = ignoresFailure
    }

    /// The text behind the `=`, nil where there is none.
    package var value: String? {
        if case .assignment(let value) = kind { value } else { nil }
    }

    /// Whether the program takes the key for a pattern; braces alone make none (measured).
    package var isGlob: Bool { path.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B } }
}
