import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

@Suite struct `Owners of sockets in a captured tree` {
    @Test func `are all processes that hold the socket`() {
        let owners = SocketOwners.find([65409, 65416, 65410], root: ProcFixtures.root)
        #expect(owners.holders(of: 65409) == [814, 815])
        #expect(owners.holders(of: 65416) == [815])
        #expect(owners.holders(of: 65410) == [2001])
        #expect(owners.end == .allFound)
        #expect(owners.unseen.isEmpty)
    }

    @Test func `are not there for a socket that nobody holds, and for none`() {
        let owners = SocketOwners.find([0, 999_999], root: ProcFixtures.root)
        #expect(owners.holders(of: 999_999).isEmpty)
        #expect(owners.holders(of: 0).isEmpty)
        #expect(owners.end == .everythingRead)
        let none = SocketOwners.find([0], root: ProcFixtures.root)
        #expect(none.end == .allFound)
        #expect(none.linksRead == 0)
    }

    @Test func `of every socket are the first that hold it`() throws {
        let holders = try SocketHolders.read(root: ProcFixtures.root)
        #expect(holders.processes == [814, 815, 2001])
        #expect(holders[65409] == 0)
        #expect(holders[65416] == 1)
        #expect(holders[65410] == 2)
        #expect(holders[1] == nil)
        #expect(holders.count == 3)
    }

    @Test func `have the name that most of them bear`() {
        let owner = ProcessFacts.owner(of: [2001, 815, 814, 4242], root: ProcFixtures.root)
        #expect(owner.name == "nginx")
        #expect(owner.pids == [814, 815, 2001])
        #expect(owner.unit == "nginx.service")
        #expect(owner.confidence == .certain)
        #expect(ProcessFacts.owner(of: [4242], root: ProcFixtures.root) == .unknown)
    }

    /// systemd keeps the listener that it opened for a service open.
    @Test func `are the service, not systemd, which opened the socket for it`() {
        func owner(_ named: [(pid: Int32, name: String)]) -> Owner {
            ProcessFacts.owner(named, confidence: .certain, reason: "") { "\($0).service" }
        }
        let cups = owner([(1, "systemd"), (540, "cups")])
        #expect(cups.name == "cups" && cups.pids == [540] && cups.unit == "540.service")
        let alone = owner([(1, "systemd")])
        #expect(alone.name == "systemd" && alone.pids == [1] && alone.isActivator)
        #expect(owner([(1, "nginx"), (8, "nginx")]).pids == [1, 8])
    }

    @Test func `in a tree are the service, not systemd, by samples as well`() throws {
        let scratch = try SysctlScratch()
        for (pid, name) in [(1, "systemd"), (540, "cups")] {
            try scratch.write("/proc/\(pid)/comm", name + "\n")
            try scratch.link("/proc/\(pid)/fd/3", to: "socket:[77]")
        }
        let root = Root(path: scratch.path)
        var owners = KnownHolders(owners: SocketOwners.find([77], root: root), root: root)
        let samples = [77, 78].map {
            SocketSample(inode: $0, uid: 0, cgroup: 0, localPort: 80, state: .listen)
        }
        let owner = owners.owner(of: samples, confidence: .certain, reason: "")
        #expect(owner?.name == "cups" && owner?.pids == [540])
        let shares = owners.shares(of: samples)
        #expect(shares.map(\.owner.name) == ["cups"])
        #expect(owners.reasonWithoutOwner("it") == "found no process that holds it")
        withExtendedLifetime(scratch) {}
    }

    @Test func `that cannot be looked for are said to be unseen`() {
        let owners = SocketOwners.find([1], root: Root(path: "/nowhere"))
        #expect(owners.holders(of: 1).isEmpty)
        #expect(owners.unseen.count == 1)
    }
}

@Suite struct `Owners of live sockets` {
    @Test func `include this very process`() throws {
        let socket = try TestSocket()
        let inode = socket.inode
        let owners = SocketOwners.find([inode], root: .host, budget: nil)
        #expect(owners.holders(of: inode).contains(getpid()))
        let holders = try SocketHolders.read(root: .host)
        let index = holders[inode].map(Int.init)
        #expect(index.map { holders.processes[$0] } == getpid())
        withExtendedLifetime(socket) {}
    }

    @Test func `are found behind many other descriptors`() throws {
        // More than the second round visits, so that the third continues where it ended.
        var sockets: [Int: UInt32] = [:]
        var kept: [Keeper] = []
        for index in 0..<700 {
            let keeper = Keeper(try TestSocket())
            sockets[index] = keeper.inode
            kept.append(keeper)
        }
        let owners = SocketOwners.find(sockets.values, root: .host, budget: nil)
        #expect(owners.end == .allFound)
        #expect(sockets.values.allSatisfy { owners.holders(of: $0).contains(getpid()) })

        let few = SocketOwners.find(sockets.values, root: .host, budget: 300)
        #expect(few.end == .budgetSpent)
        #expect(
            KnownHolders(owners: few, root: .host).reasonWithoutOwner("it")
                == "the short search did not find the process that holds it (--processes searches all)"
        )
        #expect(few.linksRead < 600)
        #expect(few.unseen.contains { $0.what.hasPrefix("owners of ") })
        withExtendedLifetime(kept) {}
    }

    @Test func `are found though others are opened meanwhile`() throws {
        let socket = try TestSocket()
        let high = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 4000)
        try #require(high >= 4000)
        defer { close(high) }
        var opened: [Int32] = []
        defer { for number in opened { close(number) } }
        var scan = DescriptorScan(root: .host)
        var met = 0
        _ = scan.visit(getpid(), from: 0, entries: .max) { found in
            // They take the lowest free numbers: met before the highest, and not among those there were at first.
            if opened.isEmpty {
                opened = (0..<40).map { _ in fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 0) }
            }
            if found == socket.inode { met += 1 }
            return true
        }
        #expect(met >= 41)
    }

    @Test func `are found behind a gap in the numbers`() throws {
        let socket = try TestSocket()
        let inode = socket.inode
        let high = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 3000)
        try #require(high >= 3000)
        defer { close(high) }
        var scan = DescriptorScan(root: .host)
        var met = 0
        _ = scan.visit(getpid(), from: 0, entries: .max) { found in
            if found == inode { met += 1 }
            return true
        }
        #expect(met == 2)
        // Gone on with in the gap.
        var last: [UInt32] = []
        _ = scan.visit(getpid(), from: 2900, entries: .max) { found in
            last.append(found)
            return true
        }
        #expect(last.contains(inode))
        withExtendedLifetime(socket) {}
    }

    @Test func `are found by any socket of what is sought`() throws {
        let socket = try TestSocket()
        let inode = socket.inode
        let owners = SocketOwners.find(
            [.init(inodes: [4_000_000_000, inode, 4_000_000_001])], root: .host, budget: nil)
        #expect(owners.end == .allFound)
        #expect(owners.holders(of: inode).contains(getpid()))
        #expect(owners.holders(of: 4_000_000_000).isEmpty)
        withExtendedLifetime(socket) {}
    }

    @Test func `are not sought among all descriptors for what is not pressing`() throws {
        // Beyond what the first two rounds read of a process.
        let socket = try TestSocket()
        let inode = socket.inode
        let high = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 900)
        try #require(high >= 900)
        defer { close(high) }
        var filler: [CInt] = []
        defer { for descriptor in filler { close(descriptor) } }
        for _ in 0..<500 {
            let copy = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
            try #require(copy >= 0)
            filler.append(copy)
        }
        let nobody: UInt32 = 4_000_000_000
        let brief = SocketOwners.find(
            [.init(inodes: [inode]), .init(inodes: [nobody], isPressing: false)], root: .host,
            budget: nil)
        let full = SocketOwners.find(
            [.init(inodes: [inode]), .init(inodes: [nobody])], root: .host, budget: nil)
        #expect(brief.holders(of: inode).contains(getpid()))
        #expect(brief.end == .budgetSpent && full.end == .everythingRead)
        #expect(brief.unseen.contains { $0.what == "owner of one listener or destination" })
        withExtendedLifetime(socket) {}
    }

    @Test func `are named once, however often they hold it and in whichever round`() throws {
        let socket = try TestSocket()
        let inode = socket.inode
        // Two copies beyond the first round; the socket that nobody holds keeps the search going.
        let high = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 400)
        let higher = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 900)
        try #require(high >= 400 && higher >= 900)
        defer {
            close(high)
            close(higher)
        }
        let owners = SocketOwners.find([inode, 4_000_000_000], root: .host, budget: nil)
        let holders = owners.holders(of: inode)
        #expect(Set(holders).count == holders.count)
        #expect(holders.contains(getpid()))
        withExtendedLifetime(socket) {}
    }

    @Test func `include a child that inherited the socket`() throws {
        let child = try ChildProcess(["sh", "-c", "echo ready; read x"])
        #expect(try child.line() == "ready")
        let fd = try Root.host.target(of: "/proc/\(child.pid)/fd/0")
        let inode = unsafe Array(fd.utf8).withUnsafeBytes { unsafe SocketLink.inode($0) }
        let socket = try #require(inode)
        let owners = SocketOwners.find([socket], root: .host, budget: nil)
        #expect(owners.holders(of: socket).contains(child.pid))
    }

    /// Keeps a socket in an array.
    private final class Keeper {
        let socket: TestSocket
        let inode: UInt32
        init(_ socket: consuming TestSocket) {
            inode = socket.inode
            self.socket = socket
        }
    }
}

@Suite(.enabled(if: geteuid() != 0, "only another user than root is refused anything"))
struct `Without rights over other processes` {
    @Test func `their descriptors are counted as unseen`() throws {
        let owners = SocketOwners.find([1], root: .host, budget: nil)
        #expect(owners.end == .everythingRead)
        #expect(
            owners.unseen.contains {
                $0.what.hasPrefix("descriptors of ") && $0.why.contains("run as root")
            })
        let socket = try TestSocket()
        let inode = socket.inode
        #expect(
            SocketOwners.find([inode], root: .host).holders(of: inode).contains(getpid()))
        withExtendedLifetime(socket) {}
    }

    @Test func `their namespaces are counted as unseen`() {
        let (namespaces, unseen) = NetworkNamespaces.list(root: .host)
        #expect(namespaces.contains { ($0.namespace.processes ?? 0) > 0 })
        #expect(unseen.contains { $0.what.hasPrefix("network namespaces of ") })
    }

    @Test func `the initial namespace is known to whoever is in it`() {
        let selected = try? NetworkNamespaces.select("init", root: .host).0
        #expect((selected != nil) == (InitialNamespace.holdsCallingThread() == true))
        #expect(selected?.map(\.namespace.entry) ?? [.here] == [.here])
    }

    @Test func `no namespace is entered`() throws {
        let error = #expect(throws: KernelError.self) {
            try NamespaceThread.run(inside: "/proc/self/ns/net") { 1 }
        }
        #expect(error?.code == EPERM)
        #expect(error?.description.contains("run as root (CAP_SYS_ADMIN)") == true)
    }
}

@Suite(
    .enabled(
        if: Rights.othersMayRunTests,
        "needs root, to become another user, and a toolchain that all users may read"))
struct `As another user` {
    /// A copy: the directory of the tests may be nobody else's.
    @Test func `the tests that need one pass`() throws {
        let child = try ChildProcess([
            "sh", "-c",
            """
            folder=$(mktemp -d) && trap 'rm -r "$folder"' EXIT && chmod 755 "$folder" &&
                install -m 755 "$1" "$folder/tests" &&
                setpriv --reuid 65534 --regid 65534 --clear-groups --bounding-set -all \
                    "$folder/tests" --testing-library swift-testing --filter "$2"
            """, "sh", try Root.host.target(of: "/proc/self/exe"),
            "Without rights over other processes",
        ])
        let (output, status) = try child.finish()
        #expect(status == 0, "\(output)")
        #expect(output.contains("4 tests"), "\(output)")
    }
}
