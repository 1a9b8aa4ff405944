package import Model

/// What `tcptune-owners` answers: the processes that hold the sockets asked for, what is told of those, and what it could not see.
///
/// No command line, no file name, no process that holds none of the sockets.
package struct OwnersReply: Sendable, Hashable {
    package var serial: UInt32
    package var end: SocketOwners.End
    package var linksRead: Int
    /// By inode.
    package var holders: [UInt32: [Int32]]
    package var processes: [ProcessInUse]
    package var unseen: [Unseen]

    private static let mark = Array("tcpr".utf8) + [1]
    /// Bytes of a reply that are put together at most.
    package static let largestBytes = 4 << 20
    private static let mostProcesses = 16_384
    private static let mostUnseen = 64

    /// Looks for what is sought.
    ///
    /// - Parameter budget: links that are read at most; who asks cannot have more.
    package init(to request: OwnersRequest, root: Root, budget: Int = HostSurvey.ownerBudget) {
        let found = SocketOwners.find(request.sought, root: root, budget: budget)
        serial = request.serial
        end = found.end
        linksRead = found.linksRead
        holders = [:]
        var pids: Set<Int32> = []
        for inode in request.sought.flatMap(\.inodes) where holders[inode] == nil {
            let own = found.holders(of: inode)
            if own.isEmpty { continue }
            holders[inode] = own
            pids.formUnion(own)
        }
        processes = pids.sorted().prefix(Self.mostProcesses)
            .compactMap { ProcessFacts.read($0, root: root) }
        unseen = Array(found.unseen.prefix(Self.mostUnseen))
    }

    package var encoded: [UInt8] {
        var writer = WireWriter()
        writer.append(serial)
        writer.append(end.number)
        writer.append(UInt32(clamping: linksRead))
        writer.append(UInt32(holders.count))
        for (inode, pids) in holders.sorted(by: { $0.key < $1.key }) {
            writer.append(inode)
            writer.append(UInt8(clamping: pids.count))
            for pid in pids.prefix(255) { writer.append(pid) }
        }
        writer.append(UInt32(processes.count))
        for process in processes {
            writer.append(process.pid)
            writer.append(process.name)
            writer.append(UInt8(process.unit == nil ? 0 : 1))
            if let unit = process.unit { writer.append(unit) }
            writer.append(Int64(process.openFiles ?? -1))
            writer.append(Int64(process.openFilesLimit ?? -1))
        }
        writer.append(UInt8(unseen.count))
        for one in unseen {
            writer.append(one.what)
            writer.append(one.why)
        }
        return Self.mark + writer.bytes
    }

    /// Nil for anything that is not such a reply, to its last byte.
    package init?(_ bytes: [UInt8]) {
        var reader = WireReader(bytes)
        guard reader.takes(Self.mark), let serial: UInt32 = reader.next(),
            let end = reader.next(UInt8.self).flatMap(SocketOwners.End.init(number:)),
            let links: UInt32 = reader.next(), let holders = Self.holders(&reader),
            let processes = Self.processes(&reader), let unseen = Self.unseen(&reader),
            reader.isAtEnd
        else { return nil }
        self.serial = serial
        self.end = end
        linksRead = Int(links)
        self.holders = holders
        self.processes = processes
        self.unseen = unseen
    }

    private static func holders(_ reader: inout WireReader) -> [UInt32: [Int32]]? {
        guard let count: UInt32 = reader.next(), count <= OwnersRequest.mostInodes else {
            return nil
        }
        var holders: [UInt32: [Int32]] = [:]
        for _ in 0..<count {
            guard let inode: UInt32 = reader.next(), let number: UInt8 = reader.next(),
                number <= SocketOwners.mostHolders
            else { return nil }
            var pids: [Int32] = []
            for _ in 0..<number {
                guard let pid: Int32 = reader.next(), pid > 0 else { return nil }
                pids.append(pid)
            }
            holders[inode] = pids
        }
        return holders
    }

    private static func processes(_ reader: inout WireReader) -> [ProcessInUse]? {
        guard let count: UInt32 = reader.next(), count <= mostProcesses else { return nil }
        var processes: [ProcessInUse] = []
        for _ in 0..<count {
            guard let pid: Int32 = reader.next(), let name = reader.nextText(),
                let hasUnit: UInt8 = reader.next(), hasUnit <= 1
            else { return nil }
            var process = ProcessInUse(pid: pid, name: name)
            if hasUnit == 1 {
                guard let unit = reader.nextText() else { return nil }
                process.unit = unit
            }
            guard let files: Int64 = reader.next(), let limit: Int64 = reader.next() else {
                return nil
            }
            process.openFiles = files < 0 ? nil : Int(files)
            process.openFilesLimit = limit < 0 ? nil : Int(limit)
            processes.append(process)
        }
        return processes
    }

    private static func unseen(_ reader: inout WireReader) -> [Unseen]? {
        guard let count: UInt8 = reader.next() else { return nil }
        var unseen: [Unseen] = []
        for _ in 0..<count {
            guard let what = reader.nextText(), let why = reader.nextText() else { return nil }
            unseen.append(Unseen(what: what, why: why))
        }
        return unseen
    }
}

extension SocketOwners.End {
    fileprivate var number: UInt8 {
        switch self {
        case .allFound: 0
        case .everythingRead: 1
        case .budgetSpent: 2
        }
    }

    fileprivate init?(number: UInt8) {
        switch number {
        case 0: self = .allFound
        case 1: self = .everythingRead
        case 2: self = .budgetSpent
        default: return nil
        }
    }
}
