import HostState
import Testing

@testable import Kernel

@Suite struct `A tally of sockets` {
    /// So many tuples as there are sizes, to one port each; every seventh socket is outside the range.
    private func tally(_ sizes: [Int]) -> SocketTally {
        var tally = SocketTally(range: 32768...60999)
        for (number, size) in sizes.enumerated() {
            for socket in 0..<size {
                var row = SocketRow.established
                row.source = IPAddress("10.0.0.1") ?? .unspecifiedV6
                row.destination = IPAddress("10.0.0.2") ?? .unspecifiedV6
                row.sourcePort = UInt16(socket % 7 == 6 ? 1024 + socket : 32768 + socket)
                row.destinationPort = UInt16(number + 1)
                row.inode = 1
                tally.takeWithoutMessage(row)
            }
        }
        return tally
    }

    @Test(arguments: [0, 1, 2, 7, 64, 299, 300, 400])
    func `keeps the tuples with most ports in use, the first of equals`(limit: Int) {
        // Small ones, ones beyond a byte, and many that are alike.
        let sizes = (0..<300).map { $0 % 50 == 3 ? 200 + $0 : $0 % 9 + 1 }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally(sizes).fill(&snapshot, limit: limit)
        let expected = sizes.enumerated()
            .map { (port: $0.offset + 1, used: $0.element - $0.element / 7, all: $0.element) }
            .sorted { ($0.used, $1.port) > ($1.used, $0.port) }
        #expect(
            snapshot.tuples.map { Int($0.tuple.port) } == expected.prefix(limit).map(\.port))
        #expect(snapshot.tuples.map(\.used) == expected.prefix(limit).map(\.used))
        #expect(
            snapshot.socketsInTuplesLeftOut
                == expected.dropFirst(limit).reduce(0) { $0 + $1.all })
        #expect(snapshot.tupleCount == sizes.count)
    }

    @Test(arguments: [0, 70_000, 10_000_000])
    func `tells very many tuples apart, however many were expected`(expected: Int) {
        let ports = 60_000
        var tally = SocketTally(range: 32768...60999, expecting: expected)
        for round in 1...3 {
            for port in 1...ports {
                var row = SocketRow.established
                row.sourcePort = 40000 + UInt16(round)
                row.destinationPort = UInt16(port)
                row.inode = 1
                tally.expect(row)
                tally.takeWithoutMessage(row)
            }
        }
        // Where many more were expected the table grows in larger steps.
        #expect(tally.wantsNotice == (expected > 2 * ports))
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: ports)
        #expect(snapshot.tupleCount == ports)
        #expect(snapshot.tuples.allSatisfy { $0.states.total == 3 && $0.used == 3 })
        #expect(Set(snapshot.tuples.map(\.tuple.port)).count == ports)
    }

    @Test func `finds the listener of a connection among hundreds of its port`() {
        var tally = SocketTally(range: 32768...60999)
        func take(_ address: IPAddress, _ port: UInt16, _ state: TCPState, isIPv6: Bool = false) {
            var row = SocketRow.established
            row.state = state
            row.source = address
            row.sourcePort = port
            row.isFamilyIPv6 = isIPv6
            row.destinationPort = state == .listen ? 0 : 40000
            tally.takeWithoutMessage(row)
        }
        let addresses = (1...300).map { IPAddress(v4: 0x0a00_0000 + $0) }
        for address in addresses { take(address, 443, .listen) }
        take(.unspecifiedV4, 443, .listen)
        take(.unspecifiedV6, 8443, .listen, isIPv6: true)
        for address in addresses { take(address, 443, .established) }
        for port: UInt16 in [443, 8443, 80] { take(IPAddress(v4: 0xc000_0201), port, .timeWait) }

        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: 10)
        #expect(snapshot.listeners.count == 302)
        for listener in snapshot.listeners {
            let isWildcard = listener.address.isUnspecified
            #expect(listener.states[.established] == (isWildcard ? 0 : 1))
            #expect(listener.states[.timeWait] == (isWildcard ? 1 : 0))
        }
        // Nobody listens on port 80: a connection of this host's own.
        #expect(snapshot.tuples.map(\.states.total) == [1])
    }

    @Test func `keeps the oldest live sockets of a tuple to tell its owner by`() {
        var tally = SocketTally(range: 32768...60999)
        for inode: UInt32 in [900, 40, 800, 700, 30, 600, 50, 20, 500, 0] {
            var row = SocketRow.established
            row.sourcePort = 40000
            row.destinationPort = 80
            row.inode = inode
            tally.takeWithoutMessage(row)
        }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: 1)
        #expect(snapshot.tuples.first?.samples.map(\.inode).sorted() == [20, 30, 40, 50])
        #expect(snapshot.tuples.first?.withoutInode == 1)
    }
}

extension SocketRow {
    /// A live connection of no address yet.
    fileprivate static var established: SocketRow {
        SocketRow(
            state: .established, isFamilyIPv6: false, timer: 0, retransmits: 0, sourcePort: 0,
            destinationPort: 0, source: .unspecifiedV6, destination: .unspecifiedV6, expires: 0,
            receiveQueue: 0, sendQueue: 0, uid: 0, inode: 0)
    }
}
