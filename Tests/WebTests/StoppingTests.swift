import Glibc
import Testing

@testable import Web

extension Measured {
    @Suite struct `Stopping` {
        @Test func `takes less than a second, whoever is connected`() throws {
            let test = try TestServer()
            let silent = try Client(port: test.port)
            let idle = try Client(port: test.port)
            idle.send(TestServer.get("/"))
            #expect(idle.reply()?.status == 200)
            let slow = try Client(port: test.port)
            slow.send(TestServer.get("/kB/16384"))
            #expect(slow.reply(toHead: true)?.status == 200)
            let start = Client.now
            test.server.stop()
            #expect(Client.now - start < 1)
            for client in [silent, idle, slow] { #expect(client.closes(within: 2) != nil) }
            #expect(throws: Client.Failure.self) { _ = try Client(port: test.port) }
            test.server.stop()
        }

        @Test func `lets a response come to its end`() throws {
            let test = try TestServer(handler: { _ in
                usleep(300_000)
                return .text(200, "late")
            })
            let client = try Client(port: test.port)
            client.send(TestServer.get("/"))
            usleep(100_000)
            test.server.stop()
            #expect(client.reply()?.body == "late\n")
        }

        @Test func `does not wait for a password that takes seconds`() throws {
            let scratch = try Scratch()
            let dear = "$2y$14$" + String(repeating: "a", count: 53)
            let test = try TestServer(
                configuration: try scratch.write("web.yml", "basic_auth_users: {alice: \(dear)}\n"))
            let client = try Client(port: test.port)
            client.send(TestServer.get("/", "Authorization: Basic YWxpY2U6cmlnaHQ="))
            usleep(100_000)
            let start = Client.now
            test.server.stop()
            #expect(Client.now - start < 1)
        }
    }
}
