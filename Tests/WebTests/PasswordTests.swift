import Testing

@testable import Web

@Suite struct `Passwords` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func server(
        _ hash: String = Hashes.cheap, limits: (inout WebLimits) -> Void = { _ in }
    ) throws -> TestServer {
        try TestServer(
            configuration: try scratch.write("web.yml", "basic_auth_users:\n  alice: \(hash)\n"),
            limits: limits)
    }

    private func status(
        _ test: TestServer, _ user: String, _ password: String, from source: String = "127.0.0.1"
    ) -> Int {
        Program.curl(
            "--interface \(source) -u '\(user):\(password)' http://127.0.0.1:\(test.port)/")
    }

    @Test func `let in who knows one, and nobody else`() throws {
        let test = try server(limits: { $0.passwordsPerSecond = 100 })
        #expect(status(test, "alice", "right") == 200)
        #expect(status(test, "alice", "wrong") == 401)
        #expect(status(test, "alice", "") == 401)
        #expect(status(test, "alice", "right ") == 401)
        #expect(status(test, "alice", String(repeating: "a", count: 600)) == 401)
        #expect(status(test, "bob", "right") == 401)
        #expect(status(test, "", "") == 401)
        #expect(status(test, "alice", "right") == 200)
    }

    @Test func `are asked for by a realm`() throws {
        let test = try server()
        let client = try Client(port: test.port)
        for header in ["Accept: */*", "Authorization: Bearer x", "Authorization: Basic !"] {
            client.send(TestServer.get("/", header))
            let reply = try #require(client.reply())
            #expect(reply.status == 401)
            #expect(reply.headers["www-authenticate"] == "Basic realm=\"restricted\"")
            #expect(reply.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test func `with a NUL behind them are not the same`() throws {
        let hash = try #require(PasswordHash(Hashes.cheap))
        #expect(Bcrypt.matches(password: Array("right".utf8), hash: hash))
        #expect(!Bcrypt.matches(password: Array("right\u{0}".utf8), hash: hash))
        #expect(!Bcrypt.matches(password: Array("right\u{0}x".utf8), hash: hash))
        #expect(!Bcrypt.matches(password: [], hash: PasswordHash(ofNobody: 4)))
    }

    @Test func `of a name that nobody has cost what those of some user do`() throws {
        #expect(PasswordHash(ofNobody: 4).text.count == 60)
        #expect(PasswordHash(PasswordHash(ofNobody: 4).text)?.cost == 4)
        #expect(PasswordHash(PasswordHash(ofNobody: 12).text)?.cost == 12)
    }

    @Test func `that two ask for at a time are hashed once`() throws {
        let test = try server(Hashes.dear, limits: { $0.passwordsPerSecond = 1 })
        let clients = try (0..<8).map { _ in try Client(port: test.port) }
        for client in clients {
            client.send(TestServer.get("/", "Authorization: Basic YWxpY2U6c2xvdw=="))
        }
        for client in clients { #expect(client.reply()?.status == 200) }
    }
}
