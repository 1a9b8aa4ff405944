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
