import FoundationEssentials
import Glibc
import Model
import ScratchFiles
import Testing

@testable import Kernel

@Suite struct `Reading a sysctl` {
    @Test func `gives the kernel's text without its final newline`() throws {
        var reader = SysctlReader()
        let key = try #require(SysctlKey("net.ipv4.ip_local_port_range"))
        guard case .value(let text) = reader.read(key) else {
            Issue.record("the port range can be read by anyone")
            return
        }
        #expect(text + "\n" == (try Root.host.text(key.file)))
        #expect(text.contains("\t") && !text.contains("\n"))
    }

    @Test func `tells absent from unreadable`() throws {
        let scratch = try SysctlScratch()
        try scratch.write("/proc/sys/net/core/somaxconn", "4096\n")
        try scratch.write("/proc/sys/net/ipv4/tcp_fastopen_key", "secret\n")
        try scratch.link("/proc/sys/net/core/loop", to: "loop")
        var reader = SysctlReader(root: Root(path: scratch.path))
        func read(_ name: String) throws -> SysctlReader.Reading {
            reader.read(try #require(SysctlKey(name)))
        }
        #expect(try read("net.core.somaxconn") == .value("4096"))
        #expect(try read("net.core.nothing") == .absent)
        #expect(try read("net.core.somaxconn.below") == .absent)
        #expect(try read("net.core") == .absent)
        #expect(try read("net.core.loop") == .unreadable)
        #expect(try read("net.ipv4.tcp_fastopen_key") == .unreadable)
        #expect(try read("net.ipv6.conf.all.stable_secret") == .absent)
    }

    @Test func `does not wait at a FIFO`() throws {
        let scratch = try SysctlScratch()
        try scratch.directory("/proc/sys/net/core")
        #expect(unsafe mkfifo(scratch.path + "/proc/sys/net/core/somaxconn", 0o600) == 0)
        var reader = SysctlReader(root: Root(path: scratch.path))
        let key = try #require(SysctlKey("net.core.somaxconn"))
        #expect(reader.read(key) == .unreadable)
    }

    @Test func `takes text longer than its buffer, and keeps all but one newline`() throws {
        let scratch = try SysctlScratch()
        for count in [0, 1, 4095, 4096, 4097, 9000] {
            let text = String(repeating: "7", count: count)
            try scratch.write("/proc/sys/kernel/long", text + "\n\n")
            var reader = SysctlReader(root: Root(path: scratch.path))
            let key = try #require(SysctlKey("kernel.long"))
            #expect(reader.read(key) == .value(text + "\n"))
        }
    }

    @Test(.enabled(if: SysctlScratch.canUnshare, "needs root to make a network namespace"))
    func `gets a list of reserved ports that no page holds`() throws {
        // Every third port: 21 504 entries, 126 KiB of text. A shorter first read would cut it without a word.
        let ports = stride(from: 1025, to: 65535, by: 3).map(String.init)
        let path = "/proc/sys/net/ipv4/ip_local_reserved_ports"
        let key = try #require(SysctlKey("net.ipv4.ip_local_reserved_ports"))
        let home = unsafe open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
        try #require(home >= 0)
        defer { close(home) }
        // Nothing below suspends, so the thread is back home before anything else runs on it.
        try #require(enterNewNamespace(0x4000_0000) == 0)
        let file = unsafe open(path, O_WRONLY | O_CLOEXEC)
        for start in stride(from: 0, to: ports.count, by: 500) {
            let part = ports[start..<min(start + 500, ports.count)].joined(separator: ",") + "\n"
            #expect(unsafe write(file, part, part.utf8.count) == part.utf8.count)
        }
        close(file)
        var reader = SysctlReader()
        let reading = reader.read(key)
        try #require(goBack(home, 0x4000_0000) == 0)
        #expect(reading == .value(ports.joined(separator: ",")))
    }
}

/// unshare(2), hidden without _GNU_SOURCE.
@_silgen_name("unshare") private func enterNewNamespace(_ flags: CInt) -> CInt
/// setns(2), hidden without _GNU_SOURCE.
@_silgen_name("setns") private func goBack(_ descriptor: CInt, _ kind: CInt) -> CInt
