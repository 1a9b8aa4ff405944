import Glibc
import Testing

@testable import Web

@Suite struct `A web configuration that changes` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let tls = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"

    private func status(_ test: TestServer, _ arguments: String = "", scheme: String = "http")
        -> Int
    {
        Program.curl("\(arguments) \(scheme)://127.0.0.1:\(test.port)/")
    }

    @Test func `is in effect with the next request`() throws {
        let path = try scratch.write("web.yml", "")
        let test = try TestServer(configuration: path)
        #expect(status(test) == 200)
        try scratch.write("web.yml", "basic_auth_users: {alice: \(Hashes.cheap)}\n")
        #expect(status(test) == 401)
        #expect(status(test, "-u alice:right") == 200)
        try scratch.write(
            "web.yml", "http_server_config: {headers: {X-Frame-Options: sameorigin}}\n")
        let client = try Client(port: test.port)
        client.send(TestServer.get("/"))
        #expect(client.reply()?.headers["x-frame-options"] == "sameorigin")
        #expect(test.log.all.count == 2)
    }

    @Test func `is noticed although it changes twice within a tick, without growing`() throws {
        let path = try scratch.write("web.yml", "rate_limit: {interval: 0, burst: 0}\n")
        let test = try TestServer(configuration: path)
        for round in 0..<30 {
            let closed = round % 2 == 0
            try scratch.write("web.yml", "rate_limit: {interval: \(closed ? 9 : 0)h, burst: 0}\n")
            let client = try Client(port: test.port)
            client.send(TestServer.get("/"))
            #expect(client.reply()?.status == (closed ? 429 : 200))
        }
    }

    @Test func `answers nothing while it cannot be read, and goes on by itself`() throws {
        let path = try scratch.write(
            "web.yml", "basic_auth_users: {alice: \(Hashes.cheap)}\n")
        let test = try TestServer(configuration: path)
        #expect(status(test, "-u alice:right") == 200)
        for _ in 0..<3 {
            try scratch.write("web.yml", "basic_auth_user: {}\n")
            #expect(status(test, "-u alice:right") == 500)
        }
        try Program.run("rm '\(path)'")
        #expect(status(test) == 500)
        try scratch.write("web.yml", "basic_auth_users: {alice: \(Hashes.cheap)}\n")
        #expect(status(test, "-u alice:right") == 200)
        #expect(status(test) == 401)
        let log = test.log.all
        #expect(log.count == 3, "\(log)")
        #expect(log.first?.contains("web.yml:1: the file has no field basic_auth_user") == true)
    }

    @Test func `brings a new certificate, also into connections that are open`() throws {
        try scratch.makeCertificate("server")
        let path = try scratch.write("web.yml", Self.tls)
        let test = try TestServer(configuration: path)
        #expect(status(test, "--cacert '\(scratch["server.crt"])'", scheme: "https") == 200)
        try Program.run("cp '\(scratch["server.crt"])' '\(scratch["old.crt"])'")
        try scratch.makeCertificate("server")
        #expect(status(test, "--cacert '\(scratch["server.crt"])'", scheme: "https") == 200)
        #expect(status(test, "--cacert '\(scratch["old.crt"])'", scheme: "https") == 0)
        // One file is new, the other not yet: the old pair serves no pages, the new one does.
        try scratch.makeCertificate("next")
        try Program.run("cp '\(scratch["next.crt"])' '\(scratch["server.crt"])'")
        #expect(status(test, "-k", scheme: "https") == 500)
        try Program.run("cp '\(scratch["next.key"])' '\(scratch["server.key"])'")
        #expect(status(test, "--cacert '\(scratch["next.crt"])'", scheme: "https") == 200)
    }

    @Test func `turns encryption on for those who are connected`() throws {
        try scratch.makeCertificate("server")
        let path = try scratch.write("web.yml", "")
        let test = try TestServer(configuration: path)
        let client = try Client(port: test.port)
        client.send(TestServer.get("/"))
        #expect(client.reply()?.status == 200)
        try scratch.write("web.yml", Self.tls)
        client.send(TestServer.get("/"))
        #expect(client.reply(within: 1) == nil)
        #expect(client.closes(within: 1) != nil)
        #expect(status(test, "-k", scheme: "https") == 200)
    }

    @Test func `may limit how many requests are answered`() throws {
        let path = try scratch.write("web.yml", "rate_limit: {interval: 300ms, burst: 2}\n")
        let test = try TestServer(configuration: path)
        let client = try Client(port: test.port)
        func ask() -> Int? {
            client.send(TestServer.get("/"))
            return client.reply()?.status
        }
        #expect([ask(), ask(), ask()] == [200, 200, 429])
        usleep(350_000)
        #expect([ask(), ask()] == [200, 429])
    }
}
