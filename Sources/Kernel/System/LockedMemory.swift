import CNetlink
import Glibc

/// Keeps the process small, and able to act when memory is short.
package enum LockedMemory {
    /// Gives back the program's text that start-up used, then locks every page that is used from now on.
    ///
    /// Text is never written to, so a page that was given back is read again from its file when it is needed. Not being allowed
    /// to lock is no error: the process is then as safe as any other.
    package static func lockWhatIsUsed() {
        for range in textRanges() {
            guard let start = unsafe UnsafeMutableRawPointer(bitPattern: range.lowerBound) else {
                continue
            }
            _ = unsafe madvise(start, range.count, CInt(MADV_DONTNEED))
        }
        // MCL_ONFAULT, since Linux 4.4.
        _ = mlockall(CInt(MCL_CURRENT) | CInt(MCL_FUTURE) | 4)
    }

    /// Where files are mapped to be executed (`/proc/self/maps`).
    private static func textRanges() -> [Range<UInt>] {
        guard let maps = try? Root.host.text("/proc/self/maps", expecting: 16384) else { return [] }
        return maps.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 6, words[1] == "r-xp", words[5].first == "/" else { return nil }
            let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            return ends.count == 2 && ends[0] < ends[1] ? ends[0]..<ends[1] : nil
        }
    }
}
