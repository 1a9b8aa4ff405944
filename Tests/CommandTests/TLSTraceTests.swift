import FoundationEssentials
import Glibc
import Testing

/// `tcptune trace https://…` against nginx with an authority of its own, beside curl, and against servers that end TLS in other ways.
@Suite(
    .serialized, .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
    .enabled(if: TLSScene.isPossible, "nginx, openssl and libssl are not installed"))
struct `A trace of https` {
    @Test func `has the handshake as a stage, and the certificate's names and days`() throws {
        try Scene.run("tls") { scene in
            let (trace, text) = try TLSScene.trace(scene, "https://www.test:8443/big")
            let request = try #require(trace.data.requests.first)
            let tls = try #require(request.tls)
            #expect(trace.data.failure == nil)
            #expect(tls.version == "TLSv1.3" && tls.chosen == "http/1.1")
            #expect(tls.server_name == "www.test")
            #expect(tls.verification?.trusted == true && tls.verification?.anchor == "Own CA")
            #expect(tls.certificates.map(\.subject) == ["www.test"])
            #expect(tls.certificates.first?.issuer == "Own CA")
            #expect(tls.certificates.first?.names.contains("*.wild.test") == true)
            #expect(tls.certificates.first?.names.contains("::1") == true)
            #expect((19...20).contains(tls.certificates.first?.days_left ?? 0))
            #expect(
                tls.messages.prefix(7).map(\.name) == [
                    "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate",
                    "CertificateVerify", "Finished", "Finished",
                ])
            #expect(tls.messages.map(\.at_seconds) == tls.messages.map(\.at_seconds).sorted())
            #expect(tls.session.tickets == 2 && tls.session.resumable && !tls.session.offered)
            // Stages follow each other.
            let connected = try #require(request.connect?.attempts.last?.span.ended_seconds)
            #expect(connected <= tls.span.began_seconds)
            #expect(tls.span.ended_seconds <= request.response?.span.began_seconds ?? 0)
            #expect(request.response?.body_bytes == 1 << 20)
            #expect(request.response?.framing == "length")
            // Over TLS, too, this side closes first, and the server's answer is heard out.
            #expect(request.close?.first == "local" && request.close?.held == "TIME_WAIT")
            #expect(tls.close?.sent_seconds != nil && tls.close?.truncated == false)
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            let (two, _) = try TLSScene.trace(scene, "https://[::1]:8443/chunked")
            #expect(two.data.requests.first?.tls?.server_name == nil)
            #expect(two.data.requests.first?.response?.framing == "chunked")
            let (old, _) = try TLSScene.trace(scene, "https://127.0.0.1:8444/")
            #expect(old.data.requests.first?.tls?.version == "TLSv1.2")
            // By the name that the server is told it chooses another certificate.
            let (other, _) = try TLSScene.trace(scene, "https://other.test:8443/")
            #expect(other.data.requests.first?.tls?.certificates.first?.subject == "other.test")
            let (wild, _) = try TLSScene.trace(scene, "https://A.wild.test:8443/")
            #expect(wild.data.requests.first?.tls?.verification?.trusted == true)
            let page = try TLSScene.run(
                scene, ["http://127.0.0.1:8080/up", "--follow", "--format", "html"])
            #expect(page.status == 0, "\(page.errors)")
            for words in ["ServerHello … Finished", "trusted", "SSL_CERT_FILE", ">TLS<"] {
                #expect(page.output.contains(words), "\(words)")
            }
        }
    }

    @Test func `says what is wrong with a certificate first, and goes on`() throws {
        try Scene.run("tls") { scene in
            for (url, words, isForHost) in [
                ("https://127.0.0.1:8446/", "certificate has expired", true),
                ("https://127.0.0.1:8447/", "IP address mismatch", false),
                ("https://www.test:8447/", "ostname mismatch", false),
                ("https://127.0.0.1:8448/", "self-signed certificate", true),
            ] {
                let (trace, _) = try TLSScene.trace(scene, url, status: 2)
                let request = try #require(trace.data.requests.first)
                #expect(trace.data.failure?.stage == "tls", "\(url)")
                #expect(
                    trace.data.failure?.reason.replacing("self signed", with: "self-signed")
                        .contains(words) == true, "\(trace.data.failure?.reason ?? "")")
                #expect(request.tls?.verification?.trusted == false)
                #expect(request.tls?.verification?.for_host == isForHost, "\(url)")
                #expect(request.response?.head?.status == 200, "\(url)")
                let page = try TLSScene.run(scene, [url])
                let first = page.output.split(separator: "\n").dropFirst().first ?? ""
                #expect(first.contains("Failed at TLS: the certificate of"), "\(first)")
            }
            let (expired, _) = try TLSScene.trace(
                scene, "https://127.0.0.1:8446/on", "--insecure", "--follow", status: 0)
            #expect(expired.data.requests.count == 2 && expired.data.failure == nil)
            #expect(expired.data.requests.first?.tls?.certificates.first?.days_left ?? 0 < -2000)
            // The second connection to a server resumes what the first left.
            #expect(expired.data.requests.last?.tls?.session.resumed == true)
            let unknown = try scene.run([
                Program.tcptune, "trace", "https://127.0.0.1:8443/", "--json",
            ])
            #expect(unknown.status == 2)
            #expect(
                unknown.errors.contains("is not trusted: unable to get local issuer certificate"))
            // What is secret goes to nobody who may be another.
            let (held, _) = try TLSScene.trace(
                scene, "https://127.0.0.1:8446/", "-H", "X-One: 1", status: 2)
            #expect(held.data.requests.first?.request == nil)
            #expect(held.data.failure?.reason.contains("--insecure") == true)
            _ = try TLSScene.trace(
                scene, "https://127.0.0.1:8446/", "-H", "X-One: 1", "--insecure")
            let log = try Temporary.content(of: TLSScene.file(scene, "access.log"))
            #expect(log.split(separator: "\n").filter { $0.contains(" 1|") }.count == 1)
        }
    }

    @Test func `that is repeated tells the first connection from those that resume`() throws {
        try Scene.run("tls") { scene in
            for (port, isResumed) in [(8445, true), (8444, false)] {
                let (trace, text) = try TLSScene.trace(
                    scene, "https://127.0.0.1:\(port)/", "--repeat", "5")
                let repetition = try #require(trace.data.repetition)
                #expect(
                    repetition.runs.map(\.resumed) == [false]
                        + Array(repeating: isResumed, count: 4))
                #expect(repetition.runs.allSatisfy { $0.status == 200 && $0.failure == nil })
                let tls = try #require(repetition.stages.first { $0.name == "tls" })
                let later = repetition.runs.dropFirst().compactMap { $0.seconds["tls"] }.sorted()
                #expect(later.count == 4 && tls.later?.count == 4)
                #expect(tls.later?.min_seconds == later.first)
                #expect(tls.later?.max_seconds == later.last)
                #expect(abs((tls.later?.median_seconds ?? 0) - (later[1] + later[2]) / 2) < 2e-6)
                #expect(tls.first_seconds == repetition.runs.first?.seconds["tls"])
                // The request does not wait for an ACK of the handshake's last message, which the server holds back for 40 ms.
                let waits = repetition.runs.compactMap { $0.seconds["first_byte"] }.sorted()
                #expect(waits.count == 5 && waits[2] < 0.03, "\(waits)")
                if JSONSchema.hasValidator {
                    #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
                }
            }
            let page = try TLSScene.run(scene, ["https://127.0.0.1:8443/", "--repeat", "3"])
            #expect(page.output.contains("2 of the 2 later connections resumed a TLS session"))
            let plain = try TLSScene.run(scene, ["http://127.0.0.1:8080/", "--repeat", "2"])
            #expect(plain.output.contains("later: median") && !plain.output.contains("resumed"))
            let failed = try TLSScene.run(scene, ["https://127.0.0.1:8446/", "--repeat", "2"])
            #expect(failed.status == 2 && failed.errors.contains("2 of 2 traces failed; TLS: "))
            #expect(failed.output.contains("FAILED  2 of 2 traces failed; the first at TLS: "))
        }
    }

    @Test func `tells how TLS ended, as the server has it`() throws {
        try Scene.run("tls") { scene in
            // The server waits for the end, and writes down whether a close_notify came before the FIN.
            let (stays, _) = try TLSScene.trace(scene, "https://127.0.0.1:8451/")
            #expect(stays.data.requests.first?.close?.first == "local")
            #expect(stays.data.requests.first?.tls?.chosen == nil)
            #expect(try TLSScene.ends(scene, 8451) == ["notified"])
            let (off, _) = try TLSScene.trace(scene, "https://127.0.0.1:8443/off")
            let closed = try #require(off.data.requests.first)
            #expect(closed.close?.first == "peer" && closed.close?.reset == nil)
            #expect(closed.tls?.close?.received_seconds != nil)
            #expect(closed.tls?.close?.sent_seconds == nil)
            let (cut, _) = try TLSScene.trace(scene, "https://127.0.0.1:8452/", status: 2)
            #expect(cut.data.failure?.stage == "response")
            #expect(cut.data.failure?.reason.contains("without a TLS close_notify") == true)
            #expect(cut.data.requests.first?.tls?.close?.truncated == true)
            #expect(
                cut.data.requests.first?.tls?.messages.contains { $0.name == "close_notify" }
                    == false)
            let (well, _) = try TLSScene.trace(scene, "https://127.0.0.1:8453/")
            #expect(well.data.requests.first?.response?.framing == "close")
            #expect(well.data.requests.first?.response?.body_bytes == 12)
            #expect(well.data.requests.first?.tls?.close?.truncated == false)
            // One that ends TLS and leaves the connection gets its answer, and the FIN from here.
            let (half, _) = try TLSScene.trace(
                scene, "https://127.0.0.1:8454/", "--timeout", "500ms")
            let end = try #require(half.data.requests.first)
            #expect(end.close?.first == "local" && half.data.failure == nil)
            let received = try #require(end.tls?.close?.received_seconds)
            #expect(end.tls?.close?.sent_seconds ?? 0 > received)
            #expect(try TLSScene.ends(scene, 8454) == ["unwrapped"])
            let (refusing, _) = try TLSScene.trace(scene, "https://127.0.0.1:8457/")
            #expect(refusing.data.requests.first?.tls?.chosen == nil)
        }
    }

    private struct End: Decodable {
        let url: String
        let wire: String?
        let first: String?
        let received: Bool
        let joined: Bool
        let notified: Bool
    }

    @Test(.enabled(if: Scene.isRoot, "a packet socket needs root"))
    func `says who closed first as it went over the wire`() throws {
        try Scene.run("tls") { scene in
            let outcome = try scene.run([
                "python3", Scene.path("tls_ends.py"), Program.tcptune,
                TLSScene.file(scene, "ca.pem"),
            ])
            try #require(outcome.status == 0, "\(outcome.errors)")
            let ends = try outcome.output.split(separator: "\n").map {
                try JSONDecoder().decode(End.self, from: Data($0.utf8))
            }
            #expect(ends.count == 12)
            for end in ends {
                #expect(end.first == end.wire, "\(end)")
                // Of TLS 1.2 the alert is told from data by its record.
                if end.url.contains("8444") || end.url.contains("8458") {
                    #expect(end.joined == (end.wire == "local"), "\(end)")
                    #expect(end.received == end.notified, "\(end)")
                }
            }
            #expect(Set(ends.map(\.first)) == ["local", "peer"])
        }
    }

    @Test func `of a server that does not come to the end of a handshake fails there, in time`()
        throws
    {
        try Scene.run("tls") { scene in
            for (port, words) in [
                (8456, "had asked for a client certificate"),
                (8461, "did not answer the ClientHello"), (8462, "is not TLS"),
                (8463, "the server closed the connection"),
                (8464, "the server reset the connection"),
                (8465, "the alert handshake failure (40)"), (8466, "--timeout"),
                (8467, "too many warn alerts"), (8080, "speaks HTTP without TLS on port 8080"),
            ] {
                let outcome = try TLSScene.run(
                    scene, ["https://127.0.0.1:\(port)/", "--timeout", "300ms", "--json"])
                #expect(outcome.status == 2, "\(port)")
                #expect(outcome.seconds < 0.3 + TLSScene.leeway, "\(port): \(outcome.seconds)")
                let trace = try TraceOutput(outcome.output)
                #expect(trace.data.failure?.stage == "tls", "\(port)")
                #expect(
                    trace.data.failure?.reason.contains(words) == true,
                    "\(port): \(trace.data.failure?.reason ?? "")")
                #expect(trace.data.requests.first?.close != nil, "\(port)")
                #expect(trace.data.requests.first?.response == nil, "\(port)")
            }
            let half = try TLSScene.run(scene, ["https://127.0.0.1:8456/"])
            #expect(half.output.contains("the certificate would be trusted"))
            #expect(!half.output.contains("trusted by"))
            // TLS 1.3 refuses a client without a certificate when its own part is over.
            let (asked, _) = try TLSScene.trace(scene, "https://127.0.0.1:8455/", status: 2)
            #expect(["request", "response"].contains(asked.data.failure?.stage))
            #expect(asked.data.failure?.reason.contains("certificate required (116)") == true)
        }
    }

    @Test(.enabled(if: Scene.isRoot, "hiding a library needs root"))
    func `without libssl is one of the TCP connection, and says so`() throws {
        try Scene.run("tls") { scene in
            let hidden = try scene.run([
                "sh", "-c",
                """
                ldconfig -p | sed -n 's/.*=> //p' | grep '/libssl\\.so\\.' | sort -u |
                    while read -r file; do mount --bind /dev/null "$file" || exit 1; done
                """,
            ])
            try #require(hidden.status == 0, "\(hidden.errors)")
            let (trace, text) = try TLSScene.trace(scene, "https://127.0.0.1:8443/")
            let request = try #require(trace.data.requests.first)
            #expect(request.tls == nil && request.response == nil)
            #expect(request.connect?.connection != nil && request.close?.first == "local")
            #expect(
                trace.data.notes.contains {
                    $0.hasPrefix("tcptune cannot show TLS: found no libssl (")
                        && $0.contains("libssl.so.3: ")
                }, "\(trace.data.notes)")
            if JSONSchema.hasValidator {
                #expect(try JSONSchema.objection(to: text, as: "trace") == nil)
            }
            let page = try TLSScene.run(scene, ["https://127.0.0.1:8443/"])
            #expect(
                page.status == 0 && page.output.contains("tcptune cannot show TLS: found no libssl")
            )
        }
    }
}

extension Measured {
    @Suite(
        .enabled(if: Scene.isPossible, Comment(rawValue: Scene.reason)),
        .enabled(if: TLSScene.isPossible, "nginx, openssl and libssl are not installed"))
    struct `A traced handshake` {
        @Test func `takes as long for the handshake as curl does`() throws {
            try Scene.run("tls") { scene in
                // On a busy machine each of the two is late now and then.
                let isClose = try (0..<4).contains { _ in
                    var (own, others) = ([Double](), [Double]())
                    for _ in 0..<9 {
                        let (trace, _) = try TLSScene.trace(scene, "https://www.test:8443/")
                        own.append(try #require(trace.data.requests.first?.tls).span.seconds)
                        let curl = try scene.run([
                            "curl", "-s", "-o", "/dev/null", "--cacert",
                            TLSScene.file(scene, "ca.pem"), "-w",
                            "%{time_connect} %{time_appconnect}", "https://www.test:8443/",
                        ])
                        let times = curl.output.split(separator: " ").compactMap { Double($0) }
                        try #require(times.count == 2 && times[1] > 0, "\(curl.output)")
                        others.append(times[1] - times[0])
                    }
                    // curl reads its authorities meanwhile, which takes it as long as a few handshakes on a slow processor.
                    let (mine, curls) = (own.sorted()[4], others.sorted()[4])
                    return mine < curls + 0.002 && mine > curls / 4
                }
                #expect(isClose)
            }
        }
    }
}
