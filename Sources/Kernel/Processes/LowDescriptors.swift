/// The sockets among the first descriptors of every process: what a search for owners begins with, whoever is sought.
///
/// It can be read beside the dump of the sockets, on a thread of its own, before it is known which of them matter.
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
        var low = LowDescriptors(processes: try ProcessList.read(root: root))
        low.visit(root: root, budget: budget ?? .max)
        return low
    }

    private init(processes: [Int32]) { self.processes = processes }

    private mutating func visit(root: Root, budget: Int) {
        var scan = DescriptorScan(root: root)
        for pid in processes {
            guard scan.linksRead < budget else {
                isBudgetSpent = true
                break
            }
            let left = min(Self.perProcess, budget - scan.linksRead)
            let end = scan.visit(pid, from: 0, entries: left) { inode in
                held.append(Held(inode: inode, pid: pid))
                return true
            }
            switch end {
            case .more(let next): unfinished.append((pid, next))
            case .denied: denied += 1
            case .done, .gone, .stopped: break
            }
        }
        linksRead = scan.linksRead
    }
}
