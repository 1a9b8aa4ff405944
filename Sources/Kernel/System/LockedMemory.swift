import CNetlink
import Glibc

/// Keeps a process that waits for long small, and able to act when memory is short.
package struct LockedMemory: Sendable {
    /// Where files are mapped to be executed.
    private let text: [Range<UInt>]

    /// Locks what is written to, now and from now on; a page that was never touched costs nothing.
    ///
    /// Not being allowed to is no error: the process is then as safe as any other.
    package init() {
        let mappings = Self.mappings()
        text = mappings.filter { $0.rights == "r-xp" && $0.isFile }.map(\.range)
        for mapping in mappings where mapping.rights.contains("w") {
            guard let start = unsafe UnsafeRawPointer(bitPattern: mapping.range.lowerBound) else {
                continue
            }
            _ = unsafe tcptune_mlock_on_fault(start, UInt(mapping.range.count))
        }
        // MCL_ONFAULT, since Linux 4.4.
        _ = mlockall(CInt(MCL_FUTURE) | 4)
    }

    /// Gives back the program's text: it is never written to, and is read again from its file when it is needed.
    package func giveTextBack() {
        for range in text {
            guard let start = unsafe UnsafeMutableRawPointer(bitPattern: range.lowerBound) else {
                continue
            }
            _ = unsafe madvise(start, range.count, CInt(MADV_DONTNEED))
        }
    }

    private struct Mapping {
        var range: Range<UInt>
        var rights: Substring
        var isFile: Bool
    }

    /// `/proc/self/maps`.
    private static func mappings() -> [Mapping] {
        guard let maps = try? Root.host.text("/proc/self/maps", expecting: 16384) else { return [] }
        return maps.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            let ends = words.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
            guard words.count >= 5, ends.count == 2, ends[0] < ends[1] else { return nil }
            return Mapping(
                range: ends[0]..<ends[1], rights: words[1],
                isFile: words.count == 6 && words[5].first == "/")
        }
    }
}
