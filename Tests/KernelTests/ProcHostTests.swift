import Glibc
import Model
import Testing

@testable import Kernel

@Suite struct `Host facts` {
    @Test func `of a captured tree come from its files`() {
        let (host, unseen) = HostFacts.read(root: ProcFixtures.root)
        #expect(unseen.isEmpty)
        #expect(
            host
                == Host(
                    name: "web-3", kernel: "6.18.44", machine: "x86_64",
                    bootID: "0b9c5a3e-61d4-4f0e-9a57-3c1d2e4f5a6b", processors: 2,
                    memory: [
                        "MemTotal": 24_684_084 * 1024, "MemFree": 22_758_224 * 1024,
                        "MemAvailable": 24_138_788 * 1024, "Buffers": 80684 * 1024,
                        "Cached": 1_396_720 * 1024, "Slab": 239_164 * 1024,
                        "Hugepagesize": 2048 * 1024,
                    ], files: FileTable(allocated: 730, maximum: 2_466_170),
                    pressure: ["cpu": 14.64, "memory": 0, "io": 1.61], pageSize: 4096))
    }

    @Test func `that are missing are absent and named`() {
        let (host, unseen) = HostFacts.read(root: Root(path: "/nowhere"))
        #expect(host.name == "unknown")
        #expect(host.memory.isEmpty)
        #expect(host.files == nil)
        #expect(host.processors == nil)
        #expect(host.bootID == nil)
        #expect(host.pressure.isEmpty)
        #expect(
            unseen.map(\.what) == [
                "release of the kernel", "memory of the host", "open files of the host",
            ])
    }

    @Test func `of this machine agree with the C library`() throws {
        let (host, unseen) = HostFacts.read(root: .host)
        #expect(unseen.isEmpty)
        #expect(host.processors == sysconf(CInt(_SC_NPROCESSORS_ONLN)))
        let pages = Int64(sysconf(CInt(_SC_PHYS_PAGES)))
        #expect(host.memory["MemTotal"] == pages * Int64(try #require(host.pageSize)))
        #expect(!host.kernel.isEmpty && host.kernel == host.kernel.filter { $0 != "\0" })
        #expect(host.bootID?.count == 36)
    }

    @Test(arguments: [
        ("0", 1), ("0-1", 2), ("0-3,6", 5), ("0,2-3,5\n", 4), ("7-7", 1),
        ("", nil), ("\n", nil), ("3-1", nil), ("a", nil), ("0-", nil), ("0,,1", nil),
        ("-1", nil), ("0-99999999", nil), ("0,", nil),
    ])
    func `count processors in ranges`(text: String, count: Int?) {
        #expect(ProcessorsOnline.parse(Array(text.utf8).span) == count)
    }

    @Test func `take pressure from the line of those that wait`() {
        let text = "full avg10=9.99 avg60=1\nsome avg10=0.25 avg60=0.11 avg300=0.05 total=1\n"
        #expect(Pressure.parse(Array(text.utf8).span) == 0.25)
        #expect(Pressure.parse(Array("some avg10=nan\n".utf8).span) == nil)
        #expect(Pressure.parse(Array("some avg10=101\n".utf8).span) == nil)
    }
}
