import Glibc

/// Looks, over and over, at the few descriptors of each process under which a new socket shows.
///
/// A new socket gets the lowest number that is free (`fs/file.c:alloc_fd`): it is at one of the first free numbers, or in
/// the place of a socket that was another one before. That is some five links a process instead of all, and one glance at
/// 150 processes takes a millisecond; a listing of all their descriptors ten.
struct FreshDescriptors: ~Copyable {
    /// So many connections of a process that are open at a time are told apart from those that last.
    private static let freeNumbers = 4
    /// Descriptors of a process that are listed at most.
    private static let mostListed: Int32 = 4096
    /// Processes that are looked at at a time, of more others in turn: half of the usual limit on descriptors.
    private static let mostHeld = 512
    /// Links that one glance reads at most, 1 µs each and more.
    private static let mostRead = 8000
    /// Seconds after which the descriptors of a process are listed anew.
    private static let age = 0.5

    /// A process, and where its new sockets would be.
    private final class Process {
        let pid: Int32
        /// Its `/proc/PID/fd`, held open: a third of the cost is to open it.
        let directory: FileDescriptor
        var numbers: [Int32] = []
        var sockets: [Int32: UInt32] = [:]
        var listed = -Double.infinity
        /// Whether it was seen to make sockets: such are looked at first.
        var makesSockets = false

        init(_ pid: Int32, holding directory: consuming FileDescriptor) {
            self.pid = pid
            self.directory = directory
        }
    }

    private let root: Root
    private let link = SocketLink()
    private var processes: [Process] = []
    /// Whether there were processes that may not be looked into.
    private(set) var hasDenied = false
    /// Which of those that are not followed comes next.
    private var turn = 0

    init(root: Root) { self.root = root }

    /// Takes the processes to look at; those that it knows already keep what is known.
    ///
    /// Of more than can be held those that were seen to make sockets stay, and of the others the next ones come.
    mutating func follow(_ pids: [Int32]) {
        var kept = processes.filter { $0.makesSockets && pids.contains($0.pid) }
        if pids.count <= Self.mostHeld { kept = processes.filter { pids.contains($0.pid) } }
        let known = Set(kept.map(\.pid))
        let new = pids.filter { !known.contains($0) }
        let room = min(max(Self.mostHeld - kept.count, 0), new.count)
        if turn >= new.count { turn = 0 }
        let inTurn = (new[turn...] + new[..<turn]).prefix(room)
        turn += room
        processes = kept
        for pid in inTurn {
            let directory: FileDescriptor
            do throws(KernelError) {
                directory = try root.open("/proc/\(pid)/fd", flags: DirectoryFlags.open)
            } catch {
                if error.isDenied { hasDenied = true }
                continue
            }
            processes.append(Process(pid, holding: directory))
        }
    }

    /// Finds out, for those whose turn it is, where new sockets would be.
    ///
    /// - Parameter budget: about how many links to read.
    mutating func list(budget: Int) {
        var left = budget
        let now = BootClock.now
        for process in processes where now - process.listed >= Self.age {
            guard left > 0 else { return }
            process.listed = now
            left -= list(process)
        }
    }

    /// - Returns: how many links were read.
    private mutating func list(_ process: Process) -> Int {
        var free: [Int32] = []
        var changing: [Int32] = []
        var sockets: [Int32: UInt32] = [:]
        var number: Int32 = 0
        while free.count < Self.freeNumbers, number < Self.mostListed {
            switch link.read(number, beneath: process.directory) {
            case .socket(let inode):
                sockets[number] = inode
                if process.sockets[number] != inode { changing.append(number) }
            case .absent: free.append(number)
            case .other: break
            case .denied:
                hasDenied = true
                process.numbers = []
                return 1
            }
            number += 1
        }
        process.sockets = sockets
        process.numbers = changing.suffix(Self.freeNumbers * 2) + free
        return Int(number)
    }

    /// Calls the body with each socket at those places, and the process that holds it; false ends it.
    mutating func glance(_ body: (Int32, UInt32) -> Bool) {
        var left = Self.mostRead
        for isFirst in [true, false] {
            for process in processes where process.makesSockets == isFirst {
                guard left > 0 else { return }
                left -= process.numbers.count + 1
                guard look(at: process, body) else { return }
            }
        }
    }

    private func look(at process: Process, _ body: (Int32, UInt32) -> Bool) -> Bool {
        for number in process.numbers {
            guard case .socket(let inode) = link.read(number, beneath: process.directory) else {
                continue
            }
            if process.sockets[number] != inode { process.makesSockets = true }
            guard body(process.pid, inode) else { return false }
        }
        return true
    }
}
