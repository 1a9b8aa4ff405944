import Glibc
import Testing

@testable import Web

extension Measured {
    @Suite struct `How long a client may take` {
        @Test func `is 5 s for a head, 30 s between requests and 30 s to read, of 64 connections`()
        {
            let limits = WebLimits()
            #expect(limits.connections == 64)
            #expect(limits.head == .seconds(5))
            #expect(limits.idle == .seconds(30))
            #expect(limits.response == .seconds(30))
            #expect(limits.headBytes == 16384)
            #expect(limits.bodyBytes == 65536)
            #expect(limits.passwordsPerSecond == 2)
        }

        private func server() throws -> TestServer {
            try TestServer(limits: {
                $0.head = .milliseconds(400)
                $0.idle = .milliseconds(900)
                $0.response = .milliseconds(800)
            })
        }

        /// A client that says nothing, or part of a request; and then more each 50 ms, which is never all.
        @Test(arguments: [
            ("", nil), ("GET / HT", nil), ("GET / HTTP/1.1\r\nHost: a\r\nX: ", nil), ("", "\r\n"),
            ("GET /", "x"), ("GET / HTTP/1.1\r\nHost: a\r\nX: ", "x"),
        ])
        func `counts for the whole head, also for one byte at a time`(
            beginning: String, more: String?
        ) throws {
            let test = try server()
            let client = try Client(port: test.port)
            let start = Client.now
            client.send(beginning)
            while client.closes(within: 0.05) == nil, Client.now - start < 3 {
                if let more { client.send(more) }
            }
            let total = Client.now - start
            #expect(0.3...2.0 ~= total, "\(total) s")
        }

        @Test func `counts again for each later head, from its first byte on`() throws {
            let test = try server()
            let client = try Client(port: test.port)
            for _ in 0..<3 {
                client.send(TestServer.get("/"))
                #expect(client.reply()?.status == 200)
                usleep(300_000)
            }
            client.send("GET")
            let closed = try #require(client.closes(within: 3))
            #expect(0.3...2.0 ~= closed, "\(closed) s")
        }

        @Test func `counts for a body that never comes`() throws {
            let test = try server()
            let client = try Client(port: test.port)
            client.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")
            let closed = try #require(client.closes(within: 3))
            #expect(0.3...2.0 ~= closed, "\(closed) s")
        }

        @Test func `ends a connection on which nothing more is asked`() throws {
            let test = try server()
            let client = try Client(port: test.port)
            client.send(TestServer.get("/"))
            #expect(client.reply()?.status == 200)
            let closed = try #require(client.closes(within: 4))
            #expect(0.8...2.5 ~= closed, "\(closed) s")
            #expect(test.server.connectionCount == 0)
        }

        @Test func `ends a connection whose client does not read, whatever it asks`() throws {
            let test = try server()
            let client = try Client(port: test.port)
            for _ in 0..<50 { client.send(TestServer.get("/kB/16384")) }
            let start = Client.now
            while test.server.connectionCount == 0, Client.now - start < 1 { usleep(1000) }
            while test.server.connectionCount == 1, Client.now - start < 3 { usleep(1000) }
            let open = Client.now - start
            #expect(0.7...2.5 ~= open, "\(open) s")
        }
    }
}

extension Measured {
    @Suite struct `How many clients there may be` {
        @Test func `is 64, and one more takes the place of the one that has been idle longest`()
            throws
        {
            let test = try TestServer()
            let clients = try (0..<64).map { _ in try Client(port: test.port) }
            for client in clients {
                client.send(TestServer.get("/"))
                #expect(client.reply()?.status == 200)
            }
            #expect(test.server.connectionCount == 64)
            // The first has just spoken, so the second has been silent for longest.
            clients[0].send(TestServer.get("/"))
            #expect(clients[0].reply()?.status == 200)
            let late = try Client(port: test.port)
            late.send(TestServer.get("/late"))
            #expect(late.reply()?.body == "GET /late\n")
            #expect(test.server.connectionCount == 64)
            #expect(clients[1].closes(within: 1) != nil)
            #expect(clients[0].closes(within: 0.1) == nil)
        }

        @Test func `a client that opens many and says nothing pushes out only its own`() throws {
            let test = try TestServer()
            let slow = try Client(port: test.port, from: "127.0.0.7")
            slow.send("GET / HTTP/1.1\r\nHo")
            let idle = try Client(port: test.port, from: "127.0.0.8")
            idle.send(TestServer.get("/"))
            #expect(idle.reply()?.status == 200)
            let attackers = try (0..<200).map { _ in try Client(port: test.port, from: "127.0.0.9")
            }
            // All of them have been accepted when this one is answered.
            let last = try Client(port: test.port)
            last.send(TestServer.get("/"))
            #expect(last.reply()?.status == 200)
            #expect(test.server.connectionCount == 64)
            #expect(attackers[0].closes(within: 1) != nil)
            slow.send("st: a\r\n\r\n")
            #expect(slow.reply()?.status == 200)
            idle.send(TestServer.get("/"))
            #expect(idle.reply()?.status == 200)
        }

        @Test func `a newcomer is turned away where all are being answered`() throws {
            let test = try TestServer(limits: { $0.connections = 4 })
            let clients = try (0..<4).map { _ in try Client(port: test.port) }
            for client in clients {
                client.send(TestServer.get("/kB/16384"))
                #expect(client.reply(toHead: true)?.status == 200)
            }
            let late = try Client(port: test.port)
            #expect(late.closes(within: 0.5) != nil)
            // A second later those who do not read make room.
            usleep(1_100_000)
            let later = try Client(port: test.port)
            later.send(TestServer.get("/"))
            #expect(later.reply()?.status == 200)
        }

        @Test func `a page that many do not read is in memory once`() throws {
            let page = WebResponse(
                contentType: "text/plain", body: [UInt8](repeating: 0x61, count: 16 << 20))
            let test = try TestServer(handler: { _ in page })
            let before = try Self.residentBytes()
            let clients = try (0..<20).map { _ in try Client(port: test.port) }
            for client in clients {
                client.send(TestServer.get("/"))
                #expect(client.reply(toHead: true)?.status == 200)
            }
            #expect(test.server.connectionCount == 20)
            let grown = try Self.residentBytes() - before
            #expect(grown < 100 << 20, "\(grown >> 20) MiB")
        }

        private static func residentBytes() throws -> Int {
            let words = try Program.run("cat /proc/\(getpid())/statm").split(separator: " ")
            return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(sysconf(CInt(_SC_PAGESIZE)))
        }

        @Test func `beside a thousand that say nothing a scrape takes 20 ms at most`() throws {
            let test = try TestServer()
            var attackers: [Client] = []
            var times: [Double] = []
            for round in 0..<1000 {
                let client = try Client(port: test.port)
                client.send("GET / HTTP/1.1\r\nX-Slow: ")
                attackers.append(client)
                guard round % 100 == 99 else { continue }
                // The first waits until those before it have been accepted, the second is beside them.
                for isMeasured in [false, true] {
                    let start = Client.now
                    let scrape = try Client(port: test.port)
                    scrape.send(TestServer.get("/kB/16"))
                    #expect(scrape.reply()?.status == 200)
                    if isMeasured { times.append(Client.now - start) }
                }
            }
            #expect(test.server.connectionCount <= 64)
            let median = times.sorted()[times.count / 2]
            #expect(median <= 0.020, "\(times)")
        }
    }
}
