/// `/proc/PID/limits`: what getrlimit(2) would tell that process.
///
/// https://man7.org/linux/man-pages/man5/proc_pid_limits.5.html
enum ProcessLimits {
    static func path(_ pid: Int32) -> String { "/proc/\(pid)/limits" }

    /// The soft limit on open files; nil for `unlimited`, and where the line is not there.
    static func openFiles(_ bytes: Span<UInt8>) -> Int? {
        var position = 0
        while let line = bytes.line(from: &position) {
            guard bytes.begins(line, with: "Max open files ") else { continue }
            var column = line.lowerBound + 15
            return bytes.word(from: &column, to: line.upperBound)
                .flatMap { bytes.decimal($0) }.flatMap { Int(exactly: $0) }
        }
        return nil
    }
}
