import Model

/// How many of the SYN cookies that were sent came back valid: this tells a flood from real clients.
///
/// A sender with a forged address never answers (`SyncookiesRecv` counts valid last ACKs,
/// `net/ipv4/syncookies.c:cookie_v4_check`).
struct CookieReturns: Sendable {
    /// Half of the cookies come back: between a flood (about none) and real clients (about all).
    static let realClientsRatio = 0.5
    /// Fewer cookies make no share.
    static let least: Int64 = 20

    let sent: Int64
    /// 0…1.
    let ratio: Double
    /// False if the share is of all cookies since boot.
    let isOfInterval: Bool

    /// Nil if no cookie was sent in the interval, or since boot with one look, or if the kernel counts none.
    init?(in situation: Situation) {
        guard let sent = situation.reading("TcpExt", "SyncookiesSent"),
            let received = situation.reading("TcpExt", "SyncookiesRecv")
        else { return nil }
        if let growth = sent.growth, let valid = received.growth {
            guard growth > 0 else { return nil }
            (self.sent, ratio, isOfInterval) = (
                growth, min(1, Double(valid) / Double(growth)), true
            )
        } else {
            guard sent.total > 0 else { return nil }
            self.sent = sent.total
            ratio = min(1, Double(received.total) / Double(sent.total))
            isOfInterval = false
        }
    }

    /// Most came back: clients that finish their handshake.
    var areOfClients: Bool { sent >= Self.least && ratio >= Self.realClientsRatio }
    /// Most never came back: senders that do not answer, or answers that get lost.
    var isFlood: Bool { sent >= Self.least && ratio < Self.realClientsRatio }
}

extension Situation {
    /// `tcp_syncookies = 2`: the kernel answers each SYN with a cookie, so the counters of cookies and of full SYN
    /// queues grow on a healthy host (`net/ipv4/tcp_input.c:tcp_conn_request`, measured).
    var alwaysSendsCookies: Bool { number("net.ipv4.tcp_syncookies") == 2 }
}
