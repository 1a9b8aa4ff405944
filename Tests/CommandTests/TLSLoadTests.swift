import FoundationEssentials
import Testing

extension Measured {
    /// `tcptune load --tls` against nginx, counted by nginx's own log, and against servers that refuse.
    @Suite(
        .serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
        .enabled(if: TLSScene.isPossible, "nginx, openssl and libssl are not installed"))
    struct `A load of nginx with TLS` {
        private struct Output: Decodable {
            let data: Facts

            struct Facts: Decodable {
                let completed: Int
                let connections: Int
                let body_bytes: Int
                let errors_by_stage: [String: [String: Int]]
                let statuses: [String: Int]
                let latency_seconds: Latencies
                let tls: TLS?
            }

            struct Latencies: Decodable {
                let connect: Latency?
                let handshake: Latency?
                let total: Latency?
            }

            struct Latency: Decodable {
                let count: Int
                let p50: Double
                let max: Double
            }

            struct TLS: Decodable {
                let handshakes: Int
                let handshakes_per_second: Double
                let resumed: Int
                let agreed: [String: Int]
                let verified: [String: Int]
                let failures: [String: Int]
            }
        }

        private static func load(
            _ scene: Scene, _ words: String...
        ) throws -> (Output.Facts, String) {
            let outcome = try scene.run(
                ["env", "SSL_CERT_FILE=" + TLSScene.file(scene, "ca.pem"), Program.tcptune, "load"]
                    + words + ["--json"], within: 60)
            // On a busy machine the client may be the limit, which is said; what is counted is the same.
            guard [0, 2, 3].contains(outcome.status) else {
                throw Program.Failure("status \(outcome.status): \(outcome.errors)")
            }
            let output = try JSONDecoder().decode(Output.self, from: Data(outcome.output.utf8))
            #expect((outcome.status == 2) == (output.data.completed == 0), "\(outcome.errors)")
            return (output.data, outcome.output)
        }

        /// Lines of nginx for a path, and how many of them resumed a session.
        private static func logged(_ scene: Scene, _ path: String) throws -> (
            all: Int, resumed: Int
        ) {
            let lines = try Temporary.content(of: TLSScene.file(scene, "access.log"))
                .split(separator: "\n").filter { $0.hasPrefix("GET \(path) ") }
            #expect(lines.allSatisfy { $0.hasSuffix(" 200") })
            return (lines.count, lines.count { $0.hasSuffix(" r 200") })
        }

        @Test func `makes as many handshakes as nginx logged, full or resumed`() throws {
            try Scene.run("tls") { scene in
                let (full, text) = try Self.load(
                    scene, "--to", "https://127.0.0.1:8443/full", "--count", "120", "--connections",
                    "4")
                let tls = try #require(full.tls)
                #expect(full.completed == 120 && full.statuses == ["2xx": 120])
                #expect(full.errors_by_stage.isEmpty && full.body_bytes == 600)
                #expect(tls.handshakes == 120 && tls.resumed == 0)
                #expect(tls.handshakes_per_second > 0 && tls.failures.isEmpty)
                #expect(tls.agreed == ["TLSv1.3 TLS_AES_256_GCM_SHA384": 120])
                #expect(tls.verified == ["ok": 120])
                #expect(try Self.logged(scene, "/full") == (120, 0))
                let times = full.latency_seconds
                #expect(times.handshake?.count == 120 && times.connect?.count == 120)
                // The handshake is no part of connect(), and all of the request's time.
                #expect(times.handshake?.p50 ?? 0 > times.connect?.p50 ?? 1)
                #expect(times.handshake?.p50 ?? 1 < times.total?.p50 ?? 0)
                if JSONSchema.hasValidator {
                    #expect(try JSONSchema.objection(to: text, as: "load") == nil)
                }
                for (port, path) in [(8445, "/three"), (8443, "/two")] {
                    let (resumed, _) = try Self.load(
                        scene, "--to", "https://www.test:\(port)\(path)", "--count", "60",
                        "--connections", "2", "--tls-resume")
                    #expect(resumed.completed == 60 && resumed.tls?.handshakes == 60)
                    let logged = try Self.logged(scene, path)
                    #expect(logged.all == 60 && logged.resumed == resumed.tls?.resumed)
                    #expect(logged.resumed >= 50)
                }
            }
        }

        @Test func `reads large bodies, several on a connection, however it is closed`() throws {
            try Scene.run("tls") { scene in
                let (large, _) = try Self.load(
                    scene, "--to", "https://[::1]:8443/big", "--count", "20", "--requests", "5",
                    "--connections", "2")
                #expect(large.completed == 20 && large.body_bytes == 20 << 20)
                #expect((4...6).contains(large.tls?.handshakes ?? 0))
                for close in ["server", "reset", "client"] {
                    let (closed, _) = try Self.load(
                        scene, "--to", "127.0.0.1:8443", "--tls", "--tls-name", "other.test",
                        "--http", "/\(close)", "--count", "40", "--close", close)
                    #expect(closed.completed == 40 && closed.errors_by_stage.isEmpty, "\(close)")
                    #expect(closed.tls?.verified == ["ok": 40], "\(close)")
                    #expect(try Self.logged(scene, "/\(close)").all == 40)
                }
                let both = try scene.run([
                    Program.tcptune, "load", "--to", "https://both.test:8443/x", "--count", "1",
                ])
                #expect(both.status == 64)
                #expect(
                    both.errors.contains(
                        "--to [::1]:8443 --tls --tls-name both.test --http /x"), "\(both.errors)")
                let page = try scene.run([
                    Program.tcptune, "load", "--to", "https://127.0.0.1:8448/", "--count", "10",
                ])
                for words in [
                    "TLS handshakes 10", "The certificate is not trusted", "note: with TLS",
                ] {
                    #expect(page.output.contains(words), "\(words)")
                }
            }
        }

        @Test func `counts what fails in TLS by its kind`() throws {
            try Scene.run("tls") { scene in
                for (port, expected) in [
                    (8452, ["receive": ["SHORT_RESPONSE": 8]]), (8456, ["tls": ["TLS_ALERT": 8]]),
                    (8461, ["tls": ["TIMEOUT": 8]]), (8462, ["tls": ["TLS_INVALID": 8]]),
                    (8463, ["tls": ["TLS_ENDED": 8]]), (8464, ["tls": ["ECONNRESET": 8]]),
                    (8465, ["tls": ["TLS_ALERT": 8]]), (8466, ["tls": ["TIMEOUT": 8]]),
                    (8467, ["tls": ["TLS_INVALID": 8]]), (8080, ["tls": ["TLS_INVALID": 8]]),
                    (8453, [:]),
                ] {
                    let (facts, _) = try Self.load(
                        scene, "--to", "https://127.0.0.1:\(port)/", "--count", "8",
                        "--connections",
                        "8", "--timeout", "200ms")
                    #expect(facts.errors_by_stage == expected, "\(port)")
                    #expect(facts.completed == (expected.isEmpty ? 8 : 0), "\(port)")
                }
                // Each ends TLS before it closes, as the server writes it down.
                let (stays, _) = try Self.load(
                    scene, "--to", "https://127.0.0.1:8451/", "--count", "6", "--runs", "2")
                #expect(stays.completed == 12 && stays.tls?.handshakes == 12)
                #expect(
                    try TLSScene.ends(scene, 8451, count: 12)
                        == Array(repeating: "notified", count: 12))
                // TLS 1.3 refuses a client without a certificate when its own part is over.
                let (asked, _) = try Self.load(
                    scene, "--to", "https://127.0.0.1:8455/", "--count", "8")
                #expect(asked.tls?.failures == ["alert: certificate required": 8])
            }
        }
    }
}

@Suite struct `A load with TLS` {
    @Test(arguments: [
        ["--tls"], ["--tls-resume"], ["--to", "127.0.0.1:9", "--tls", "--close", "half"],
        ["--to", "https://127.0.0.1:9/", "--to", "127.0.0.1:9"], ["--to", "ftp://127.0.0.1/"],
        ["--to", "127.0.0.1:9", "--tls-name", "a b"],
        ["--to", "127.0.0.1:9", "--tls-name", "www.test"], ["--to", "127.0.0.1:9", "--tls-resume"],
        ["--to", "https://127.0.0.1:9/", "--set", "net.ipv4.tcp_tw_reuse=1"],
    ])
    func `that makes no sense is refused`(_ words: [String]) throws {
        let outcome = try Program.run([Program.tcptune, "load", "--count", "1"] + words)
        #expect(outcome.status == 64, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }
}
