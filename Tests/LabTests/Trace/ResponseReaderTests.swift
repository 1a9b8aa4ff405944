import Model
import Testing

@testable import Lab

@Suite struct `A response that is traced` {
    private static func read(_ text: String, step: Int = 1 << 20) -> (
        ResponseReader, ResponseReader.Progress
    ) {
        var reader = ResponseReader()
        let bytes = Array(text.utf8)
        var last = ResponseReader.Progress.more
        for start in stride(from: 0, to: bytes.count, by: step) {
            let part = Array(bytes[start..<min(start + step, bytes.count)])
            last = reader.take(part, count: part.count)
        }
        return (reader, last)
    }

    private static let whole = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.0 304 \nX: y\n\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\ncontent-length:0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\nT: t\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\nX: a\r\n b\r\n\r\nhello",
        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
    ]

    @Test(arguments: whole) func `is whole, however its bytes come`(_ text: String) {
        let (first, end) = Self.read(text)
        #expect(end == .done && first.extraBytes == 0)
        #expect(first.headBytes + first.bodyBytes == text.utf8.count)
        for step in [1, 2, 3, 7] {
            let (again, end) = Self.read(text, step: step)
            #expect(end == .done)
            #expect(again.head == first.head && again.bodyBytes == first.bodyBytes)
        }
        let (more, _) = Self.read(text + "HTTP")
        #expect(more.extraBytes == 4)
    }

    @Test(arguments: whole) func `that is cut off is not whole`(_ text: String) {
        for length in 0..<text.utf8.count {
            var (reader, progress) = Self.read(String(text.prefix(length)))
            guard progress == .more else { continue }
            guard case .bad(let why) = reader.end() else {
                Issue.record("\(length) bytes are taken for whole")
                continue
            }
            #expect(why.contains("ended"))
        }
    }

    @Test(
        arguments: [
            "SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
            "HTTP/1.1 999 x\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\n: x\r\n\r\n", "HTTP/1.1 200 OK\r\na b: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\n folded\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        ])
    func `that is none is refused`(_ text: String) {
        guard case .bad = Self.read(text).1 else {
            Issue.record("it is taken")
            return
        }
    }

    @Test func `may not have a head without end`() {
        var reader = ResponseReader()
        var last = reader.take(Array("HTTP/1.1 200 OK\r\n".utf8), count: 17)
        let line = Array("X-More: and more\r\n".utf8)
        var lines = 0
        while last == .more, lines < 10_000 {
            last = reader.take(line, count: line.count)
            lines += 1
        }
        #expect(last == .bad("its header has more than 64 KiB"))
        #expect(lines * line.count <= ResponseReader.mostHeadBytes + 100)
    }

    @Test func `says whether the connection stays`() throws {
        for (text, stays) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true), ("HTTP/1.0 200 OK\r\n\r\n", false),
            ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n\r\n", true),
            ("HTTP/1.1 200 OK\r\nConnection: x, CLOSE\r\n\r\n", false),
        ] {
            #expect(try #require(ResponseHead(Array(text.utf8))).keepsAlive == stays)
        }
    }

    @Test func `without a length ends with its connection`() {
        var (reader, progress) = Self.read("HTTP/1.1 200 OK\r\n\r\nsome bytes")
        #expect(progress == .more && reader.framingName == "close")
        #expect(reader.end() == .done && reader.bodyBytes == 10)
    }

    @Test func `comes from addresses whose families take turns`() {
        let addresses = ["2001:db8::1", "2001:db8::2", "192.0.2.1"].compactMap { IPAddress($0) }
        #expect(
            Connector.ordered(addresses).map(\.description)
                == ["2001:db8::1", "192.0.2.1", "2001:db8::2"])
    }
}
