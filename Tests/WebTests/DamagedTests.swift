import Glibc
import Testing

@testable import Web

@Suite struct `What somebody damaged` {
    /// How many times as many as usual, for a longer look: `WEB_DAMAGE=100`.
    private static let times = getenv("WEB_DAMAGE").flatMap { Int(String(cString: $0)) } ?? 1

    /// The same numbers in each run (SplitMix64).
    private struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    /// One to four places changed: a byte replaced, parts left out, doubled or taken from elsewhere.
    private static func damaged(_ text: [UInt8], _ numbers: inout Numbers) -> [UInt8] {
        var bytes = text
        for _ in 0...Int.random(in: 0..<4, using: &numbers) where !bytes.isEmpty {
            let start = Int.random(in: 0..<bytes.count, using: &numbers)
            let end = min(bytes.count, start + Int.random(in: 1...12, using: &numbers))
            switch Int.random(in: 0..<4, using: &numbers) {
            case 0: bytes[start] = UInt8.random(in: .min ... .max, using: &numbers)
            case 1: bytes.removeSubrange(start..<end)
            case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
            default:
                bytes[start] =
                    Array("\r\n:[]{}&*!|>'\"%@`#- \t".utf8).randomElement(using: &numbers) ?? 0
            }
        }
        return bytes
    }

    @Test func `of a configuration is read or refused, in a line of the file`() throws {
        let text = Array(
            """
            tls_server_config: &tls
              cert: |
                -----BEGIN CERTIFICATE-----
              key: >-
                x
              client_auth_type: RequestClientCert
              client_allowed_sans: [a, "b", 'c']
              min_version: TLS12
            http_server_config: {http2: true, headers: {X-Frame-Options: deny}}
            basic_auth_users:
              alice: \(Hashes.cheap)
            rate_limit: {interval: 1m30s, burst: 5}
            """.utf8)
        var numbers = Numbers(state: 1)
        var (read, refused) = (0, 0)
        let scratch = try Scratch()
        for _ in 0..<(500 * Self.times) {
            let bytes = Self.damaged(text, &numbers)
            guard let file = fopen(scratch["web.yml"], "w") else { return }
            fwrite(bytes, 1, bytes.count, file)
            fclose(file)
            var files = FilesRead()
            do throws(WebError) {
                _ = try WebConfiguration(reading: scratch["web.yml"], files: &files)
                read += 1
            } catch {
                let line = try #require(
                    Int(error.subject.split(separator: ":").last ?? ""), "\(error)")
                #expect(1...40 ~= line)
                refused += 1
            }
        }
        #expect(read > 5, "\(refused) refused")
        #expect(refused > 50)
    }

    @Test func `of a request is answered or refused, and the next one is served`() throws {
        let text = Array(
            ("GET /a%20b?x=1&y=2 HTTP/1.1\r\nHost: a\r\nAuthorization: Basic YWxpY2U6cmlnaHQ=\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
                + TestServer.get("/next")).utf8)
        var numbers = Numbers(state: 2)
        let test = try TestServer(limits: { $0.head = .milliseconds(300) })
        var statuses: Set<Int> = []
        for _ in 0..<(200 * Self.times) {
            let client = try Client(port: test.port)
            client.send(Self.damaged(text, &numbers))
            client.finish()
            while let reply = client.reply(within: 1) { statuses.insert(reply.status) }
        }
        #expect(statuses.contains(200))
        #expect(statuses.contains(400))
        #expect(!statuses.contains(500))
        #expect(Program.curl("http://127.0.0.1:\(test.port)/") == 200)
    }
}
