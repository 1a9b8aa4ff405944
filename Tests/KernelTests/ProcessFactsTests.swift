import Glibc
import Model
import Testing

@testable import Kernel

@Suite struct `Process facts` {
    @Test func `come from the files of the process`() {
        #expect(
            ProcessFacts.read(815, root: ProcFixtures.root)
                == ProcessInUse(
                    pid: 815, name: "nginx", unit: "nginx.service", openFiles: 4,
                    openFilesLimit: 1024))
        #expect(ProcessFacts.read(4242, root: ProcFixtures.root) == nil)
    }

    @Test func `carry a hostile name as it is, and no limit as none`() {
        let facts = ProcessFacts.read(2001, root: ProcFixtures.root)
        #expect(facts?.name == "php\u{1b}[31m\n")
        #expect(facts?.unit == "docker 3f2a9b8c7d6e")
        #expect(facts?.openFilesLimit == nil)
    }

    @Test func `of this process agree with the C library`() throws {
        let facts = try #require(ProcessFacts.read(getpid(), root: .host))
        var limit = rlimit()
        unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        #expect(facts.openFilesLimit == Int(exactly: limit.rlim_cur))
        #expect((facts.openFiles ?? 0) >= 3)
    }

    @Test func `of a live process with an escape in its name`() throws {
        let child = try ChildProcess([
            "sh", "-c", #"printf '\033[31mred\nx' > /proc/$$/comm; echo ready; read x"#,
        ])
        #expect(try child.line() == "ready")
        let facts = try #require(ProcessFacts.read(child.pid, root: .host))
        #expect(facts.name == "\u{1b}[31mred\nx")
        #expect(facts.openFiles == (try Root.host.names(in: "/proc/\(child.pid)/fd").count))
    }

    @Test func `tell kernel threads and zombies from other processes`() throws {
        func has(_ text: String) -> Bool? {
            ProcessStat.hasNoDescriptors(Array(text.utf8).span)
        }
        #expect(has("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0") == true)
        #expect(has("1 (a) Z) S 0 0 0 0 -1 4194560 43481") == false)
        #expect(has("9 (sh) Z 1 9 9 0 -1 4194560 0") == true)
        #expect(has("9 (sh") == nil)
        #expect(has("") == nil)
        let own = try Root.host.bytes(ProcessStat.path(getpid()))
        #expect(ProcessStat.hasNoDescriptors(own.span) == false)
    }
}

@Suite struct `The path of a control group` {
    static let id = "3f2a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a"

    @Test(arguments: [
        ("/system.slice/nginx.service", "nginx.service"),
        ("/system.slice/nginx.service/worker", "nginx.service"),
        ("/user.slice/user-1000.slice/session-3.scope", "session-3.scope"),
        ("/user.slice/user-1000.slice/user@1000.service/app.slice/a.service", "a.service"),
        ("/user.slice/user-1000.slice", "user-1000.slice"),
        ("/init.scope", "init.scope"),
        ("/system.slice/docker-\(id).scope", "docker 3f2a9b8c7d6e"),
        ("/docker/\(id)", "docker 3f2a9b8c7d6e"),
        (
            "/system.slice/docker-\(id).scope/system.slice/a.service",
            "docker 3f2a9b8c7d6e/a.service"
        ),
        ("/machine.slice/libpod-\(id).scope/container", "podman 3f2a9b8c7d6e"),
        ("/kubepods.slice/kubepods-burstable.slice/crio-\(id).scope", "cri-o 3f2a9b8c7d6e"),
        (
            "/kubepods.slice/kubepods-pod0b1c2d3e_0001_0002_0003_000000000004.slice/cri-containerd-\(id).scope",
            "containerd 3f2a9b8c7d6e"
        ),
        ("/system.slice/kubepods-x.slice:cri-containerd:\(id)", "containerd 3f2a9b8c7d6e"),
        (
            "/kubepods/besteffort/pod0b1c2d3e-0001-0002-0003-000000000004/\(id)",
            "kubernetes 3f2a9b8c7d6e"
        ),
        (
            "/kubepods/besteffort/pod0b1c2d3e-0001-0002-0003-000000000004",
            "pod 0b1c2d3e-0001-0002-0003-000000000004"
        ),
        ("/lxc/web", "lxc web"),
        ("/lxc.payload.web/system.slice/nginx.service", "lxc web/nginx.service"),
        ("/ecs/task/\(id)", "container 3f2a9b8c7d6e"),
    ])
    func `names the unit or container`(path: String, unit: String) {
        #expect(ControlGroupPath.unit(path) == unit)
    }

    @Test(arguments: ["", "/", "/../..", "/process", "/docker", "/pod", "/docker/\(id.dropLast())"])
    func `names nothing where it tells nothing`(path: String) {
        #expect(ControlGroupPath.unit(path) == nil)
    }

    @Test func `is chosen by hierarchy`() {
        let both = "9:name=systemd:/init.scope\n4:memory:/docker/\(Self.id)\n0::/a:b/x.service\n"
        #expect(ProcessCgroup.unit(Array(both.utf8).span) == "x.service")
        let old = "9:name=systemd:/\n4:memory:/docker/\(Self.id)\n0::/\n"
        #expect(ProcessCgroup.unit(Array(old.utf8).span) == "docker 3f2a9b8c7d6e")
    }
}

@Suite struct `Control groups by number` {
    @Test func `are found in the tree that is mounted`() throws {
        var names = CgroupNames(root: .host)
        let mount =
            Root.host.exists("/sys/fs/cgroup/cgroup.controllers")
            ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified"
        let inode = try #require(Root.host.inode(of: mount))
        let found = [inode, 0, .max].map { names.path(of: $0) }
        #expect(found == ["/", nil, nil])
    }

    @Test(.enabled(if: Rights.isRoot, "needs root, to make a control group"))
    func `are found below it`() throws {
        let mount =
            Root.host.exists("/sys/fs/cgroup/cgroup.controllers")
            ? "/sys/fs/cgroup" : "/sys/fs/cgroup/unified"
        let parent = mount + "/tcptune-test-\(getpid()).slice"
        let child = parent + "/web.service"
        try #require(unsafe mkdir(parent, 0o755) == 0)
        defer { unsafe rmdir(parent) }
        try #require(unsafe mkdir(child, 0o755) == 0)
        defer { unsafe rmdir(child) }
        let inode = try #require(Root.host.inode(of: child))
        var names = CgroupNames(root: .host)
        let path = names.path(of: inode)
        let unit = names.unit(of: inode)
        #expect(path == "/tcptune-test-\(getpid()).slice/web.service")
        #expect(unit == "web.service")
        var capped = CgroupNames(root: .host, limit: 1)
        let unreached = capped.path(of: inode)
        #expect(unreached == nil)
    }
}

@Suite struct `A table of inodes` {
    @Test func `gives back what was stored, and keeps the first`() {
        var table = InodeTable()
        var refused = 0
        for inode in UInt32(1)...100_000 where !table.insert(inode &* 7, Int32(inode)) {
            refused += 1
        }
        #expect(refused == 0)
        let again = table.insert(7, 99)
        let none = table.insert(0, 1)
        #expect(!again && !none)
        #expect(table.count == 100_000)
        #expect((UInt32(1)...100_000).allSatisfy { table[$0 &* 7] == Int32($0) })
        #expect(table[0] == nil)
        #expect(table[3] == nil)
        #expect(table[.max] == nil)
    }
}
