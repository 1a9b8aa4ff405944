/// What a connection is at, and so how long it may last.
enum ConnectionPhase: Equatable {
    /// Accepted; no head is complete yet, nor perhaps a TLS handshake.
    case opening
    /// A head has begun that is not the first.
    case head
    /// The head is complete, the body is not.
    case body
    /// The request is complete; its response is being made.
    case answering
    /// The response is on its way to the kernel.
    case sending
    /// Between two requests.
    case idle
    /// Nothing more is said; the client may still be reading.
    case closing

    /// Whether nothing is known of what the client wants.
    var isHeadless: Bool { self == .opening || self == .head }

    func limit(_ limits: WebLimits) -> Duration {
        switch self {
        case .opening, .head, .body: limits.head
        case .answering, .sending: limits.response
        case .idle: limits.idle
        case .closing: limits.closing
        }
    }
}
