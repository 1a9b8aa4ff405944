import Testing

@testable import Web

@Suite struct `What a client gets` {
    private let test: TestServer

    init() throws { test = try TestServer() }

    @Test func `is the handler's page, with its length and with safe headers`() throws {
        let client = try Client(port: test.port)
        client.send(TestServer.get("/a?b"))
        let reply = try #require(client.reply())
        #expect(reply.status == 200)
        #expect(reply.version == "HTTP/1.1")
        #expect(reply.body == "GET /a\n")
        #expect(reply.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(reply.headers["content-length"] == "7")
        #expect(reply.headers["date"]?.hasSuffix(" GMT") == true)
        for (name, value) in WebResponse.safeHeaders {
            #expect(reply.headers[name.lowercased()] == value)
        }
    }

    @Test func `has the handler's own headers in place of the safe ones, and never its length`()
        throws
    {
        let test = try TestServer(handler: { _ in
            WebResponse(
                contentType: "text/html",
                headers: [
                    ("content-security-policy", "default-src 'self'"), ("ETag", "\"1\""),
                    ("Content-Length", "99"), ("Connection", "upgrade"),
                ], body: Array("abc".utf8))
        })
        let client = try Client(port: test.port)
        client.send(TestServer.get("/"))
        let headers = try #require(client.reply()).headers
        #expect(headers["content-security-policy"] == "default-src 'self'")
        #expect(headers["x-content-type-options"] == "nosniff")
        #expect(headers["etag"] == "\"1\"")
        #expect(headers["content-length"] == "3")
        #expect(headers["connection"] == nil)
    }

    @Test func `has no body for HEAD, but its length`() throws {
        let client = try Client(port: test.port)
        client.send("HEAD /kB/3 HTTP/1.1\r\nHost: a\r\n\r\n" + TestServer.get("/next"))
        #expect(try #require(client.reply(toHead: true)).headers["content-length"] == "3072")
        #expect(try #require(client.reply()).body == "GET /next\n")
    }

    @Test(arguments: [
        ("HTTP/1.0\r\n", "HTTP/1.0", "close"),
        ("HTTP/1.0\r\nConnection: keep-alive\r\n", "HTTP/1.0", "keep-alive"),
        ("HTTP/1.1\r\nHost: a\r\n", "HTTP/1.1", nil),
        ("HTTP/1.1\r\nHost: a\r\nConnection: close\r\n", "HTTP/1.1", "close"),
    ])
    func `is of the client's version, and the last one says so`(
        head: String, version: String, connection: String?
    ) throws {
        let client = try Client(port: test.port)
        client.send("GET / \(head)\r\n")
        let reply = try #require(client.reply())
        #expect(reply.version == version)
        #expect(reply.headers["connection"] == connection)
        #expect((client.closes(within: 0.3) != nil) == (connection == "close"))
    }

    /// What cannot be answered, and the status that is said before the connection is closed.
    @Test(arguments: [
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u{0}\u{0}\u{0}\u{4}", 400),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}", 400), ("hello\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        ("GET * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
        ("GET / HTTP/3.7\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400
        ),
        ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", 405),
        ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n", 413),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        (
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 17000) + "\r\n\r\n",
            431
        ),
        ("GET /" + String(repeating: "x", count: 17000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: 1000) + "\r\n",
            431
        ),
    ])
    func `is a refusal where nothing else can be said`(request: String, status: Int) throws {
        let client = try Client(port: test.port)
        client.send(request)
        let reply = try #require(client.reply())
        #expect(reply.status == status)
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        #expect(reply.headers["allow"] == (status == 405 ? "GET, HEAD" : nil))
        #expect(client.closes(within: 2) != nil)
    }

    @Test func `is a refusal before a body of a million bytes or a head of as many has come`()
        throws
    {
        let block = String(repeating: "x", count: 4096)
        for (head, part, status) in [
            ("Transfer-Encoding: chunked\r\n\r\n", "1000\r\n\(block)\r\n", 413),
            ("", "X: \(block)\r\n", 431), ("", "X", 431),
        ] {
            let client = try Client(port: test.port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\n" + head)
            var sent = 0
            while sent < 1 << 20, client.send(part == "X" ? block : part) { sent += 4096 }
            #expect(client.reply()?.status == status)
            #expect(client.closes(within: 2) != nil)
        }
        #expect(Program.curl("http://127.0.0.1:\(test.port)/") == 200)
    }

    @Test func `is the page where a body is small, which nobody reads`() throws {
        let client = try Client(port: test.port)
        client.send(
            "GET /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n"
                + String(repeating: "b", count: 65536))
        #expect(client.reply()?.body == "GET /1\n")
        client.send(
            "GET /2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n")
        #expect(client.reply()?.body == "GET /2\n")
    }

    @Test func `is one answer after the other for many requests in one segment`() throws {
        let client = try Client(port: test.port)
        client.send((0..<500).map { TestServer.get("/\($0)") }.joined())
        for number in 0..<500 { #expect(client.reply()?.body == "GET /\(number)\n") }
        client.send(TestServer.get("/ok") + "\u{0}\u{1}garbage\r\n\r\n")
        #expect(client.reply()?.body == "GET /ok\n")
        #expect(client.reply()?.status == 400)
        #expect(client.closes(within: 2) != nil)
    }

    @Test func `comes although the request comes byte by byte`() throws {
        let client = try Client(port: test.port)
        for character in TestServer.get("/slow", "Accept: */*") { client.send(String(character)) }
        #expect(client.reply()?.body == "GET /slow\n")
    }

    @Test func `is what curl expects`() throws {
        let url = "http://127.0.0.1:\(test.port)"
        #expect(try Program.run("curl -s -m 5 \(url)/one \(url)/two") == "GET /one\nGET /two\n")
        #expect(Program.curl("-I \(url)/kB/9") == 200)
        #expect(Program.curl("-0 \(url)/") == 200)
        #expect(Program.curl("-d hello \(url)/") == 405)
        // curl asks with `Expect: 100-continue` first, and gets its answer without sending the body.
        #expect(Program.curl("-X GET -T /bin/ls \(url)/") == 413)
    }
}
