import Synchronization

/// The sockets among the first descriptors of every process: what a search for owners begins with, whoever is sought.
///
/// They can be read beside the dump of the sockets, before it is known which of them matter, and by two threads.
struct LowDescriptors: Sendable {
    /// About so many descriptors of a process: they hold its listeners and the first of its connections.
    static let perProcess = 32

    /// All processes, lowest number first.
    let processes: [Int32]
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

    /// Visits the processes that no other thread has come to yet.
    fileprivate init(_ shared: SharedProcesses) {
        processes = shared.all
        var scan = DescriptorScan(root: shared.root)
        while let pid = shared.next() {
            let left = min(Self.perProcess, shared.linksLeft)
            guard left > 0 else {
                isBudgetSpent = true
                break
            }
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

    /// With what another thread read.
    fileprivate func joined(with other: LowDescriptors) -> LowDescriptors {
        var all = self
        all.held += other.held
        all.unfinished = (unfinished + other.unfinished).sorted { $0.pid < $1.pid }
        all.denied += other.denied
        all.linksRead += other.linksRead
        all.isBudgetSpent = isBudgetSpent || other.isBudgetSpent
        return all
    }
}

/// The reading of ``LowDescriptors``, in which a second thread may have a part.
final class LowDescriptorReading: Sendable {
    private let processes: SharedProcesses
    private let help: Deferred<LowDescriptors>

    init(root: Root, budget: Int?) {
        let processes = SharedProcesses(root: root, budget: budget ?? .max)
        self.processes = processes
        help = Deferred { LowDescriptors(processes) }
    }

    /// Takes a part in it, until no process is left; for one other thread.
    func helpOut() { _ = help.value }

    /// Reads what is left, and waits for the helper; for one who has not begun nothing is left.
    func value() throws(KernelError) -> LowDescriptors {
        let part = LowDescriptors(processes).joined(with: help.value)
        if let failure = processes.failure { throw failure }
        return part
    }

    /// Leaves the rest unread, and waits until the helper has left.
    func abandon() {
        processes.skipRest()
        helpOut()
    }
}

/// The processes of a host, each for the thread that comes to it first, and the links that may still be read.
private final class SharedProcesses: Sendable {
    let root: Root
    private let budget: Int
    private let listing: Deferred<Listing>
    private let position = Atomic(0)
    private let linksRead = Atomic(0)

    /// Not a Result: what that is made of is looked up at run time, among all that the program has.
    private struct Listing {
        var processes: [Int32] = []
        var failure: KernelError?
    }

    init(root: Root, budget: Int) {
        self.root = root
        self.budget = budget
        listing = Deferred {
            do throws(KernelError) {
                return Listing(processes: try ProcessList.read(root: root))
            } catch {
                return Listing(failure: error)
            }
        }
    }

    var all: [Int32] { listing.value.processes }

    /// Why they could not be listed; nil where they could.
    var failure: KernelError? { listing.value.failure }

    /// The process that comes next; nil where none is left.
    func next() -> Int32? {
        let place = position.wrappingAdd(1, ordering: .relaxed).oldValue
        return place < all.count ? all[place] : nil
    }

    func skipRest() { position.store(.max / 2, ordering: .relaxed) }

    var linksLeft: Int { budget - linksRead.load(ordering: .relaxed) }

    func spend(_ links: Int) { linksRead.wrappingAdd(links, ordering: .relaxed) }
}
