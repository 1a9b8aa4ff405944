import Model
import Testing

@testable import Kernel
@testable import Testbed

/// Whether namespaces can be made here.
private let isPossible = (try? PrivateNetwork.make()) != nil

@Suite(.enabled(if: isPossible, "no private network namespaces can be made here"))
struct `A wire` {
    /// A connection that is opened, used and closed by the client first.
    static func converse(over wire: Wire, port: UInt16 = 40_000) throws(KernelError) {
        let server = SocketAddress(Wire.address(.server, wire.family), port: 80)
        let listener = try wire.run(in: .server) { () throws(KernelError) in
            let listener = TCPSocket(descriptor: TCPSocket.open(isIPv6: wire.family == .v6))
            _ = listener.allowPortReuse()
            _ = listener.bind(to: server)
            _ = listener.listen(backlog: 8)
            return listener
        }
        defer { listener.close() }
        let client = try wire.run(in: .client) { () throws(KernelError) in
            let client = TCPSocket(descriptor: TCPSocket.open(isIPv6: wire.family == .v6))
            _ = client.bind(to: SocketAddress(Wire.address(.client, wire.family), port: port))
            return client
        }
        let result = client.connect(to: server)
        guard result == TCPSocket.inProgress else {
            throw KernelError("connect to", "the server", code: 0 - result)
        }
        guard listener.awaitInput(milliseconds: 60_000) else {
            throw KernelError("accept at", "the server", code: SocketErrno.timedOut)
        }
        let accepted = TCPSocket(descriptor: listener.accept())
        _ = client.send(Array("hello".utf8), from: 0, to: 5)
        _ = accepted.awaitInput(milliseconds: 60_000)
        var buffer = [UInt8](repeating: 0, count: 16)
        _ = accepted.receive(into: &buffer)
        client.close()
        _ = accepted.awaitInput(milliseconds: 60_000)
        // The kernel puts the ACK off for 40 ms, to send it with the FIN if there is one by then.
        _ = try wire.wait(seconds: 60) { $0.states(of: .client).last == .some(.finWait2) }
        accepted.close()
        _ = try wire.wait(seconds: 60) { $0.states(of: .client).last == .some(.timeWait) }
        _ = try wire.wait(seconds: 60) { $0.states(of: .server).last == .some(nil) }
    }

    @Test(arguments: InternetFamily.allCases)
    func `shows each segment and state of a connection`(family: InternetFamily) throws {
        let record = try Wire.run(family) { (wire) throws(KernelError) in
            try Self.converse(over: wire)
            return wire.record
        }
        #expect(
            record.states(of: .client) == [
                .synSent, .established, .finWait1, .finWait2, .timeWait,
            ], "\(record.exchange())")
        #expect(
            record.states(of: .server) == [
                .listen, .synReceived, .established, .closeWait, .lastAck, nil,
            ], "\(record.exchange())")
        #expect(
            record.sent(by: .client).map(\.label).filter { $0 != "ACK" } == [
                "SYN", "ACK + 5 bytes", "FIN ACK",
            ])
        #expect(record.passages.allSatisfy { InternetChecksum.isRight($0.frame) })
        #expect(record.passages.allSatisfy { $0.arrived != nil && !$0.isLost })
        #expect(
            record.passages.allSatisfy { $0.segment.source.address.isIPv4 == (family == .v4) })
        // 1500 bytes less 20 of TCP and 20 of IPv4, or 40 of IPv6.
        #expect(
            record.passages.first?.segment.options.maximumSegment == (family == .v4 ? 1460 : 1440))
    }

    @Test func `holds a segment up until it is told to let it go on`() throws {
        let record = try Wire.run { (wire) throws(KernelError) in
            wire.put(Self.request(port: 5000), from: .client)
            wire.decide { _, side in side == .server ? .isDelayed : .passes }
            _ = try wire.wait(seconds: 60) { !$0.sent(by: .server).isEmpty }
            try wire.settle()
            let isUnderWay = wire.record.passages.last?.arrived == nil
            for kept in wire.kept { wire.release(kept) }
            try wire.settle()
            return isUnderWay ? wire.record : WireRecord()
        }
        // The answer is one passage, which took long, and no copy.
        #expect(record.passages.map(\.segment.label) == ["SYN", "RST ACK"])
        #expect(record.passages.allSatisfy { $0.arrived != nil && !$0.isLost })
        #expect(record.passages.last?.isDelayed == true)
        #expect(!record.hasRepeatedInVain)
    }

    @Test(arguments: InternetFamily.allCases, Wire.DeadEnd.allCases)
    func `leads to where a router drops a SYN, or says by ICMP that it does not pass it on`(
        family: InternetFamily, deadEnd: Wire.DeadEnd
    ) throws {
        let (record, address) = try Wire.run(family) { (wire) throws(KernelError) in
            let address = try wire.lead(to: deadEnd)
            let client = try wire.run(in: .client) { () throws(KernelError) in
                TCPSocket(descriptor: TCPSocket.open(isIPv6: family == .v6))
            }
            defer { client.close() }
            _ = client.connect(to: SocketAddress(address, port: 80))
            _ = try wire.wait(seconds: deadEnd == .blackhole ? 0.1 : 60) {
                $0.notices.first?.arrived != nil
            }
            return (wire.record, address)
        }
        let notice = record.notices.first?.notice
        guard deadEnd != .blackhole else {
            #expect(notice == nil)
            return
        }
        #expect(notice?.destination == .init(address, 80))
        #expect(notice?.source == record.passages.first?.segment.source)
        let codes: [InternetFamily: [Wire.DeadEnd: UInt8]] = [
            .v4: [.unreachable: 1, .prohibit: 13], .v6: [.unreachable: 0, .prohibit: 1],
        ]
        #expect(notice?.code == codes[family]?[deadEnd])
    }

    private static func request(port: UInt16) -> Segment {
        Segment(
            from: .init(Wire.address(.client), port), to: .init(Wire.address(.server), 6000), .syn,
            sequence: 1000, options: .init(maximumSegment: 1460))
    }

    @Test func `loses, keeps and releases what it is told to`() throws {
        let record = try Wire.run { (wire) throws(KernelError) in
            wire.decide { segment, side in
                side == .client && segment.flags == .syn ? .isCopied : .passes
            }
            try Self.converse(over: wire)
            wire.release(wire.kept[0])
            _ = try wire.wait(seconds: 60) {
                $0.passages.contains { $0.from == .server && $0.origin == .sent && $0.sent > 0 }
            }
            try wire.settle()
            return wire.record
        }
        let late = try #require(record.passages.first { $0.origin == .duplicate })
        #expect(late.segment == record.passages[0].segment)
        #expect(late.arrived != nil)
    }

    @Test func `carries what was crafted, and a kernel answers it`() throws {
        let answer = try Wire.run { (wire) throws(KernelError) -> Segment? in
            // Nobody listens: a SYN is answered with RST (RFC 9293 §3.10.7.1).
            wire.put(Self.request(port: 5000), from: .client)
            _ = try wire.wait(seconds: 60) { !$0.sent(by: .server).isEmpty }
            return wire.record.sent(by: .server).first
        }
        #expect(answer?.label == "RST ACK")
        #expect(answer?.acknowledgement == 1001)
    }
}

@Suite struct `A segment` {
    private static func segment(_ family: InternetFamily) -> Segment {
        Segment(
            from: .init(Wire.address(.client, family), 40_000),
            to: .init(Wire.address(.server, family), 80), [.syn, .ack],
            sequence: .max, acknowledgement: 7, window: 512,
            options: .init(
                maximumSegment: 1460, windowScale: 7, allowsSelectiveAcknowledgement: true,
                timestamps: .init(0xFFFF_FFFF, echo: 3)), payload: [1, 2, 3])
    }

    @Test(arguments: InternetFamily.allCases)
    func `is read as it was written, and its checksum is right`(family: InternetFamily) {
        let segment = Self.segment(family)
        let frame = segment.frame(
            from: WireNetwork.clientHardware, to: WireNetwork.serverHardware)
        #expect(Segment(frame: frame) == segment)
        #expect(InternetChecksum.isRight(frame))
        for index in frame.indices.dropFirst(family == .v4 ? 34 : 54) {
            var other = frame
            other[index] ^= 0x40
            #expect(!InternetChecksum.isRight(other) || Segment(frame: other) == nil)
        }
    }

    @Test(arguments: InternetFamily.allCases)
    func `that is cut short anywhere is none, or has fewer options`(family: InternetFamily) {
        let frame = Self.segment(family).frame(
            from: WireNetwork.clientHardware, to: WireNetwork.serverHardware)
        for length in 0..<frame.count {
            #expect(Segment(frame: Array(frame.prefix(length))) == nil)
        }
        for place in 14..<frame.count {
            for value in [0, 1, 0x0F, 0x7F, 0xFF] as [UInt8] {
                var other = frame
                other[place] = value
                // Whatever it says: no trap.
                _ = Segment(frame: other)
                _ = UnreachableNotice(frame: other)
            }
        }
    }
}
