import Glibc
import Testing

/// What `tcptune trace` says of servers that are not what was meant, or want what a trace has not.
@Suite(
    .serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
    .enabled(if: TLSScene.isPossible, "nginx, openssl and libssl are not installed"))
struct `A trace of https that is refused` {
    @Test func `says what can be done about the certificate`() throws {
        try Scene.run("tls") { scene in
            for (url, words) in [
                ("https://www.test:8447/", "it is for other.test: use such a name"),
                (
                    "https://127.0.0.1:8450/",
                    "the server sent only its own certificate, signed by Middle CA"
                ),
                ("https://127.0.0.1:8448/", "this host does not know www.test"),
                ("https://127.0.0.1:8446/", "renew it on the server"),
            ] {
                let (trace, _) = try TLSScene.trace(scene, url, status: 2)
                #expect(
                    trace.data.failure?.reason.contains(words) == true,
                    "\(url): \(trace.data.failure?.reason ?? "")")
            }
            let missing = try scene.run([
                "env", "SSL_CERT_FILE=/nowhere/ca.pem", Program.tcptune, "trace",
                "https://127.0.0.1:8443/",
            ])
            #expect(missing.status == 2)
            #expect(
                missing.errors.contains("SSL_CERT_FILE=/nowhere/ca.pem, which tcptune cannot read"),
                "\(missing.errors)")
            // What is allowed to be untrusted is so in the first line all the same.
            let page = try TLSScene.run(scene, ["https://127.0.0.1:8446/", "--insecure"])
            #expect(page.status == 0)
            let first = page.output.split(separator: "\n").prefix(4).joined(separator: " ")
            #expect(first.contains("The certificate is not trusted: certificate has expired"))
        }
    }

    @Test func `names a certificate that the server wants of the client`() throws {
        try Scene.run("tls") { scene in
            let page = try TLSScene.run(scene, ["https://127.0.0.1:8449/"])
            #expect(page.status == 0, "\(page.errors)")
            let words = page.output.split { " \n".contains($0) }.joined(separator: " ")
            #expect(words.contains("400 Bad Request"))
            #expect(
                words.contains(
                    "The server asked for a client certificate, and a trace has none."))
            let fine = try TLSScene.run(scene, ["https://127.0.0.1:8443/nowhere"])
            #expect(!fine.output.contains("a client certificate"))
        }
    }

    @Test func `tells alerts from messages of the handshake, and names who speaks first`() throws {
        try Scene.run("tls") { scene in
            let page = try TLSScene.run(scene, ["https://127.0.0.1:8465/"])
            #expect(page.output.contains("the server sent the alert handshake_failure (40)"))
            #expect(!page.output.contains("got handshake_failure"))
            let (alert, text) = try TLSScene.trace(scene, "https://127.0.0.1:8465/", status: 2)
            #expect(
                alert.data.exchange.events.contains {
                    $0.message?.label == "alert handshake_failure"
                })
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            for (url, words) in [
                ("https://127.0.0.1:8462/", "\"SSH-2.0-OpenSSH_9.2\", as SSH servers do"),
                (
                    "https://127.0.0.1:8468/",
                    "\"220 mail.test ESMTP\", as SMTP or FTP servers do"
                ),
                (
                    "http://127.0.0.1:8468/",
                    "\"220 mail.test ESMTP\", as SMTP or FTP servers do"
                ),
            ] {
                let (trace, _) = try TLSScene.trace(scene, url, status: 2)
                #expect(
                    trace.data.failure?.reason.contains(words) == true,
                    "\(url): \(trace.data.failure?.reason ?? "")")
            }
        }
    }

    @Test func `draws messages by the kernel's times`() throws {
        try Scene.run("tls") { scene in
            let (trace, _) = try TLSScene.trace(scene, "https://127.0.0.1:8443/")
            let request = try #require(trace.data.requests.first)
            let messages = trace.data.exchange.events.compactMap(\.message)
            let answer = try #require(messages.first { $0.label.hasPrefix("200") })
            #expect(answer.arrives_seconds == request.response?.first_byte_arrived_seconds)
            let round = try #require(request.connect?.connection?.round_trip_seconds)
            let began = try #require(request.connect?.attempts.first?.span.began_seconds)
            let open = try #require(messages.first { $0.label == "SYN ACK" }?.arrives_seconds)
            #expect(abs(open - began - round) < 2e-6)
        }
    }

    @Test func `that is repeated shows what it has when it is interrupted`() throws {
        try Scene.run("tls") { scene in
            for words in [["https://127.0.0.1:8443/"], ["http://127.0.0.1:8080/"]] {
                let outcome = try scene.run(
                    [
                        "timeout", "--preserve-status", "-s", "INT", "2", Program.tcptune, "trace",
                        "--json",
                    ]
                        + words + ["--repeat", "1000", "--insecure"], within: 60)
                #expect(outcome.status == 130)
                let trace = try TraceOutput(outcome.output)
                #expect(trace.data.repetition?.runs.count ?? 0 > 1)
                #expect(trace.data.notes.contains { $0.hasPrefix("Interrupted: ") })
            }
            let silent = try scene.run([
                "timeout", "--preserve-status", "-s", "INT", "1", Program.tcptune, "trace",
                "https://127.0.0.1:8461/", "--repeat", "3",
            ])
            #expect(silent.status == 130 && silent.seconds < 1 + TLSScene.leeway)
        }
    }
}
