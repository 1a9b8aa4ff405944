import Model
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
        var tally = tally(sizes)
        tally.fill(&snapshot, limit: limit)
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

    private func snapshot(_ tally: SocketTally) -> Snapshot {
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        var tally = tally
        tally.fill(&snapshot, limit: 10)
        return snapshot
    }

    private func outgoing(_ port: Int, interface: UInt32 = 0) -> SocketRow {
        var row = SocketRow.established
        row.source = IPAddress("10.0.0.1") ?? .unspecifiedV6
        row.destination = IPAddress("10.0.0.2") ?? .unspecifiedV6
        row.sourcePort = UInt16(port)
        row.destinationPort = 443
        row.inode = UInt32(port)
        row.interface = interface
        return row
    }

    @Test func `counts no reserved port among those that connect() chose`() throws {
        var tally = SocketTally(range: 40000...40199, reserved: PortSet("40000-40119,50000\n"))
        for port in 40000..<40130 { tally.takeWithoutMessage(outgoing(port)) }
        let snapshot = snapshot(tally)
        let ledger = try #require(snapshot.tuples.first)
        #expect(ledger.used == 10 && ledger.outsideRange == 120 && ledger.evenPorts == 5)
        #expect(snapshot.sourcePorts?.first?.distinct == 10)
        #expect(PortSet("\n") == nil)
        #expect(PortSet("1,3-5")?.members == [1, 3, 4, 5])
    }

    @Test func `tells how many sockets of a tuple share an interface at most`() throws {
        var tally = SocketTally(range: 32768...60999)
        for port in 0..<60 { tally.takeWithoutMessage(outgoing(40000 + port, interface: 2)) }
        #expect(snapshot(tally).tuples.first?.onOneInterface == nil)
        var other = tally.emptied()
        for port in 0..<50 { other.takeWithoutMessage(outgoing(40000 + port, interface: 3)) }
        tally.add(other)
        #expect(snapshot(tally).tuples.first?.onOneInterface == 60)
    }

    @Test func `counts connects whose SYN was sent again`() throws {
        var tally = SocketTally(range: 32768...60999)
        for port in 0..<10 {
            var row = outgoing(40000 + port)
            row.state = .synSent
            row.timer = 1
            row.retransmits = port < 3 ? 1 : 0
            tally.takeWithoutMessage(row)
        }
        #expect(snapshot(tally).tuples.first?.unanswered == 3)
    }

    @Test func `adds up the queues of a port, and the connections with data unread`() throws {
        var tally = SocketTally(range: 32768...60999)
        for queue in [3, 7, 0] {
            var row = SocketRow.established
            row.state = .listen
            row.sourcePort = 80
            row.receiveQueue = UInt32(queue)
            row.sendQueue = 128
            row.inode = UInt32(queue + 1)
            tally.takeWithoutMessage(row)
        }
        for number in 0..<6 {
            var row = SocketRow.established
            row.sourcePort = 80
            row.destinationPort = UInt16(50000 + number)
            row.inode = number == 0 ? 0 : 7
            row.receiveQueue = number < 4 ? 20 : 0
            tally.takeWithoutMessage(row)
        }
        let listener = try #require(snapshot(tally).listeners.first)
        #expect(listener.queued == 10 && listener.queue == 7 && listener.sockets == 3)
        #expect(listener.unread == 3)
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
        // Nobody listens on port 80 any more: no program connects from there to a client's port.
        #expect(snapshot.tuples.isEmpty)
        #expect(snapshot.formerListeners?.map(\.port) == [80])
    }

    @Test func `keeps the oldest live sockets of a tuple to tell its owner by`() throws {
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
        let samples = try #require(snapshot.tuples.first?.samples.map(\.inode))
        #expect(samples.prefix(4).sorted() == [20, 30, 40, 50])
        #expect(samples.count <= 12)
        #expect(samples.contains { $0 >= 500 }, "others, spread over all, tell of other programs")
        #expect(Set(samples).count == samples.count)
        #expect(snapshot.tuples.first?.withoutInode == 1)
    }

    /// A snapshot of connections from 10.0.0.1, a local port, a destination's number and its port each.
    private func snapshot(
        _ rows: [(local: Int, destination: Int, port: Int)], state: TCPState = .timeWait,
        range: ClosedRange<UInt16> = 32768...60999, parts: Int = 1
    ) -> Snapshot {
        var whole = SocketTally(range: range)
        var part = whole.emptied()
        for (number, one) in rows.enumerated() {
            var row = SocketRow.established
            row.state = state
            row.source = IPAddress(v4: 0x0a00_0001)
            row.destination = IPAddress(v4: 0x0b00_0000 + UInt32(one.destination))
            row.sourcePort = UInt16(one.local)
            row.destinationPort = UInt16(one.port)
            row.inode = state == .timeWait ? 0 : UInt32(number + 1)
            if number % parts == 0 {
                whole.takeWithoutMessage(row)
            } else {
                part.takeWithoutMessage(row)
            }
        }
        whole.add(part)
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        whole.fill(&snapshot, limit: 100_000)
        return snapshot
    }

    @Test(arguments: [1, 2])
    func `takes what many clients had on a port of the range for a server that ended`(parts: Int) {
        let clients = (0..<300).map { (local: 45000, destination: $0, port: 33000 + $0 * 7) }
        let own = (0..<50).map { (local: 46000 + $0, destination: 9, port: 443) }
        let snapshot = snapshot(clients + own, parts: parts)
        #expect(snapshot.formerListeners?.map(\.port) == [45000])
        #expect(snapshot.formerListeners?.map(\.peers) == [300])
        #expect(snapshot.tupleCount == 1)
        #expect(snapshot.tuples.map(\.states.total) == [50])
        #expect(snapshot.socketsInTuplesLeftOut == 0)
        let source = snapshot.sourcePorts?.first
        #expect(source?.sockets == 50)
        #expect(source?.shared == 0)
        #expect(source?.destinations == 1)
        #expect(source?.distinct == 51, "the server's port is taken as well")
    }

    @Test func `takes a few clients for no server, and four for one`() {
        for count in 1...6 {
            let rows = (0..<count).map { (local: 45000, destination: $0, port: 40000 + $0) }
            #expect(snapshot(rows).formerListeners?.isEmpty == (count < 3), "\(count) clients")
        }
    }

    @Test(arguments: [1, 2])
    func `leaves a crawler its destinations, however many share a port`(parts: Int) {
        let rows = (0..<20_000).map {
            (local: 32768 + $0 * 7919 % 3000, destination: $0, port: 443)
        }
        let snapshot = snapshot(rows, parts: parts)
        #expect(snapshot.formerListeners?.isEmpty == true)
        #expect(snapshot.tupleCount == 20_000)
        #expect(snapshot.sourcePorts?.first?.distinct == 3000)
        #expect(snapshot.sourcePorts?.first?.shared == 3000)
        #expect(snapshot.sourcePorts?.first?.destinations == 20_000)
    }

    @Test func `leaves a scanner of high ports its connections, which share ports by chance`() {
        var generator = SeededGenerator(seed: 7)
        let rows = (0..<20_000).map {
            (
                local: Int.random(in: 16384..<30500, using: &generator) * 2, destination: $0,
                port: Int.random(in: 32768...60999, using: &generator)
            )
        }
        #expect(snapshot(rows, state: .established).formerListeners?.isEmpty == true)
    }

    @Test func `leaves a proxy the ports it bound outside the range`() {
        let rows = (0..<3000).map { (local: 10_000 + $0, destination: $0 % 3, port: 8080) }
        let snapshot = snapshot(rows, state: .established)
        #expect(snapshot.formerListeners?.isEmpty == true)
        #expect(snapshot.tuples.map(\.outsideRange) == [1000, 1000, 1000])
        #expect(snapshot.sourcePorts?.isEmpty == true, "none is of the range")
    }

    @Test func `leaves a server of many ports its transfers, each on a port of its own`() {
        let rows = (0..<9000).map { (local: 33000 + $0, destination: 1, port: 40000 + $0) }
        let snapshot = snapshot(rows)
        #expect(snapshot.formerListeners?.isEmpty == true)
        #expect(snapshot.tupleCount == 9000)
        #expect(snapshot.sourcePorts?.first?.distinct == 9000)
    }

    @Test func `tells servers below 1024 from clients that bind there`() {
        let rows = [
            (443, 50000), (443, 20000), (443, 20001), (443, 20002), (900, 2049), (901, 111),
        ]
        .enumerated().map { (local: $0.element.0, destination: $0.offset, port: $0.element.1) }
        let snapshot = snapshot(rows)
        #expect(snapshot.formerListeners?.map(\.port) == [443])
        #expect(snapshot.formerListeners?.map(\.peers) == [4])
        #expect(snapshot.tupleCount == 2)
        #expect(snapshot.sourcePorts?.first?.privileged == 2)
        // connect() has no port yet that a peer may have chosen.
        #expect(self.snapshot(rows, state: .synSent).formerListeners?.isEmpty == true)
    }

    @Test func `keeps the addresses that it met first, and says how many there are more`() {
        var tally = SocketTally(range: 32768...60999)
        for round in 0..<3 {
            for number: UInt32 in 0..<100 {
                var row = SocketRow.established
                row.source = IPAddress(v4: 0x0a00_0000 + number)
                row.destination = IPAddress(v4: 1)
                row.sourcePort = UInt16(40000 + round)
                row.destinationPort = 443
                tally.takeWithoutMessage(row)
            }
        }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: 10)
        #expect(snapshot.sourcePorts?.count == 64)
        #expect(snapshot.sourcePorts?.allSatisfy { $0.distinct == 3 && $0.sockets == 3 } == true)
        #expect(
            snapshot.unseen.map(\.what) == ["distinct local ports of 36 other source addresses"])
    }

    @Test func `has one former listener a port for the addresses beyond those it keeps`() {
        var tally = SocketTally(range: 32768...60999)
        for number: UInt32 in 0..<3000 {
            var row = SocketRow.established
            row.source = IPAddress(v4: 0x0a00_0000 + number)
            row.sourcePort = 443
            row.destinationPort = 40000
            tally.takeWithoutMessage(row)
        }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: 10)
        #expect(snapshot.formerListeners?.count == FormerListenerTable.mostAddresses + 1)
        #expect(snapshot.formerListeners?.first?.address == .unspecifiedV4)
        #expect(snapshot.formerListeners?.reduce(0) { $0 + $1.peers } == 3000)
    }

    @Test func `counts in small tuples what it counts in large ones`() {
        var tally = SocketTally(range: 32768...60999)
        for number in 0..<3000 {
            for (index, state) in [TCPState.finWait2, .finWait2, .established].enumerated() {
                var row = SocketRow.established
                row.state = state
                row.sourcePort = UInt16(40000 + index)
                row.destinationPort = UInt16(number + 1)
                row.inode = index == 0 ? 0 : UInt32(number * 3 + index)
                row.retransmits = 3
                row.timer = 1
                tally.takeWithoutMessage(row)
            }
        }
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .none)
        tally.fill(&snapshot, limit: 3000)
        #expect(snapshot.tuples.count == 3000)
        for ledger in snapshot.tuples {
            #expect(ledger.states == StateCounts([.finWait2: 2, .established: 1]))
            #expect(ledger.heldFinWait2 == 1 && ledger.retransmitting == 1)
            #expect(ledger.withoutInode == 1)
        }
        #expect(snapshot.stateSamples?.map(\.held) == [3000, 3000])
    }

    @Test(arguments: [1, 15, 16, 17, 1000, 4096])
    func `spreads samples evenly over all sockets of a state`(count: Int) {
        var samples = StateSamples()
        let none: [UInt8] = []
        for number in 1...count {
            var row = SocketRow.established
            row.inode = UInt32(number)
            unsafe samples.count(row, message: none.span.bytes)
        }
        #expect(samples.held == count)
        let inodes = samples.samples.map { Int($0.inode) }
        #expect((min(count, 8)...16).contains(inodes.count))
        let gaps = zip(inodes.dropFirst(), inodes).map { $0 - $1 }
        #expect(Set(gaps).count <= 1)
        #expect(count - (inodes.last ?? 0) <= count / 8 + 1)
    }

    @Test(arguments: [
        (300, 28232, 4), (3, 28232, 3), (0, 28232, 3), (20_000, 28232, 12), (100_000, 28232, 24),
    ])
    func `knows how many sockets share a port by chance`(sockets: Int, ports: Int, most: Int) {
        let fewest = ServerSides.fewest(of: sockets, in: ports)
        #expect((3...most).contains(fewest), "\(fewest)")
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
