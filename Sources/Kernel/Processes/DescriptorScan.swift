import CNetlink
import Glibc

/// Goes through the descriptors of processes and reports the sockets among them, without an allocation a descriptor.
///
/// The cost is procfs itself: about 2 µs a descriptor for its link, and 1 µs for its entry where it is listed (measured).
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
        /// There are more descriptors, from this number on.
        case more(Int32)
        case stopped
        /// The process has ended, or has no descriptors that anybody could see.
        case gone
        /// They could not be read, most often for want of rights.
        case denied
    }

    /// So many numbers in a row without a descriptor are passed over; behind more the rest is listed.
    private static let widestGap = 1

    /// Visits descriptors of one process in the order of their numbers.
    ///
    /// - Parameters:
    ///   - first: 0, or what an earlier visit ended with.
    ///   - entries: About how many to visit.
    ///   - body: Gets a socket's inode; false stops the visit.
    mutating func visit(
        _ pid: Int32, from first: Int32, entries: Int, _ body: (UInt32) -> Bool
    ) -> End {
        do throws(KernelError) {
            let path = "/proc/\(pid)/fd"
            // Half of all processes are the kernel's own threads: one call instead of four.
            if countsAreTold, first == 0, Self.count(of: path) == 0 { return .gone }
            let directory = try root.open(path, flags: DirectoryFlags.open)
            // A captured tree lists them in no order, so that it cannot be gone on with.
            var visit = Visit(next: first, left: root.isHost ? entries : .max)
            defer { linksRead += visit.read }
            if root.isHost, let end = probe(&visit, in: directory, body) { return end }
            return try list(&visit, in: directory, body)
        } catch {
            if error.isAbsent || error.code == ESRCH { return .gone }
            return hasNoDescriptors(pid) ? .gone : .denied
        }
    }

    /// How far the visit of a process is.
    private struct Visit {
        var next: Int32
        var left: Int
        var read = 0

        /// Goes past a descriptor.
        ///
        /// - Returns: nil where the visit goes on.
        mutating func take(
            _ reading: SocketLink.Reading, of number: Int32, _ body: (UInt32) -> Bool
        ) -> End? {
            next = number + 1
            left -= 1
            read += 1
            switch reading {
            case .socket(let inode): return body(inode) ? nil : .stopped
            case .other, .absent: return nil
            case .denied: return .denied
            }
        }
    }

    /// Asks for one number after another, as most descriptors follow each other: a third of the cost is their listing.
    ///
    /// That none is left is told by listing the rest, not by a count: a busy process opens and closes others meanwhile.
    ///
    /// - Returns: nil where the rest is to be listed.
    private func probe(
        _ visit: inout Visit, in directory: borrowing FileDescriptor, _ body: (UInt32) -> Bool
    ) -> End? {
        var gap = 0
        while gap <= Self.widestGap {
            if visit.left == 0 { return .more(visit.next) }
            let reading = link.read(visit.next, beneath: directory)
            if case .absent = reading {
                visit.next += 1
                gap += 1
            } else {
                gap = 0
                if let end = visit.take(reading, of: visit.next, body) { return end }
            }
        }
        return nil
    }

    private mutating func list(
        _ visit: inout Visit, in directory: borrowing FileDescriptor, _ body: (UInt32) -> Bool
    ) throws(KernelError) -> End {
        // Descriptor 0 is at 2, behind "." and ".." (`fs/proc/fd.c:proc_readfd_common`).
        if root.isHost, visit.next > 0, lseek(directory.number, off_t(visit.next) + 2, SEEK_SET) < 0
        {
            return .gone
        }
        let first = visit.next
        while visit.left > 0 {
            // The kernel makes up no more than there is room for. An entry takes 24 bytes up to descriptor 9999, and 32
            // from there on.
            guard try block.read(directory, room: 24 * min(visit.left, 1365)) else { return .done }
            var end: End?
            block.forEach { entry in
                guard let number = block.number(of: entry), number >= first else {
                    return true
                }
                end = visit.take(link.read(number, beneath: directory), of: number, body)
                return end == nil
            }
            if let end { return end }
        }
        return .more(visit.next)
    }

    private func hasNoDescriptors(_ pid: Int32) -> Bool {
        guard let bytes = try? root.bytes(ProcessStat.path(pid), expecting: 1024) else {
            return true
        }
        return ProcessStat.hasNoDescriptors(bytes.span) ?? false
    }
}
