import NIOHTTP1

/// What is refused by its head alone.
enum Refusal {
    /// Nil for a request that can be answered.
    static func status(of head: HTTPRequestHead) -> HTTPResponseStatus? {
        guard head.version == .http1_1 || head.version == .http1_0 else {
            return .httpVersionNotSupported
        }
        // RFC 9112, 3.2: a server must refuse it.
        let hosts = head.headers["host"].count
        guard hosts == 1 || hosts == 0 && head.version == .http1_0 else { return .badRequest }
        guard head.method == .GET || head.method == .HEAD else { return .methodNotAllowed }
        return nil
    }
}
