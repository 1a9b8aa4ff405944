import Model
import Testing

@testable import Kernel

/// Counts rows, and takes their attributes apart as a tally does.
private struct Counter: SocketRowSink {
    var rows = 0
    var tally = SocketTally(range: 32768...60999)

    mutating func take(_ row: SocketRow, message: RawSpan) {
        rows += 1
        tally.take(row, message: message)
    }
}

@Suite struct `Netlink bytes` {
    /// A datagram of one row, TIME_WAIT of 10.0.0.1:40000 → 10.0.0.2:80 with 42 s left, and its end.
    private static let sample: [UInt8] = {
        var row: [UInt8] = [88, 0, 0, 0, 20, 0, 2, 0] + Array(repeating: 0, count: 8)
        row += [2, 6, 3, 0, 0x9c, 0x40, 0, 80, 10, 0, 0, 1] + Array(repeating: 0, count: 12)
        row += [10, 0, 0, 2] + Array(repeating: 0, count: 12)
        row += Array(repeating: 0, count: 12)
        row += [0x10, 0xa4, 0, 0] + Array(repeating: 0, count: 16)
        return row + [20, 0, 0, 0, 3, 0, 2, 0] + Array(repeating: 0, count: 12)
    }()

    private func read(_ bytes: [UInt8], into counter: inout Counter) throws(KernelError)
        -> DumpProgress
    {
        try unsafe NetlinkMessages.forEach(in: bytes.span.bytes, subject: "test") { message in
            guard let row = DiagRow.parse(message) else { return }
            counter.take(row, message: message)
        }
    }

    @Test func `of one row are read as the kernel means them`() throws {
        var counter = Counter()
        #expect(try read(Self.sample, into: &counter) == .done)
        var snapshot = Snapshot(
            namespace: Namespace(inode: 0, name: ""), time: 0, uptime: 0, source: .diag)
        counter.tally.fill(&snapshot, limit: 10)
        let ledger = try #require(snapshot.tuples.first)
        #expect(ledger.tuple.source == IPAddress("10.0.0.1"))
        #expect(ledger.tuple.destination == IPAddress("10.0.0.2"))
        #expect(ledger.tuple.port == 80)
        #expect(ledger.evenPorts == 1)
        #expect(ledger.closings[18] == 1, "42 s are left of 60")
    }

    @Test func `with a refusal become its errno`() {
        var counter = Counter()
        let refusal: [UInt8] =
            [20, 0, 0, 0, 2, 0, 0, 0] + Array(repeating: 0, count: 8) + [0xfe, 0xff, 0xff, 0xff]
        #expect(throws: KernelError("dump", "test", code: 2)) { try read(refusal, into: &counter) }
    }

    @Test func `cut off at any place never trap`() {
        for length in 0...Self.sample.count {
            var counter = Counter()
            _ = try? read(Array(Self.sample.prefix(length)), into: &counter)
            #expect(counter.rows <= 1)
        }
    }

    @Test func `altered at random never trap`() {
        var generator = SeededGenerator(seed: 11)
        var counter = Counter()
        for _ in 0..<30_000 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(
                    in: .min ... .max, using: &generator)
            }
            _ = try? read(bytes, into: &counter)
        }
        #expect(counter.rows > 1000, "most alterations leave a row to be read")
    }
}
