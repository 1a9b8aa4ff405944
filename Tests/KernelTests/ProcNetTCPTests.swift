import Model
import Testing

@testable import Kernel

/// A row with what tells it from others, to compare by.
struct SocketFacts: Hashable, CustomStringConvertible {
    var state: TCPState
    var source: String
    var destination: String
    var inode: UInt32

    init(_ row: borrowing SocketRow) {
        state = row.state
        source = row.source.with(port: row.sourcePort)
        destination = row.destination.with(port: row.destinationPort)
        inode = row.inode
    }

    init(_ state: TCPState, _ source: String, _ destination: String, inode: UInt32 = 0) {
        self.state = state
        self.source = source
        self.destination = destination
        self.inode = inode
    }

    var description: String { "\(state.name) \(source) \(destination) \(inode)" }
}

@Suite struct `Rows of proc net tcp` {
    @Test func `are all read, by state`() throws {
        var counts = StateCounts()
        let notUnderstood = try NetTCP.read(root: ProcFixtures.root, isIPv6: false) {
            counts[$0.state] += 1
        }
        #expect(notUnderstood == 0)
        #expect(
            counts
                == StateCounts([
                    .listen: 2, .established: 16, .closeWait: 2, .synReceived: 1, .timeWait: 2,
                    .finWait2: 2, .synSent: 2,
                ]))
    }

    @Test func `have addresses, ports and inode`() throws {
        var facts: [SocketFacts] = []
        try NetTCP.read(root: ProcFixtures.root, isIPv6: false) { facts.append(SocketFacts($0)) }
        #expect(facts.first == SocketFacts(.listen, "127.0.0.1:8080", "0.0.0.0:0", inode: 65409))
        #expect(facts.contains(SocketFacts(.timeWait, "127.0.0.1:58134", "127.0.0.1:8080")))
        #expect(
            facts.contains(
                SocketFacts(.established, "127.0.0.1:56956", "127.0.0.1:9090", inode: 65421)))
    }

    @Test func `of IPv6 know v4-mapped addresses as IPv4`() throws {
        var facts: [SocketFacts] = []
        try NetTCP.read(root: ProcFixtures.root, isIPv6: true) {
            #expect($0.isFamilyIPv6)
            facts.append(SocketFacts($0))
        }
        #expect(facts.first == SocketFacts(.listen, "[::]:9090", "[::]:0", inode: 65410))
        #expect(facts.count == 4)
        #expect(
            facts.contains { $0.source == "127.0.0.1:9090" && $0.destination == "127.0.0.1:56956" })
        #expect(facts.filter { $0.source.hasPrefix("[::1]:") }.count == 2)
    }

    @Test func `tell queues and timers`() throws {
        let listener = try row(0)
        #expect(listener.receiveQueue == 6)
        #expect(listener.sendQueue == 0)
        #expect(listener.timer == 0)

        let request = try row { $0.state == .synReceived }
        #expect(request.timer == 1)
        #expect(request.expires == 0xab * 10)
        #expect(request.retransmits == 1)

        let waiting = try row { $0.state == .timeWait }
        #expect(waiting.timer == 3)
        #expect(waiting.expires == 0x16ed * 10)

        let unread = try row { $0.receiveQueue == 37 }
        #expect(unread.state == .established)

        let unsent = try row { $0.state == .synSent }
        #expect(unsent.sendQueue == 1)
        #expect(unsent.timer == 1)
        #expect(unsent.retransmits == 1)
    }

    @Test func `of a request socket are SYN_RECV whatever number they have`() {
        #expect(parse(line(state: "0C"))?.state == .synReceived)
        #expect(parse(line(state: "03"))?.state == .synReceived)
        #expect(parse(line(state: "0D"))?.state == .boundInactive)
        #expect(parse(line(state: "00")) == nil)
        #expect(parse(line(state: "0E")) == nil)
        #expect(parse(line(state: "101")) == nil)
    }

    @Test func `keep to their range`() throws {
        let row = try #require(
            parse(
                "0: 0100007F:1F90 0100007F:0001 01 FFFFFFFF:FFFFFFFF 02:FFFFFFFFFFFFFFFF 00000000 4294967295 300 4294967295"
            ))
        #expect(row.expires == .max)
        #expect(row.retransmits == 255)
        #expect(row.uid == .max)
        #expect(row.inode == .max)
        #expect(row.sendQueue == .max)
        #expect(parse(line(state: "01", port: "10000")) == nil)
    }

    @Test func `that are cut short are counted, not guessed`() {
        let text = Array((line(state: "01") + "\n" + line(state: "01").dropLast(20)).utf8)
        var rows = 0
        let notUnderstood = NetTCP.forEachRow(in: text.span, isIPv6: false) { _ in rows += 1 }
        #expect(rows == 1)
        #expect(notUnderstood == 1)
    }

    private func line(state: String, port: String = "1F90") -> String {
        "   0: 0100007F:\(port) 0100007F:2382 \(state) 00000000:00000000 00:00000000 00000000     0        0 65421"
    }

    private func parse(_ line: String) -> SocketRow? {
        var found: SocketRow?
        NetTCP.forEachRow(in: Array(line.utf8).span, isIPv6: false) { found = copy $0 }
        return found
    }

    private func row(_ number: Int) throws -> SocketRow {
        var rows: [SocketRow] = []
        try NetTCP.read(root: ProcFixtures.root, isIPv6: false) { rows.append(copy $0) }
        return try #require(rows.count > number ? rows[number] : nil)
    }

    private func row(_ matches: (SocketRow) -> Bool) throws -> SocketRow {
        var rows: [SocketRow] = []
        try NetTCP.read(root: ProcFixtures.root, isIPv6: false) { rows.append(copy $0) }
        let row = rows.first(where: matches)
        return try #require(row)
    }
}

@Suite struct `A stream of lines` {
    @Test(arguments: [256, 300, 1000, 65536])
    func `gives the same rows whatever its room`(room: Int) throws {
        let file = try FileDescriptor.open(ProcFixtures.root.path + "/proc/net/tcp")
        var lines = LineStream(room: room)
        var rows = 0
        var notUnderstood = 0
        while try lines.fill(from: file, subject: "tcp") {
            lines.takeWholeLines {
                notUnderstood += NetTCP.forEachRow(in: $0, isIPv6: false) { _ in rows += 1 }
            }
        }
        #expect(rows == 27)
        #expect(notUnderstood == 0)
        #expect(lines.linesTooLong == 0)
    }

    @Test func `passes over a line that is longer than its room`() throws {
        let pipe = try Pipe()
        try pipe.second.write(
            Array((String(repeating: "x", count: 1000) + "\nshort\nlast").utf8))
        let reading = pipe.takeFirst()
        var lines = LineStream(room: 256)
        var seen = ""
        while try lines.fill(from: reading, subject: "pipe") {
            lines.takeWholeLines { seen += $0.text(0..<$0.count) }
        }
        #expect(seen == "short\nlast")
        #expect(lines.linesTooLong == 1)
    }
}
