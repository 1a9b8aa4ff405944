import Synchronization

@testable import Web

/// A server on a port of its own, which is stopped when the test lets go of it.
final class TestServer {
    let server: WebServer
    let log: Log
    let port: Int

    /// What a server reports.
    final class Log: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }

    init(
        configuration: String? = nil, limits: (inout WebLimits) -> Void = { _ in },
        handler: @escaping @Sendable (WebRequest) -> WebResponse = TestServer.echo
    ) throws {
        let log = Log()
        var options = WebServer.Options(addresses: [try ListenAddress("127.0.0.1:0")])
        options.configurationFile = configuration
        options.report = { log.add($0) }
        limits(&options.limits)
        server = try WebServer.start(options, handler: handler)
        self.log = log
        port = Int(server.addresses[0].split(separator: ":")[1]) ?? 0
    }

    deinit { server.stop() }

    /// `GET /path` in words, and so many KiB as stand behind `/kB/`.
    static let echo: @Sendable (WebRequest) -> WebResponse = { request in
        if request.path.hasPrefix("/kB/"), let count = Int(request.path.dropFirst(4)) {
            return WebResponse(
                contentType: "text/plain", body: [UInt8](repeating: 0x61, count: count << 10))
        }
        return .text(200, "\(request.method) \(request.path)")
    }

    /// A request's head.
    static func get(_ path: String, _ headers: String...) -> String {
        "GET \(path) HTTP/1.1\r\nHost: test\r\n" + headers.map { $0 + "\r\n" }.joined() + "\r\n"
    }
}
