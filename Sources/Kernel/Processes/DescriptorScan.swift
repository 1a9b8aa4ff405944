import Glibc

/// Goes through the descriptors of processes and reports the sockets among them, without an allocation a descriptor.
///
/// The cost is procfs itself: about 3.5 µs a descriptor for making up its entry and its link (measured).
struct DescriptorScan: ~Copyable {
    private let root: Root
    private var block = DirectoryBlock(room: 32768)
    private let link = SocketLink()
    /// How many links were read so far.
    private(set) var linksRead = 0
    /// Whether the kernel tells how many descriptors a process has: since 6.2 (`fs/proc/fd.c:proc_fd_getattr`).
    private let countsAreTold: Bool

    init(root: Root) {
        self.root = root
        countsAreTold = root.isHost && Self.count(of: "/proc/self/fd") ?? 0 > 0
    }

    private static func count(of path: String) -> Int? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? Int(status.st_size) : nil
    }

    enum End {
        case done
        /// There are more descriptors, after this offset.
        case more(Int64)
        case stopped
        /// The process has ended, or has no descriptors that anybody could see.
        case gone
        /// They could not be read, most often for want of rights.
        case denied
    }

    /// Visits descriptors of one process in the order of their numbers.
    ///
    /// - Parameters:
    ///   - offset: 0, or what an earlier visit ended with.
    ///   - entries: About how many to visit; the kernel makes up no more than these.
    ///   - body: Gets a socket's inode; false stops the visit.
    mutating func visit(
        _ pid: Int32, from offset: Int64, entries: Int, _ body: (UInt32) -> Bool
    ) -> End {
        do throws(KernelError) {
            let path = "\(root.path)/proc/\(pid)/fd"
            // Half of all processes are the kernel's own threads: one call instead of four.
            let count = countsAreTold && offset == 0 ? Self.count(of: path) : nil
            if count == 0 { return .gone }
            let directory = try FileDescriptor.open(path, flags: DirectoryFlags.open)
            if offset > 0, lseek(directory.number, off_t(offset), SEEK_SET) < 0 { return .gone }
            return try visit(
                directory, from: offset, entries: entries, expected: count ?? .max, body)
        } catch {
            if error.isAbsent || error.code == ESRCH { return .gone }
            return hasNoDescriptors(pid) ? .gone : .denied
        }
    }

    private mutating func visit(
        _ directory: borrowing FileDescriptor, from offset: Int64, entries: Int, expected: Int,
        _ body: (UInt32) -> Bool
    ) throws(KernelError) -> End {
        var offset = offset
        var left = entries
        var end = End.done
        var seen = 0
        while left > 0 {
            // An entry takes 24 bytes up to descriptor 9999, and 32 from there on.
            guard try block.read(directory, room: 24 * min(left, 1365)) else {
                return .done
            }
            var links = 0
            block.forEach { entry in
                offset = entry.offsetAfter
                left -= 1
                guard block.number(of: entry) != nil else { return true }
                links += 1
                switch link.read(entry, in: block, beneath: directory) {
                case .socket(let inode):
                    if body(inode) { return true }
                    end = .stopped
                case .other: return true
                case .denied: end = .denied
                }
                return false
            }
            linksRead += links
            seen += links
            guard case .done = end else { return end }
            // Saves the call that would say so.
            if seen >= expected { return .done }
        }
        return .more(offset)
    }

    private func hasNoDescriptors(_ pid: Int32) -> Bool {
        guard let bytes = try? root.bytes(ProcessStat.path(pid), expecting: 1024) else {
            return true
        }
        return ProcessStat.hasNoDescriptors(bytes.span) ?? false
    }
}
