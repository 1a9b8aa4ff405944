import Glibc
import Model
import Testing

@testable import Kernel

/// A socket of the test's own on 127.0.0.1.
private final class LoopbackSocket {
    let descriptor: CInt

    init() { descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0) }

    private init(_ descriptor: CInt) { self.descriptor = descriptor }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    /// Listens on a port of the kernel's choice and tells which.
    func listen(backlog: CInt) -> UInt16 {
        var address = Self.address(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = unsafe bind(descriptor, pointer, size)
                _ = Glibc.listen(descriptor, backlog)
                _ = unsafe getsockname(descriptor, pointer, &size)
            }
            return unsafe UInt16(bigEndian: pointer.pointee.sin_port)
        }
    }

    func connect(to port: UInt16) -> Bool {
        var address = Self.address(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe Glibc.connect(descriptor, pointer, size) == 0
            }
        }
    }

    func accepted() -> LoopbackSocket { LoopbackSocket(accept(descriptor, nil, nil)) }

    deinit { close(descriptor) }
}

@Suite struct `A survey of sockets` {
    private func survey(_ change: (inout SocketSurvey) -> Void = { _ in }) throws -> Snapshot {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: "own"), time: 0, uptime: 0, source: .none)
        var survey = SocketSurvey()
        change(&survey)
        try survey.read(into: &snapshot)
        return snapshot
    }

    @Test(arguments: [1, 2])
    func `finds listener, waiting connections and tuple`(threads: Int) throws {
        let listener = LoopbackSocket()
        let port = listener.listen(backlog: 7)
        let clients = (0..<3).map { _ in LoopbackSocket() }
        for client in clients { #expect(client.connect(to: port)) }
        let snapshot = try survey { $0.threads = threads }

        let found = try #require(snapshot.listeners.first { $0.port == port })
        #expect(found.address == IPAddress("127.0.0.1"))
        #expect(found.queue == 3)
        #expect(found.backlog == 7)
        #expect(found.states[.established] == 3)
        #expect(found.withoutInode == 3, "nobody has accepted them")
        #expect(found.topPeers.first?.address == IPAddress("127.0.0.1"))
        let ledger = try #require(snapshot.tuples.first { $0.tuple.port == port })
        #expect(ledger.states[.established] == 3)
        #expect(ledger.samples.count == 3)
        #expect(ledger.samples.allSatisfy { $0.inode != 0 && $0.uid == getuid() })
    }

    @Test func `redraws closings from the age of TIME_WAIT`() throws {
        let listener = LoopbackSocket()
        let port = listener.listen(backlog: 8)
        for _ in 0..<5 {
            let client = LoopbackSocket()
            #expect(client.connect(to: port))
            let server = listener.accepted()
            shutdown(client.descriptor, CInt(SHUT_WR))
            _ = server
        }
        let ledger = try #require(try survey().tuples.first { $0.tuple.port == port })
        #expect(ledger.states[.timeWait] == 5)
        #expect(ledger.closings.count == 61)
        #expect(ledger.closings.prefix(3).reduce(0, +) == 5)
    }

    @Test func `of listeners alone counts no connection`() throws {
        let listener = LoopbackSocket()
        let port = listener.listen(backlog: 8)
        let client = LoopbackSocket()
        #expect(client.connect(to: port))
        let snapshot = try survey { $0.listenersOnly = true }
        #expect(snapshot.listeners.contains { $0.port == port })
        #expect(snapshot.states.total == snapshot.states[.listen])
        #expect(snapshot.tuples.isEmpty)
    }
}
