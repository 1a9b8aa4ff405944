import Glibc

/// What this process has in memory: `/proc/self/statm`, second number, in pages.
package enum ProcessMemory {
    /// Bytes; nil where it cannot be read.
    package static var resident: Int64? {
        guard let text = try? Root.host.text("/proc/self/statm") else { return nil }
        let numbers = text.split(separator: " ").compactMap { Int64($0) }
        return numbers.count > 1 ? numbers[1] * Int64(getpagesize()) : nil
    }
}
