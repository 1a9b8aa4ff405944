import CNetlink
import Glibc
import Model
import Testing

@testable import Kernel

/// Notes the rights in force while rows come, and whether a row has a mark.
private struct RightsNoted: SocketRowSink {
    var rows = 0
    var marks = 0
    var inForce: String?

    mutating func take(_ row: SocketRow, message: RawSpan) {
        rows += 1
        if inForce == nil { inForce = effectiveRights() }
        var offset = DiagRow.size
        while let length: UInt16 = message.integer(at: offset), length >= 4 {
            let type: UInt16? = message.integer(at: offset + 2)
            if type == UInt16(INET_DIAG_MARK) { marks += 1 }
            offset += (Int(length) + 3) & ~3
        }
    }
}

/// The mask of CapEff of this thread, as the kernel writes it.
private func effectiveRights() -> String? {
    let text = try? Root.host.bytes("/proc/thread-self/status", expecting: 4096)
    return text.map { String(decoding: $0, as: UTF8.self) }?.split(separator: "\n")
        .first { $0.hasPrefix("CapEff:") }?.split(separator: "\t").last.map(String.init)
}

@Suite(.enabled(if: getuid() == 0, "an ordinary user has no right to lay down"))
struct `The right to administer the network` {
    @Test func `is laid down while sockets are dumped, and taken up again`() throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        #expect(listen(listener, 1) == 0)
        let before = try #require(effectiveRights())
        let mask = try #require(UInt64(before, radix: 16))
        let bit: UInt64 = 1 << UInt64(CAP_NET_ADMIN)
        try #require(mask & bit != 0)

        var noted = RightsNoted()
        try SocketDump.run(
            DiagRequest(states: DiagRequest.listening), on: try SocketDump.open(), into: &noted)
        #expect(noted.rows > 0)
        #expect(noted.inForce.flatMap { UInt64($0, radix: 16) } == mask & ~bit)
        #expect(noted.marks == 0)
        #expect(effectiveRights() == before)

        // What laying it down is for: with the right, the kernel adds a mark to each row.
        var marked = RightsNoted()
        let socket = try SocketDump.open()
        try SocketDump.begin(
            DiagRequest(states: DiagRequest.listening), on: socket, into: &marked)
        #expect(marked.rows > 0)
        #expect(marked.marks == marked.rows)
    }

    @Test func `stays down where it was down before`() throws {
        #expect(tcptune_set_capability(CAP_NET_ADMIN, 0) == 1)
        defer { _ = tcptune_set_capability(CAP_NET_ADMIN, 1) }
        let right = AdministrationRight.layDown()
        right.takeUp()
        #expect(tcptune_set_capability(CAP_NET_ADMIN, 0) == 0)
    }
}
