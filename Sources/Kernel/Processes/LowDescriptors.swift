import Synchronization

/// The sockets among the first descriptors of every process: what a search for owners begins with, whoever is sought.
///
/// They can be read beside the dump of the sockets, before it is known which of them matter, and by two threads.
struct LowDescriptors: Sendable {
    /// About so many descriptors of a process: they hold its listeners and the first of its connections.
    static let perProcess = 32

    /// All processes, lowest number first.
    private(set) var processes: [Int32] = []
    private(set) var held: [Held] = []
    /// Processes that have more descriptors, and the number from which those come.
    private(set) var unfinished: [(pid: Int32, next: Int32)] = []
    /// How many processes could not be looked into.
    private(set) var denied = 0
    private(set) var linksRead = 0
    /// True where processes are left that were not looked at.
    private(set) var isBudgetSpent = false

    /// A socket and a process that holds it.
    struct Held: Sendable {
        var inode: UInt32
        var pid: Int32
    }

    /// Reads them.
    ///
    /// - Parameter budget: How many links are read at most, 3.5 µs each; nil for as many as there are.
    static func read(root: Root, budget: Int?) throws(KernelError) -> LowDescriptors {
        try LowDescriptorReading(root: root, budget: budget).value()
    }

    fileprivate init() {}

    /// Visits the processes that no other thread has come to yet.
    fileprivate mutating func visit(_ shared: LowDescriptorReading, _ processes: [Int32]) {
        var scan = DescriptorScan(root: shared.root)
        while let index = shared.nextProcess(of: processes.count) {
            let left = min(Self.perProcess, shared.linksLeft)
            guard left > 0 else {
                isBudgetSpent = true
                break
            }
            let pid = processes[index]
            let before = scan.linksRead
            let end = scan.visit(pid, from: 0, entries: left) { inode in
                held.append(Held(inode: inode, pid: pid))
                return true
            }
            shared.spend(scan.linksRead - before)
            switch end {
            case .more(let next): unfinished.append((pid, next))
            case .denied: denied += 1
            case .done, .gone, .stopped: break
            }
        }
        linksRead = scan.linksRead
    }

    /// Adds what another thread read.
    fileprivate func joined(with other: LowDescriptors, of processes: [Int32]) -> LowDescriptors {
        var all = self
        all.processes = processes
        all.held += other.held
        all.unfinished = (unfinished + other.unfinished).sorted { $0.pid < $1.pid }
        all.denied += other.denied
        all.linksRead += other.linksRead
        all.isBudgetSpent = isBudgetSpent || other.isBudgetSpent
        return all
    }
}

/// The reading of ``LowDescriptors``, which a second thread may have a part in.
final class LowDescriptorReading: Sendable {
    let root: Root
    private let budget: Int
    private let processes: Deferred<Listing>
    /// The process that comes next, and how many links were read.
    private let next = Atomic(0)
    private let linksRead = Atomic(0)
    /// What the helper read, if one came.
    private let help = Mutex<LowDescriptors?>(nil)

    /// Not a Result: what that is made of is looked up at run time, among all that the program has.
    private enum Listing {
        case processes([Int32])
        case failure(KernelError)
    }

    init(root: Root, budget: Int?) {
        self.root = root
        self.budget = budget ?? .max
        processes = Deferred {
            do throws(KernelError) {
                return .processes(try ProcessList.read(root: root))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Takes a part in it, until no process is left; for one other thread.
    func helpOut() {
        help.withLock { help in
            guard help == nil, case .processes(let processes) = processes.value else { return }
            var part = LowDescriptors()
            part.visit(self, processes)
            help = part
        }
    }

    /// Reads what is left, and waits for the helper.
    func value() throws(KernelError) -> LowDescriptors {
        let processes: [Int32]
        switch self.processes.value {
        case .processes(let all): processes = all
        case .failure(let error): throw error
        }
        var part = LowDescriptors()
        part.visit(self, processes)
        // Nothing is left for one who has not begun.
        helpOut()
        return part.joined(with: help.withLock(\.self) ?? LowDescriptors(), of: processes)
    }

    /// Leaves the rest unread, and waits until the helper has left.
    func abandon() {
        next.store(.max / 2, ordering: .relaxed)
        helpOut()
    }

    fileprivate func nextProcess(of count: Int) -> Int? {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
    }

    fileprivate var linksLeft: Int { budget - linksRead.load(ordering: .relaxed) }

    fileprivate func spend(_ links: Int) { linksRead.wrappingAdd(links, ordering: .relaxed) }
}
