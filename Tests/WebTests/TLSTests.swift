import Glibc
import Testing

@testable import Web

@Suite struct `Encrypted connections` {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.makeCertificate("server")
        try scratch.makeCertificate("client", names: "DNS:monitoring,IP:10.1.2.3,email:a@b.c")
        try scratch.makeCertificate("stranger", names: "DNS:monitoring")
    }

    private func write(_ more: String = "") throws -> String {
        try scratch.write(
            "web.yml",
            "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n\(more)")
    }

    private func curl(_ test: TestServer, _ arguments: String = "") -> Int {
        Program.curl(
            "--cacert '\(scratch["server.crt"])' \(arguments) https://127.0.0.1:\(test.port)/")
    }

    private func `as`(_ name: String) -> String {
        "--cert '\(scratch[name]).crt' --key '\(scratch[name]).key'"
    }

    @Test func `serve curl, which knows the certificate, and speak no HTTP/2`() throws {
        let test = try TestServer(configuration: try write())
        #expect(curl(test) == 200)
        #expect(curl(test, "--tls-max 1.2") == 200)
        #expect(curl(test, "--http2") == 200)
        #expect(
            try Program.run(
                "curl -s -m 5 --http2 -o /dev/null -w '%{http_version} %{ssl_verify_result}'"
                    + " --cacert '\(scratch["server.crt"])' https://127.0.0.1:\(test.port)/")
                == "1.1 0")
        #expect(Program.curl("http://127.0.0.1:\(test.port)/") == 0)
    }

    @Test func `have a page of any length`() throws {
        let test = try TestServer(configuration: try write())
        let length = try Program.run(
            "curl -s -m 5 --cacert '\(scratch["server.crt"])' https://127.0.0.1:\(test.port)/kB/5000"
                + " | wc -c")
        #expect(length.contains("5120000"))
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{5}garbage", "\u{0}",
    ])
    func `end where something else is spoken`(text: String) throws {
        let test = try TestServer(
            configuration: try write(), limits: { $0.head = .milliseconds(500) })
        let client = try Client(port: test.port)
        client.send(text)
        #expect(client.reply(within: 1) == nil)
        #expect(client.closes(within: 2) != nil)
        #expect(curl(test) == 200)
    }

    /// A handshake that says nothing, and one that is done and asks for nothing.
    @Test func `count for a head from the first moment on`() throws {
        let test = try TestServer(
            configuration: try write(), limits: { $0.head = .milliseconds(500) })
        let silent = try Client(port: test.port)
        let closed = try #require(silent.closes(within: 3))
        #expect(0.4...2.0 ~= closed, "\(closed) s")
        let shaken = Program.attempt(
            """
            timeout 4 python3 -c 'if True:
                import socket, ssl, time
                context = ssl.create_default_context(cafile="\(scratch["server.crt"])")
                began = time.monotonic()
                raw = socket.create_connection(("127.0.0.1", \(test.port)))
                shaken = context.wrap_socket(raw, server_hostname="127.0.0.1")
                try:
                    shaken.recv(1)
                except OSError:
                    pass
                print(int((time.monotonic() - began) * 10))'
            """)
        let tenths = try #require(Int(shaken.text.dropLast()), "\(shaken)")
        #expect(4...20 ~= tenths)
    }

    @Test(arguments: ["http", "https"])
    func `end where the client reads a few bytes a second`(scheme: String) throws {
        let test = try TestServer(
            configuration: scheme == "https" ? try write() : nil,
            limits: { $0.response = .milliseconds(500) })
        _ = Program.attempt(
            "curl -sk -m 5 --limit-rate 1k -o /dev/null"
                + " \(scheme)://127.0.0.1:\(test.port)/kB/16384 >/dev/null 2>&1 &")
        let start = Client.now
        while test.server.connectionCount == 0, Client.now - start < 2 { usleep(1000) }
        while test.server.connectionCount == 1, Client.now - start < 6 { usleep(1000) }
        let open = Client.now - start
        #expect(0.4...3 ~= open, "\(open) s")
    }

    @Test(arguments: [
        ("min_version: TLS13", "--tls-max 1.2", 0), ("min_version: TLS13", "", 200),
        ("max_version: TLS12", "--tlsv1.3", 0), ("max_version: TLS12", "", 200),
        (
            "cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]",
            "--tls-max 1.2 --ciphers ECDHE-ECDSA-AES256-GCM-SHA384", 0
        ),
        (
            "cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]",
            "--tls-max 1.2 --ciphers ECDHE-ECDSA-AES128-GCM-SHA256", 200
        ),
        ("cipher_suites: [TLS_AES_128_GCM_SHA256]", "--tls-max 1.2", 0),
        ("cipher_suites: [TLS_AES_128_GCM_SHA256]", "", 200),
        ("curve_preferences: [CurveP384]", "--curves P-256", 0),
        ("curve_preferences: [CurveP384]", "--curves P-256:P-384", 200),
    ])
    func `are of the versions, ciphers and curves that are set`(
        field: String, arguments: String, status: Int
    ) throws {
        let test = try TestServer(configuration: try write("  \(field)\n"))
        #expect(curl(test, arguments) == status)
    }

    @Test(arguments: [
        ("NoClientCert", "", "none client stranger"),
        ("RequestClientCert", "", "none client stranger"),
        ("RequireAnyClientCert", "", "client stranger"),
        ("RequireClientCert", "", "client stranger"),
        ("VerifyClientCertIfGiven", "client_ca_file: client.crt", "none client"),
        ("VerifyClientCertIfGiven", "", "none"),
        ("RequireAndVerifyClientCert", "client_ca_file: client.crt", "client"),
        (
            "RequireAndVerifyClientCert",
            "client_ca_file: client.crt\n  client_allowed_sans: [x, monitoring]", "client"
        ),
        (
            "RequireAndVerifyClientCert",
            "client_ca_file: client.crt\n  client_allowed_sans: [10.1.2.3]", "client"
        ),
        (
            "RequireAndVerifyClientCert",
            "client_ca_file: client.crt\n  client_allowed_sans: [a@b.c]", "client"
        ),
        (
            "RequireAndVerifyClientCert",
            "client_ca_file: client.crt\n  client_allowed_sans: [monitor, client]", ""
        ),
        ("RequireAnyClientCert", "client_allowed_sans: [a@b.c]", "client"),
        ("RequestClientCert", "client_allowed_sans: [a@b.c]", "none client"),
    ])
    func `are for the clients that may come`(type: String, more: String, welcome: String) throws {
        let test = try TestServer(
            configuration: try write("  client_auth_type: \(type)\n  \(more)\n"))
        let answered = ["none", "client", "stranger"].filter { name in
            curl(test, name == "none" ? "" : `as`(name)) == 200
        }
        #expect(answered.joined(separator: " ") == welcome)
    }
}
