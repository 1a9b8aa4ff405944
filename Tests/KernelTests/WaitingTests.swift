import Glibc
import Model
import Testing

@testable import Kernel

@Suite struct `Waiting` {
    @Test func `for a deadline ends when it is there, and at once when it has passed`() throws {
        let timer = try DeadlineTimer.make()
        let deadline = BootClock.now + 0.3
        try timer.set(to: deadline)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 60) == [true])
        #expect(BootClock.now >= deadline)
        // Set anew it waits anew.
        try timer.set(to: BootClock.now + 60)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 0) == [false])
        try timer.set(to: 0)
        #expect(try Waitable.wait(for: [timer.waitable], atMost: 60) == [true])
    }

    /// A socket on 127.0.0.1 that does not listen yet, for the caller to close, and its port.
    private func boundSocket() -> (descriptor: CInt, port: UInt16) {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe _ = bind(descriptor, $0, length)
                unsafe _ = getsockname(descriptor, $0, &length)
            }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    @Test func `for a connection tells whether it comes about`() throws {
        let (listener, port) = boundSocket()
        defer { close(listener) }
        let probe = try #require(TCPProbe("tcp:127.0.0.1:\(port)"))
        #expect(throws: KernelError.self, "its address is not known yet") { try probe.attempt() }
        let known = try probe.resolved()
        #expect(known.addresses == ["127.0.0.1"] && !known.hasName)
        #expect(throws: KernelError.self) { try known.attempt() }
        #expect(listen(listener, 8) == 0)
        try known.attempt()
        let named = try #require(TCPProbe("tcp:localhost:\(port)")).resolved()
        #expect(named.addresses.contains("127.0.0.1") && named.hasName)
        try named.attempt()
        var several = known
        several.addresses = ["127.0.0.2", "127.0.0.1"]
        try several.attempt()
    }

    @Test func `for a connection that hangs ends in time, and holds nobody meanwhile`() throws {
        let (listener, port) = boundSocket()
        defer { close(listener) }
        #expect(listen(listener, 0) == 0)
        let probe = try #require(TCPProbe("tcp:127.0.0.1:\(port)")).resolved()
        // Until the queue is full: one more than the backlog, and its SYNs are dropped from then on.
        var fillers: [ProbeAttempt] = []
        for _ in 0..<4 { fillers.append(ProbeAttempt(probe, until: .infinity)) }
        let attempt = ProbeAttempt(probe, until: BootClock.now + 2)
        guard case .underWay = attempt.look() else {
            Issue.record("decided at once")
            return
        }
        #expect(try Waitable.wait(for: attempt.waitables, atMost: 2.1) == [false])
        guard case .failed(let error) = attempt.look() else {
            Issue.record("not given up")
            return
        }
        #expect(error.code == ETIMEDOUT)
        #expect(attempt.waitables.isEmpty && attempt.nextLook == 0)
        withExtendedLifetime(fillers) {}
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
        #expect(
            ProcessIdentity(pid: own.pid, started: own.started + 1).isAlive, "a tick of rounding")
        #expect(!ProcessIdentity(pid: own.pid, started: own.started + 2).isAlive)
        #expect(ProcessIdentity(pid: 0) == nil)
    }
}
