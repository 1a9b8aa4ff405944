import Glibc
import Model
import Testing
import Text

@testable import Kernel

@Suite(.enabled(if: Rights.isRoot, "needs root, to make network namespaces"))
struct `Network namespaces` {
    /// A shell in a namespace of its own, with its loopback up.
    private func inhabited() throws -> ChildProcess {
        let child = try ChildProcess([
            "unshare", "-n", "sh", "-c", "ip link set lo up; echo ready; read x",
        ])
        #expect(try child.line() == "ready")
        return child
    }

    private func find(_ pid: pid_t) throws -> NetworkNamespace? {
        let inode = try NamespaceLink.read("\(pid)", root: .host)
        return NetworkNamespaces.list(root: .host).0.first { $0.namespace.inode == inode }
    }

    @Test func `of processes are found, and gone with them`() throws {
        var inode: UInt64 = 0
        do {
            let child = try inhabited()
            let found = try #require(try find(child.pid))
            inode = found.namespace.inode
            #expect(found.namespace.processes == 1)
            #expect(found.namespace.isInit == false)
            #expect(found.namespace.name == "sh \(child.pid)")
            #expect(found.path == "/proc/\(child.pid)/ns/net")
            #expect(found.namespace.entry == .process(child.pid))
            withExtendedLifetime(child) {}
        }
        let (after, _) = NetworkNamespaces.list(root: .host)
        #expect(!after.contains { $0.namespace.inode == inode })
    }

    @Test func `begin with that of process 1`() throws {
        let (all, _) = NetworkNamespaces.list(root: .host)
        let first = try #require(all.first)
        #expect(first.namespace.name == "init")
        #expect(first.namespace.isInit == true)
        #expect(first.namespace.inode == (try InitialNamespace.read(root: .host).inode))
        #expect(first.namespace.entry == .here)
        #expect(Set(all.map(\.namespace.inode)).count == all.count)
    }

    @Test func `are entered by a thread of its own, which leaves the caller where it is`() throws {
        let child = try inhabited()
        let target = try NamespaceLink.read("\(child.pid)", root: .host)
        let before = try NamespaceLink.read("thread-self", root: .host)
        let result = try NamespaceThread.run(inside: "/proc/\(child.pid)/ns/net") {
            () throws(KernelError) in
            let socket = try TestSocket()
            try socket.listen()
            var listeners: [SocketFacts] = []
            try NetTCP.read(root: .host, isIPv6: false) { listeners.append(SocketFacts($0)) }
            let own = try NamespaceLink.read("thread-self", root: .host)
            let (counters, _) = CounterFiles.read(root: .host)
            let current = try NetworkNamespaces.current(root: .host)
            return Inside(
                namespace: own, inode: socket.inode, sockets: listeners,
                inUse: counters["sockstat.TCP", "inuse"], current: current.namespace.inode)
        }
        #expect(result.namespace == target)
        #expect(result.current == target)
        // The namespace is empty but for this one listener: all that is read must be of it.
        #expect(result.sockets.count == 1)
        #expect(result.sockets.first?.inode == result.inode)
        #expect(result.sockets.first?.state == .listen)
        #expect(result.inUse == 1)
        #expect(try NamespaceLink.read("thread-self", root: .host) == before)
    }

    @Test func `show the sockets that ss shows`() throws {
        let child = try inhabited()
        let (rows, lines) = try NamespaceThread.run(inside: "/proc/\(child.pid)/ns/net") {
            () throws(KernelError) in
            let server = try TestSocket()
            try server.listen(on: 8080)
            let waiting = try TestSocket()
            let open = try TestSocket()
            let leftByPeer = try TestSocket()
            try waiting.connect(to: 8080)
            let first = try server.accept()
            try open.connect(to: 8080)
            let second = try server.accept()
            try leftByPeer.connect(to: 8080)
            _ = try server.accept()
            discard(waiting)
            discard(first)

            // The acknowledgement of a FIN may take 40 ms.
            var rows = try shownByProc()
            for _ in 0..<100 where rows.contains(where: { $0.hasPrefix("FIN_WAIT1") }) {
                usleep(10_000)
                rows = try shownByProc()
            }
            let (output, _) = try ChildProcess(["ss", "-tanH"]).finish()
            withExtendedLifetime(open) {}
            withExtendedLifetime(second) {}
            withExtendedLifetime(leftByPeer) {}
            return (rows, output)
        }
        let words = ["ESTAB": "ESTABLISHED", "FIN-WAIT-2": "FIN_WAIT2", "FIN-WAIT-1": "FIN_WAIT1"]
        let shown = lines.split(separator: "\n").map { line in
            let columns = line.split(separator: " ").map(String.init)
            let state = words[columns[0]] ?? String(columns[0].map { $0 == "-" ? "_" : $0 })
            return "\(state) \(columns[3]) \(columns[4]) \(columns[1])"
        }
        #expect(rows == shown.sorted())
        #expect(
            Set(rows.map { $0.prefix { $0 != " " } })
                == ["LISTEN", "ESTABLISHED", "TIME_WAIT", "FIN_WAIT2", "CLOSE_WAIT"])
    }

    private struct Inside: Sendable {
        var namespace: UInt64
        var inode: UInt32
        var sockets: [SocketFacts]
        var inUse: Int64?
        var current: UInt64
    }

    @Test func `are told from the initial one by what that alone has`() throws {
        let child = try inhabited()
        let inside = try NamespaceThread.run(inside: "/proc/\(child.pid)/ns/net") {
            InitialNamespace.holdsCallingThread()
        }
        #expect(inside == false)
        let path = try InitialNamespace.read(root: .host).path
        let initial = try NamespaceThread.run(inside: path) {
            InitialNamespace.holdsCallingThread()
        }
        #expect(initial == (ProcessNamespace.isInitial(root: .host) == true))
    }

    @Test func `that only a mount keeps are found by it`() throws {
        let path = "/tmp/tcptune-mounted-\(getpid()) x"
        close(unsafe open(path, O_CREAT | O_RDONLY, 0o600))
        let mounted = try ChildProcess([
            "unshare", "-n", "mount", "--bind", "/proc/self/ns/net", path,
        ]).finish()
        defer {
            _ = try? ChildProcess(["umount", path]).finish()
            unsafe unlink(path)
        }
        try #require(mounted.status == 0)
        let (all, _) = NetworkNamespaces.list(root: .host)
        let found = try #require(all.first { $0.path == path })
        #expect(found.namespace.name == path)
        #expect(found.namespace.processes == 0)
        #expect(found.namespace.entry == .path(path))
        #expect(
            try NamespaceThread.run(inside: path) { InitialNamespace.holdsCallingThread() } == false
        )
    }

    @Test func `hand on the error of what was done inside`() throws {
        let error = #expect(throws: KernelError.self) {
            try NamespaceThread.run(inside: "/proc/self/ns/net") { () throws(KernelError) -> Int in
                throw KernelError("do", "something", code: EIO)
            }
        }
        #expect(error == KernelError("do", "something", code: EIO))
    }

    @Test func `of another kind are refused`() throws {
        let error = #expect(throws: KernelError.self) {
            try NamespaceThread.run(inside: "/proc/self/ns/mnt") { 1 }
        }
        #expect(error?.code == EINVAL)
        #expect(throws: KernelError.self) {
            try NamespaceThread.run(inside: "/nowhere") { 1 }
        }
    }

    @Test func `with a name are found by it, without a process`() throws {
        let name = "tcptune-test-\(getpid())"
        #expect(try ChildProcess(["ip", "netns", "add", name]).finish().status == 0)
        var isThere = true
        func remove() throws {
            if isThere { _ = try ChildProcess(["ip", "netns", "delete", name]).finish() }
            isThere = false
        }
        defer { try? remove() }
        let (all, _) = NetworkNamespaces.list(root: .host)
        let found = try #require(all.first { $0.namespace.name == name })
        #expect(found.namespace.processes == 0)
        #expect(found.path == "/run/netns/\(name)")
        #expect(found.namespace.entry == .named(name))
        let (selected, _) = try NetworkNamespaces.select(name, root: .host)
        #expect(selected.map(\.namespace.inode) == [found.namespace.inode])

        let miss = #expect(throws: KernelError.self) {
            try NetworkNamespaces.select("tcptune-tset-\(getpid())", root: .host)
        }
        #expect(miss?.description.contains("did you mean \(name)") == true)
        try remove()
        #expect(!NetworkNamespaces.list(root: .host).0.contains { $0.namespace.name == name })
    }

    @Test func `are selected by what they are called`() throws {
        let child = try inhabited()
        let inode = try NamespaceLink.read("\(child.pid)", root: .host)
        for text in ["\(child.pid)", "/proc/\(child.pid)/ns/net", "sh \(child.pid)"] {
            let (selected, _) = try NetworkNamespaces.select(text, root: .host)
            #expect(selected.map(\.namespace.inode) == [inode])
        }
        let (initial, _) = try NetworkNamespaces.select("init", root: .host)
        #expect(initial.map(\.namespace.isInit) == [true])
        let (all, _) = try NetworkNamespaces.select("all", root: .host)
        #expect(all.count >= 2)
    }

    @Test(arguments: ["4194999", "/etc/hostname", "/nowhere", "", "-1", "no such name"])
    func `that are not there are refused`(text: String) {
        #expect(throws: KernelError.self) { try NetworkNamespaces.select(text, root: .host) }
    }
}

@Suite struct `Network namespaces of a captured tree` {
    @Test func `are told apart by their links`() {
        let (all, unseen) = NetworkNamespaces.list(root: ProcFixtures.root)
        #expect(unseen.isEmpty)
        #expect(
            all.map(\.namespace) == [
                Namespace(
                    inode: 4_026_531_840, name: "init", isInit: true, processes: 3,
                    entry: .elsewhere),
                Namespace(
                    inode: 4_026_532_331, name: "php\u{1b}[31m\n 2001", isInit: false,
                    processes: 1, entry: .elsewhere),
            ])
        #expect(all.allSatisfy { $0.path == nil })
    }

    @Test func `are read from such links only`() {
        #expect(NamespaceLink.inode("net:[4026531840]") == 4_026_531_840)
        for text in [
            "", "net:[]", "net:[", "mnt:[4]", "net:[-4]", "net:[4", "net:[99999999999999999999]",
        ] {
            #expect(NamespaceLink.inode(text) == nil)
        }
    }
}

@Suite struct `Mounts of namespaces` {
    @Test func `are read where their file system is that of namespaces`() {
        let text = """
            25 1 0:23 / /proc rw,nosuid shared:12 - proc proc rw
            36 35 0:4 net:[4026532281] /run/docker/netns/5f2a rw shared:9 master:1 - nsfs nsfs rw
            37 35 0:4 net:[4026532282] /tmp/a\\040b rw - nsfs nsfs rw
            38 35 0:4 mnt:[4026532283] /run/snapd/ns/x rw - nsfs nsfs rw
            39 35 0:5 net:[4026532284] /tmp/c rw - tmpfs net rw
            40 35 net:[1]
            """
        #expect(
            MountedNamespaces.parse(Array(text.utf8)) == [
                .init(inode: 4_026_532_281, path: "/run/docker/netns/5f2a"),
                .init(inode: 4_026_532_282, path: "/tmp/a b"),
            ])
    }
}

@Suite struct `The order of names` {
    @Test(arguments: [
        ("web-2", "web-10"), ("web-9", "web-10"), ("a", "b"), ("web", "web-1"), ("2", "10"),
        ("a1b2", "a1b10"), ("v1", "w0"), ("x99999999999999999998", "x99999999999999999999"),
    ])
    func `is that in which people count`(_ first: String, _ second: String) {
        #expect(NaturalOrder.isBefore(first, second))
        #expect(!NaturalOrder.isBefore(second, first))
    }

    @Test func `puts nothing before itself`() {
        for name in ["", "web-2", "7", "02"] { #expect(!NaturalOrder.isBefore(name, name)) }
    }
}

@Suite struct `Near misses` {
    @Test func `are a few letters away, or begin alike`() {
        let names = ["all", "init", "web-frontend", "web-backend", "db"]
        #expect(NearMiss.nearest(to: "inti", among: names) == ["init"])
        #expect(NearMiss.nearest(to: "ixyt", among: names) == [])
        #expect(NearMiss.nearest(to: "int", among: names) == ["init"])
        #expect(NearMiss.nearest(to: "web", among: names) == ["web-backend", "web-frontend"])
        #expect(NearMiss.nearest(to: "web-frontnd", among: names) == ["web-frontend"])
        #expect(NearMiss.nearest(to: "", among: names) == [])
    }
}

/// Each row of `/proc/net/tcp` the way `ss` shows it: state, both ends, receive queue.
private func shownByProc() throws(KernelError) -> [String] {
    var rows: [String] = []
    try NetTCP.read(root: .host, isIPv6: false) {
        let source = $0.source.with(port: $0.sourcePort)
        let destination =
            $0.state == .listen ? "0.0.0.0:*" : $0.destination.with(port: $0.destinationPort)
        rows.append("\($0.state.name) \(source) \(destination) \($0.receiveQueue)")
    }
    return rows.sorted()
}

/// Closes the socket here and not later.
private func discard(_ socket: consuming TestSocket) {}
