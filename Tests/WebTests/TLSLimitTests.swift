import Glibc
import Testing

@testable import Web

extension Measured {
    @Suite struct `Encrypted connections that take their time` {
        private let scratch: Scratch

        init() throws {
            scratch = try Scratch()
            try scratch.makeCertificate("server")
        }

        private func write() throws -> String {
            try scratch.write(
                "web.yml", "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n")
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
    }
}
