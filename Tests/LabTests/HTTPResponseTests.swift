import Testing

@testable import Lab

@Suite struct `An HTTP response` {
    private func read(_ text: String, cut: Int? = nil) -> (HTTPResponseReader.Progress, UInt16) {
        let bytes = Array(text.utf8)
        var reader = HTTPResponseReader()
        var progress = HTTPResponseReader.Progress.more
        for part in cut.map({ [bytes[..<$0], bytes[$0...]] }) ?? [bytes[...]] {
            progress = reader.take(Array(part), count: part.count)
        }
        return (progress, reader.status)
    }

    static let whole = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello",
        "HTTP/1.1 404 Not Found\r\ncontent-length:0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nTrailer: y\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
    ]

    @Test(arguments: whole)
    func `is done with its last byte, wherever it is cut`(text: String) {
        #expect(read(text).0 == .done)
        for cut in 1..<text.utf8.count { #expect(read(text, cut: cut).0 == .done, "\(cut)") }
        #expect(read(String(text.dropLast())).0 == .more)
    }

    @Test func `counts what its body has, not what frames it`() {
        let bodies = [5, 0, 15, 1, 1, 0]
        for (text, count) in zip(Self.whole, bodies) {
            let bytes = Array(text.utf8)
            var reader = HTTPResponseReader()
            _ = reader.take(bytes, count: bytes.count)
            #expect(reader.bodyBytes == count, "\(text)")
        }
        var open = HTTPResponseReader()
        let head = Array("HTTP/1.1 200 OK\r\n\r\nabc".utf8)
        _ = open.take(head, count: head.count)
        #expect(open.bodyBytes == 3)
    }

    @Test func `has a status`() {
        #expect(read(Self.whole[1]).1 == 404)
        #expect(read(Self.whole[4]).1 == 200)
    }

    @Test func `without a length ends with its connection`() {
        let head = Array("HTTP/1.1 200 OK\r\nX-Content-Length: 5\r\n\r\nabc".utf8)
        var reader = HTTPResponseReader()
        #expect(reader.take(head, count: head.count) == .more)
        #expect(reader.endsWithConnection && reader.closes)
    }

    @Test func `says that the server closes`() {
        let text = Array("HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n".utf8)
        var reader = HTTPResponseReader()
        #expect(reader.take(text, count: text.count) == .done)
        #expect(reader.closes)
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 xx OK\r\n", "HTTP/1.1 999 Odd\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    ])
    func `that is none is told`(text: String) {
        #expect(read(text).0 == .bad)
    }
}
