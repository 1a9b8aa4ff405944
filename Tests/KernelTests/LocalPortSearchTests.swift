import Glibc
import Model
import Testing

@testable import Kernel

@Suite struct `A search for who holds a local port` {
    @Test func `finds this process and its listener, and nothing on another port`() throws {
        let server = try TestSocket()
        let port = UInt16(20_000 + getpid() % 10_000)
        try server.listen(on: port)
        let holders = try LocalPortSearch.holders(of: [port], namespaces: nil)
        let own = try #require(holders.first { $0.row.state == .listen })
        #expect(holders.allSatisfy { $0.row.sourcePort == port })
        #expect(own.owner.pids == [getpid()])
        #expect(own.owner.confidence == .certain)
        #expect(try LocalPortSearch.holders(of: [], namespaces: nil).isEmpty)
    }
}
