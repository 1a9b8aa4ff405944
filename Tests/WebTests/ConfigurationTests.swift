import NIOSSL
import Testing

@testable import Web

@Suite struct `The web configuration` {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.makeCertificate("server")
        try scratch.makeCertificate("other")
        try scratch.write("empty.pem", "")
    }

    private static let tls = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"

    private func read(_ text: String) throws(WebError) -> WebConfiguration {
        var files = FilesRead()
        let path = (try? scratch.write("web.yml", text)) ?? ""
        let found = try WebConfiguration(reading: path, files: &files)
        if let settings = found.tls { _ = try TLSContext(settings) }
        return found
    }

    @Test(arguments: [
        "", "# nothing\n", "---\n...\n", "tls_server_config:\n", "basic_auth_users: ~\n",
        "http_server_config:\n  http2: false\n", "http_server_config: {headers: {}}\n",
        "rate_limit: {interval: 0, burst: 0}\n", "rate_limit:\n  burst: 3\n",
        "http_server_config:\n  headers:\n    X-Frame-Options: \"\"\n",
    ])
    func `may say nothing`(text: String) throws {
        #expect(try read(text) == WebConfiguration())
    }

    @Test func `says what is encrypted, how, for whom, and how often`() throws {
        let found = try read(
            Self.tls + """
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: \(scratch["other.crt"])
                  client_allowed_sans: [monitoring, "10.0.0.1"]
                  min_version: TLS12
                  max_version: TLS13
                  prefer_server_cipher_suites: yes
                  cipher_suites:
                    - TLS_AES_128_GCM_SHA256
                    - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
                  curve_preferences: [X25519, CurveP256]
                http_server_config:
                  headers:
                    X-XSS-Protection: 1
                    X-Frame-Options: sameorigin
                    Content-Security-Policy: "default-src 'self'"
                basic_auth_users:
                  alice: \(Hashes.cheap)
                  'b b': &same "\(Hashes.cheap)"
                  carol: *same
                rate_limit: {interval: 1m30s, burst: 7}
                """)
        let tls = try #require(found.tls)
        #expect(tls.clientAuthentication == .requiredAndVerified)
        #expect(tls.allowedNames == ["monitoring", "10.0.0.1"])
        #expect(tls.oldest == .tlsv12)
        #expect(tls.newest == .tlsv13)
        #expect(tls.ciphers == [.TLS_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256])
        #expect(tls.curves == [.x25519, .secp256r1])
        #expect(found.headers.count == 3)
        #expect(found.headers.last == WebConfiguration.Header(name: "X-XSS-Protection", value: "1"))
        #expect(found.users.keys.sorted() == ["alice", "b b", "carol"])
        #expect(found.users["carol"]?.cost == 4)
        #expect(found.rate == RequestRate(interval: .seconds(90), burst: 7))
        #expect(found.authenticates)
        #expect(found.exposure == nil)
    }

    @Test func `may hold certificate and key themselves`() throws {
        func indented(_ name: String) throws -> String {
            try Program.run("sed 's/^/    /' '\(scratch[name])'")
        }
        let text =
            try "tls_server_config:\n  cert: |\n" + indented("server.crt") + "  key: |\n"
            + indented("server.key")
        #expect(try read(text).tls?.certificate.origin.hasSuffix("web.yml:2") == true)
    }

    @Test func `has every name of exporter-toolkit's`() throws {
        for (list, table) in [
            ("cipher_suites", TLSSettings.cipherNames.map(\.name)),
            ("curve_preferences", TLSSettings.curveNames.map(\.name)),
        ] {
            let text = Self.tls + "  \(list): [\(table.joined(separator: ", "))]\n"
            #expect(throws: Never.self) { try read(text) }
        }
        for (name, value) in TLSSettings.clientAuthentications where value != .requiredAndVerified {
            #expect(
                try read(Self.tls + "  client_auth_type: \(name)\n").tls?.clientAuthentication
                    == value)
        }
        for (name, value) in TLSSettings.versions {
            #expect(try read(Self.tls + "  min_version: \(name)\n").tls?.oldest == value)
        }
    }

    /// What is refused, in which line, and a word of why.
    @Test(arguments: [
        ("tls_server_confg: {}\n", 1, "did you mean tls_server_config"),
        ("a: b\n", 1, "the file has no field a"), ("just words\n", 1, "list of names"),
        ("- a\n- b\n", 1, "list of names"),
        ("tls_server_config: {cert_filse: a}\n", 1, "cert_file"),
        ("http_server_config:\n\n  http3: true\n", 3, "http2"),
        ("http_server_config: {http2: maybe}\n", 1, "true or false"),
        ("http_server_config:\n  headers:\n    X-Frame-Options: allow\n", 3, "deny or sameorigin"),
        ("http_server_config:\n  headers:\n    X-Content-Type-Options: x\n", 3, "nosniff"),
        ("http_server_config:\n  headers:\n    Server: me\n", 3, "no field Server"),
        ("http_server_config:\n  headers:\n    X-XSS-Protection: \"a\\r\\nb\"\n", 3, "one line"),
        ("http_server_config: {headers: [a]}\n", 1, "list of names"),
        ("basic_auth_users:\n  alice: secret\n", 2, "alice is not a bcrypt hash"),
        ("basic_auth_users:\n  alice:\n", 2, "not a bcrypt hash"),
        ("basic_auth_users: [alice]\n", 1, "list of names"),
        ("basic_auth_users: {alice: $2y$03$\(String(repeating: ".", count: 53))}\n", 1, "bcrypt"),
        ("basic_auth_users: {alice: $2x$10$\(String(repeating: ".", count: 53))}\n", 1, "bcrypt"),
        ("basic_auth_users: {alice: $2y$10$\(String(repeating: ".", count: 52))}\n", 1, "bcrypt"),
        ("basic_auth_users: {'a:b': \(Hashes.cheap)}\n", 1, "colon"),
        (
            "basic_auth_users:\n  a: \(Hashes.cheap)\n  b: \(Hashes.cheap)\n  a: \(Hashes.cheap)\n",
            4, "first in line 2"
        ),
        ("rate_limit: {interval: soon}\n", 1, "duration"),
        ("rate_limit: {interval: -1s}\n", 1, "duration"),
        ("rate_limit:\n  interval: 1s\n  burst: -1\n", 3, "whole number"),
        ("a: b\n  c: d\n", 2, "not YAML"), ("\tx", 1, "not YAML"), ("a: \"b", 1, "not YAML"),
        ("rate_limit: {}\n---\nbasic_auth_users: {}\n", 2, "second document"),
        ("rate_limit: !!python/object {}\n", 1, "tag"), ("rate_limit: *none\n", 1, "&none"),
        (String(repeating: "[", count: 100), 1, "deep"),
        ("? {a: b}\n: c\n", 1, "name must be text"),
    ])
    func `is refused with its line`(text: String, line: Int, reason: String) throws {
        let error = #expect(throws: WebError.self) { _ = try read(text) }
        #expect(error?.subject == "\(scratch["web.yml"]):\(line)")
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.reason.contains("secret") == false)
    }

    /// The same of `tls_server_config`, whose first field is in line 2.
    @Test(arguments: [
        ("min_version: TLS12", 2, "needs cert_file"),
        ("cert_file: server.crt", 2, "needs key_file"),
        ("cert_file: ''\n  key_file: server.key", 2, "needs cert_file"),
        ("cert_file: gone.crt\n  key_file: server.key", 2, "gone.crt: No such file"),
        ("cert_file: /\n  key_file: server.key", 2, "not a regular file"),
        ("cert_file: empty.pem\n  key_file: server.key", nil, "no certificate in PEM"),
        ("cert_file: server.key\n  key_file: server.key", nil, "no certificate in PEM"),
        ("cert_file: server.crt\n  key_file: server.crt", nil, "no private key in PEM"),
        ("cert_file: server.crt\n  key_file: other.key", nil, "does not go together"),
        ("cert_file: server.crt\n  cert: x\n  key_file: server.key", 3, "not both"),
        ("cert: x\n  key_file: server.key", nil, "no certificate in PEM"),
        ("client_auth_type: x\n  cert_file: server.crt\n  key_file: server.key", 2, "cannot be x"),
        (
            "client_ca_file: other.crt\n  cert_file: server.crt\n  key_file: server.key", 2,
            "no effect"
        ),
        (
            "client_auth_type: RequireAndVerifyClientCert\n  cert_file: server.crt\n  key_file: server.key",
            2, "needs client_ca_file"
        ),
        (
            "client_allowed_sans: [a]\n  cert_file: server.crt\n  key_file: server.key", 2,
            "no effect"
        ),
        (
            "min_version: TLS1.2\n  cert_file: server.crt\n  key_file: server.key", 2,
            "did you mean TLS12"
        ),
        (
            "min_version: TLS13\n  max_version: TLS12\n  cert_file: server.crt\n  key_file: server.key",
            3, "above max_version"
        ),
        (
            "cipher_suites: [RC4]\n  cert_file: server.crt\n  key_file: server.key", 2,
            "cannot be RC4"
        ),
        (
            "curve_preferences: [P]\n  cert_file: server.crt\n  key_file: server.key", 2,
            "cannot be P"
        ),
        ("cert_file: [a]\n  key_file: server.key", 2, "must be text"),
    ])
    func `is refused where TLS could not work`(fields: String, line: Int?, reason: String) throws {
        let error = #expect(throws: WebError.self) {
            _ = try read("tls_server_config:\n  \(fields)\n")
        }
        if let line { #expect(error?.subject == "\(scratch["web.yml"]):\(line)") }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `is refused where it is none, or too large`() throws {
        var files = FilesRead()
        for (path, reason) in [
            (scratch["none.yml"], "No such file"), (scratch.path, "not a regular file"),
            ("/dev/zero", "not a regular file"),
            (
                try scratch.write("big", String(repeating: "#\n", count: 600_000)),
                "larger than 1 MiB"
            ),
        ] {
            let error = #expect(throws: WebError.self) {
                _ = try WebConfiguration(reading: path, files: &files)
            }
            #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
        }
    }

    @Test(arguments: [
        ("", "both"), ("tls", "everybody could read"), ("users", "unencrypted"), ("tls users", nil),
        ("tls clients", nil), ("tls any", "everybody could read"),
    ])
    func `may serve other hosts only encrypted and for those who show who they are`(
        what: String, reason: String?
    ) throws {
        var text = what.contains("tls") ? Self.tls : ""
        if what.contains("clients") {
            text += "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: other.crt\n"
        }
        if what.contains("any") { text += "  client_auth_type: RequireAnyClientCert\n" }
        if what.contains("users") { text += "basic_auth_users:\n  alice: \(Hashes.cheap)\n" }
        let path = try scratch.write("web.yml", text)
        for address in ["0.0.0.0:0", ":0", "[::]:0"] {
            var options = WebServer.Options(addresses: [try ListenAddress(address)])
            options.configurationFile = path
            guard let reason else {
                try WebServer.check(options)
                let server = try WebServer.start(options, handler: TestServer.echo)
                #expect(!server.addresses.isEmpty)
                server.stop()
                continue
            }
            for open in [
                { try WebServer.check(options) },
                { try WebServer.start(options, handler: TestServer.echo).stop() },
            ] {
                let error = #expect(throws: WebError.self) { try open() }
                #expect(error?.operation == "serve")
                if reason != "both" { #expect(error?.reason.contains(reason) == true) }
            }
        }
    }
}
