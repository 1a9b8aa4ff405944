import Glibc
import Testing

@testable import Web

extension Measured {
    @Suite struct `Passwords that are tried` {
        private let scratch: Scratch

        init() throws { scratch = try Scratch() }

        private func server(
            _ hash: String = Hashes.cheap, limits: (inout WebLimits) -> Void = { _ in }
        ) throws -> TestServer {
            try TestServer(
                configuration: try scratch.write(
                    "web.yml", "basic_auth_users:\n  alice: \(hash)\n"),
                limits: limits)
        }

        private func status(
            _ test: TestServer, _ user: String, _ password: String,
            from source: String = "127.0.0.1"
        ) -> Int {
            Program.curl(
                "--interface \(source) -u '\(user):\(password)' http://127.0.0.1:\(test.port)/")
        }

        @Test func `that are right are hashed once`() throws {
            let test = try server(Hashes.usual)
            #expect(status(test, "alice", "right") == 200)
            let client = try Client(port: test.port)
            let start = Client.now
            for _ in 0..<20 {
                client.send(TestServer.get("/", "Authorization: Basic YWxpY2U6cmlnaHQ="))
                #expect(client.reply()?.status == 200)
            }
            #expect(Client.now - start < 0.5)
        }

        @Test func `take as long for a name that nobody has`() throws {
            let test = try server(Hashes.usual, limits: { $0.passwordsPerSecond = 100 })
            func seconds(_ user: String) -> Double {
                let start = Client.now
                #expect(status(test, user, "wrong") == 401)
                return Client.now - start
            }
            _ = seconds("alice")
            let known = (0..<3).map { _ in seconds("alice") }.sorted()[1]
            let unknown = (0..<3).map { _ in seconds("nobody") }.sorted()[1]
            #expect(0.5...2 ~= known / unknown, "\(known) s, \(unknown) s")
        }

        @Test func `a hundred wrong ones a second are hashed twice a second, and disturb nobody`()
            throws
        {
            let test = try server(Hashes.usual)
            let known = try Client(port: test.port, from: "127.0.0.2")
            known.send(TestServer.get("/", "Authorization: Basic YWxpY2U6cmlnaHQ="))
            #expect(known.reply()?.status == 200)
            sleep(1)
            let before = Self.processorSeconds
            let start = Client.now
            var clients: [Client] = []
            var worst = 0.0
            var newcomer: Client?
            for number in 0..<200 {
                let client = try Client(port: test.port, from: "127.0.0.3")
                // `alice:` and a password of three letters.
                let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map(String.init)
                client.send(
                    TestServer.get(
                        "/",
                        "Authorization: Basic YWxpY2U6"
                            + digits[number / 26 % 26] + digits[number % 26] + "AA"))
                clients.append(client)
                if number == 100 {
                    newcomer = try Client(port: test.port, from: "127.0.0.4")
                    newcomer?.send(TestServer.get("/", "Authorization: Basic YWxpY2U6cmlnaHQ="))
                }
                let asked = Client.now
                known.send(TestServer.get("/", "Authorization: Basic YWxpY2U6cmlnaHQ="))
                #expect(known.reply()?.status == 200)
                worst = max(worst, Client.now - asked)
                let next = start + Double(number + 1) / 100
                if next > Client.now { usleep(UInt32((next - Client.now) * 1e6)) }
            }
            #expect(newcomer?.reply()?.status == 200)
            let replies = clients.map { $0.reply(within: 2) }
            let hashed = replies.count { $0?.status == 401 }
            let refused = replies.count { $0?.status == 429 && $0?.headers["retry-after"] == "1" }
            let seconds = Client.now - start
            #expect(hashed + refused >= 190, "\(hashed) hashed, \(refused) refused")
            #expect(3...Int(2 * seconds + 2) ~= hashed, "\(hashed) in \(seconds) s")
            #expect(worst < 0.2, "\(worst) s")
            let cost = (Self.processorSeconds - before) / seconds
            #expect(cost < 0.8, "\(cost) of a processor")
        }

        private static var processorSeconds: Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
    }
}
