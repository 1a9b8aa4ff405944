import Glibc
import Testing

@testable import Kernel

@Suite struct `Waiting` {
    @Test func `for a deadline ends when it is there, and at once when it has passed`() throws {
        let timer = try DeadlineTimer.make()
        try timer.set(to: BootClock.now + 0.1)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 0.02) == [false])
        let began = BootClock.now
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 5) == [true])
        #expect(BootClock.now - began < 2)
        // Set anew it waits anew.
        try timer.set(to: BootClock.now + 60)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 0) == [false])
        try timer.set(to: 0)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 5) == [true])
    }

    @Test func `for a connection tells whether it comes about`() throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe _ = bind(listener, $0, length)
                unsafe _ = getsockname(listener, $0, &length)
            }
        }
        let port = UInt16(bigEndian: address.sin_port)
        let probe = try #require(TCPProbe("tcp:127.0.0.1:\(port)"))
        #expect(throws: KernelError.self) { try probe.attempt() }
        #expect(listen(listener, 8) == 0)
        try probe.attempt()
        try #require(TCPProbe("tcp:localhost:\(port)")).attempt()
    }

    @Test func `is for what has a host and a port`() {
        #expect(TCPProbe("tcp:[::1]:22")?.description == "tcp:[::1]:22")
        #expect(TCPProbe("tcp:::1:22")?.host == "::1")
        #expect(TCPProbe("tcp:example.org:443")?.port == "443")
        for text in [
            "", "tcp:", "tcp:x", "tcp:x:0", "tcp:x:65536", "udp:x:1", "tcp::1", "tcp:a b:1", "x:1",
        ] {
            #expect(TCPProbe(text) == nil)
        }
    }

    @Test func `on a process knows it from a later one of its number`() throws {
        let own = ProcessIdentity.own
        #expect(own.isAlive)
        #expect(!ProcessIdentity(pid: own.pid, started: own.started + 1).isAlive)
        #expect(ProcessIdentity(pid: 0) == nil)
    }
}
