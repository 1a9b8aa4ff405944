import Testbed

/// How a request can fail: at which stage, and by which error.
enum Failure {
    enum Stage: Int, CaseIterable {
        case socket, bind, connect, tls, send, receive, close

        var name: String { "\(self)" }
    }

    /// The errno's names, then what is no errno.
    static let names =
        SocketErrno.all.map(\.name) + [
            "SHORT_RESPONSE", "TIMEOUT", "BAD_RESPONSE", "TLS_ALERT", "TLS_INVALID", "TLS_ENDED",
            "OTHER",
        ]

    private static let codes = SocketErrno.all.map(\.code)

    /// The server ended before its response did.
    static let shortResponse = codes.count
    /// The client gave up before the kernel did.
    static let timeout = codes.count + 1
    /// What was to be HTTP is not.
    static let badResponse = codes.count + 2
    /// The server ended TLS by an alert.
    static let tlsAlert = codes.count + 3
    /// What was to be TLS is not, or none that is allowed.
    static let tlsInvalid = codes.count + 4
    /// The server closed the connection within the handshake.
    static let tlsEnded = codes.count + 5

    /// The place of an errno among the names.
    static func kind(_ code: Int32) -> Int { codes.firstIndex(of: code) ?? names.count - 1 }
}
