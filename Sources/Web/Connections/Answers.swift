import Glibc
import NIOCore
import NIOHTTP1

/// What is answered: who may ask is asked the configuration, everything else the handler.
///
/// For one thread.
final class Answers {
    let limits: WebLimits
    /// Each connection ends with its next response.
    var isStopping = false
    private let file: ConfigurationFile
    private let passwords: PasswordChecks
    private let realm: String
    private let handler: @Sendable (WebRequest) -> WebResponse
    private var bucket: TokenBucket?

    init(
        _ file: ConfigurationFile, passwords: PasswordChecks, realm: String, limits: WebLimits,
        handler: @escaping @Sendable (WebRequest) -> WebResponse
    ) {
        self.file = file
        self.passwords = passwords
        self.realm = realm
        self.limits = limits
        self.handler = handler
    }

    /// Whether the settings that it began under are in effect.
    func isCurrent(_ connection: Connection) -> Bool {
        file.refresh()
        return connection.generation == file.generation
    }

    /// Calls back at once, or when a password has been hashed.
    func answer(
        _ head: HTTPRequestHead, source: String, then send: @escaping (WebResponse) -> Void
    ) {
        let configuration = file.reading.configuration
        guard file.error == nil else {
            return send(.text(500, "the web configuration file cannot be used; see the log"))
        }
        guard isWithinRate(configuration.rate) else {
            return send(.text(429, "too many requests"))
        }
        guard !configuration.users.isEmpty else { return send(handled(head)) }
        guard
            let credentials = head.headers.first(name: "authorization").flatMap(Credentials.init)
        else { return send(unauthorized) }
        passwords.check(credentials, users: configuration.users, source: source) { verdict in
            switch verdict {
            case .right: send(self.handled(head))
            case .wrong: send(self.unauthorized)
            case .busy:
                send(
                    .text(429, "too many passwords to check", headers: [("Retry-After", "1")]))
            }
        }
    }

    /// The head of a response, with its length, and with the headers that are set for all.
    func head(
        of response: WebResponse, to request: HTTPRequestHead, isLast: Bool
    ) -> HTTPResponseHead {
        var headers = HTTPHeaders()
        for (name, value) in WebResponse.safeHeaders { headers.add(name: name, value: value) }
        for (name, value) in response.headers { headers.replaceOrAdd(name: name, value: value) }
        for header in file.reading.configuration.headers {
            headers.replaceOrAdd(name: header.name, value: header.value)
        }
        headers.replaceOrAdd(name: "Content-Type", value: response.contentType)
        headers.replaceOrAdd(name: "Content-Length", value: String(response.payload.readableBytes))
        headers.remove(name: "Transfer-Encoding")
        if let date = HTTPDate.text(time(nil)) {
            headers.replaceOrAdd(name: "Date", value: date)
        }
        headers.remove(name: "Connection")
        if isLast {
            headers.add(name: "Connection", value: "close")
        } else if request.version == .http1_0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        let version = request.version == .http1_0 ? HTTPVersion.http1_0 : .http1_1
        return HTTPResponseHead(
            version: version, status: HTTPResponseStatus(statusCode: response.status),
            headers: headers)
    }

    private func handled(_ head: HTTPRequestHead) -> WebResponse {
        let request = WebRequest(
            method: head.method.rawValue, target: head.uri,
            accept: head.headers["accept"].isEmpty
                ? nil : head.headers["accept"].joined(separator: ", "))
        return request.map(handler) ?? .text(400, "the address cannot be read")
    }

    private var unauthorized: WebResponse {
        .text(401, "unauthorized", headers: [("WWW-Authenticate", "Basic realm=\"\(realm)\"")])
    }

    private func isWithinRate(_ rate: RequestRate?) -> Bool {
        guard let rate else { return true }
        let now = NIODeadline.now()
        var bucket = bucket.flatMap { $0.counts(rate) ? $0 : nil } ?? TokenBucket(rate, now: now)
        defer { self.bucket = bucket }
        return bucket.take(now)
    }
}
