import Model
import Testing

@testable import Kernel
@testable import Testbed

/// Whether namespaces can be made here.
private let isPossible = (try? PrivateNetwork.make()) != nil

@Suite(.enabled(if: isPossible, "no private network namespaces can be made here"))
struct `What becomes of a segment on a wire` {
    private static func ask(
        over wire: Wire, until isSo: (WireRecord) -> Bool
    ) throws(KernelError) -> WireRecord {
        let client = try wire.run(in: .client) { () throws(KernelError) in
            let client = TCPSocket(descriptor: TCPSocket.open(isIPv6: false))
            _ = client.bind(to: SocketAddress(Wire.address(.client), port: 40_000))
            _ = client.connect(to: SocketAddress(Wire.address(.server), port: 80))
            return client
        }
        defer { client.close() }
        _ = try wire.wait(seconds: 60, until: isSo)
        try wire.settle()
        return wire.record
    }

    @Test func `is taken by the experiment in place of the client's kernel`() throws {
        let record = try Wire.run { (wire) throws(KernelError) in
            wire.decide { _, side in side == .server ? .isTaken : .passes }
            return try Self.ask(over: wire) { !$0.sent(by: .server).isEmpty }
        }
        // Nobody listens; the client's kernel never learns of the reset.
        let reset = try #require(record.passages.first { $0.from == .server })
        #expect(reset.segment.flags.contains(.reset))
        #expect(reset.arrived != nil && !reset.isLost)
        #expect(record.states(of: .client) == [.synSent])
    }

    @Test func `is another, with right checksums, and the server's end is written down`() throws {
        let record = try Wire.run { (wire) throws(KernelError) in
            wire.decide { segment, side in
                var other = segment
                if side == .client { other.sequence = 7 }
                if side == .server { other.sequence = 9 }
                return .becomes(other)
            }
            return try Self.ask(over: wire) { !$0.sent(by: .server).isEmpty }
        }
        let request = try #require(record.sent(by: .client).first)
        #expect(request.sequence == 7 && request.options.maximumSegment != nil)
        let reset = try #require(record.sent(by: .server).first)
        #expect(reset.acknowledgement == 8 && reset.sequence == 0)
        #expect(record.passages.allSatisfy { InternetChecksum.isRight($0.frame) })
    }

    @Test func `is what it is on arrival where it was kept back`() throws {
        let record = try Wire.run { (wire) throws(KernelError) in
            wire.decide { _, side in side == .client ? .isKept : .passes }
            _ = try Self.ask(over: wire) { !$0.sent(by: .client).isEmpty }
            var late = wire.kept[0].segment
            late.sequence = 7
            wire.release(wire.kept[0], as: late)
            _ = try wire.wait(seconds: 60) { !$0.sent(by: .server).isEmpty }
            return wire.record
        }
        #expect(record.passages.contains { $0.origin == .duplicate && $0.segment.sequence == 7 })
        #expect(record.sent(by: .server).first?.acknowledgement == 8)
    }
}
