import Model
import Testing

@testable import Kernel

/// What passes between the agent and its helper: one of them has rights, and trusts no byte of the other.
@Suite struct `Questions about owners` {
    private static let sought = [
        SocketOwners.Sought(inodes: [7, 70_000]),
        SocketOwners.Sought(inodes: [.max], isPressing: false, isBeside: true),
    ]

    private static var reply: OwnersReply? {
        var reply = OwnersReply(OwnersReplyBytes.empty(serial: 9))
        reply?.holders = [7: [1, 300], 8: [2]]
        reply?.processes = [
            ProcessInUse(
                pid: 1, name: "ng\u{1B}inx\n", unit: "web.service", openFiles: 12,
                openFilesLimit: 1024),
            ProcessInUse(pid: 300, name: ""),
        ]
        reply?.unseen = [Unseen(what: "descriptors", why: "no")]
        reply?.linksRead = 77
        return reply
    }

    @Test func `are read as they were written`() throws {
        let (bytes, isWhole) = OwnersRequest(serial: 5, sought: Self.sought).encoded()
        let read = try #require(OwnersRequest(bytes))
        #expect(isWhole && read.serial == 5)
        #expect(read.sought.map(\.inodes) == [[7, 70_000], [.max]])
        #expect(read.sought.map(\.isPressing) == [true, false])
        #expect(read.sought.map(\.isBeside) == [false, true])
    }

    @Test func `leave out what no packet holds, and say so`() throws {
        let many = (1...UInt32(OwnersRequest.mostInodes + 9)).map {
            SocketOwners.Sought(inodes: [$0])
        }
        let (bytes, isWhole) = OwnersRequest(serial: 1, sought: many).encoded()
        #expect(!isWhole && bytes.count <= OwnersRequest.largestBytes)
        #expect(OwnersRequest(bytes)?.sought.count == OwnersRequest.mostInodes)
    }

    @Test func `are refused where a byte is missing, or one too many`() {
        let (bytes, _) = OwnersRequest(serial: 5, sought: Self.sought).encoded()
        for length in bytes.indices { #expect(OwnersRequest(Array(bytes[..<length])) == nil) }
        #expect(OwnersRequest(bytes + [0]) == nil)
    }

    @Test(arguments: [0, 4, 9, 10, 11, 12, 13, 14])
    func `are refused with another mark, count or bit`(place: Int) {
        var (bytes, _) = OwnersRequest(serial: 5, sought: Self.sought).encoded()
        bytes[place] ^= 0x80
        #expect(OwnersRequest(bytes) == nil)
    }

    @Test func `are answered with what is told of processes, and nothing else`() throws {
        let reply = try #require(Self.reply)
        #expect(OwnersReply(reply.encoded) == reply)
        for length in reply.encoded.indices {
            #expect(OwnersReply(Array(reply.encoded[..<length])) == nil)
        }
        #expect(OwnersReply(reply.encoded + [1]) == nil)
    }

    @Test func `are answered in parts that fit a packet`() throws {
        var reply = try #require(Self.reply)
        reply.processes = (1...4000).map { ProcessInUse(pid: $0, name: "worker-\($0)") }
        let parts = OwnersPart.packets(of: reply).compactMap { OwnersPart($0) }
        #expect(parts.count > 1)
        #expect(parts.map(\.isLast) == parts.indices.map { $0 == parts.count - 1 })
        #expect(parts.allSatisfy { $0.serial == 9 })
        #expect(OwnersReply(parts.flatMap(\.bytes)) == reply)
    }
}

/// The bytes of a reply that tells nothing.
private enum OwnersReplyBytes {
    static func empty(serial: UInt8) -> [UInt8] {
        Array("tcpr".utf8) + [1, serial, 0, 0, 0, 1] + [UInt8](repeating: 0, count: 13)
    }
}
