import Model

/// Whether a listener's half-open connections are clients that have yet to send data, by TCP_DEFER_ACCEPT.
///
/// With the option the kernel drops the bare last ACK of a handshake (`TCPDeferAcceptDrop`,
/// `net/ipv4/tcp_minisocks.c:tcp_check_req`) and keeps the row in SYN_RECV until data comes: the client is connected,
/// nothing was lost, and the kernel does not resend the SYN-ACK (measured on 6.18).
struct DeferredAccepts {
    /// One row in so many may have a resent SYN-ACK: the kernel tries once more when the time is up.
    static let resentShare = 10

    let drops: CounterReading

    /// Nil if the counter or the rows say otherwise.
    init?(of queue: AcceptQueue, in situation: Situation) {
        guard queue.requests > 0, let drops = situation.reading("TcpExt", "TCPDeferAcceptDrop"),
            drops.total >= Int64(queue.requests),
            max(0, queue.listener.retransmittedRequests) <= queue.requests / Self.resentShare
        else { return nil }
        // Rows that came in the interval must have been counted in it: a flood beside old deferrals was not.
        if let growth = drops.growth {
            let before = situation.earlier?.listeners.first {
                $0.address == queue.listener.address && $0.port == queue.listener.port
            }
            guard growth >= Int64(queue.requests - max(0, before?.states[.synReceived] ?? 0)) else {
                return nil
            }
        }
        self.drops = drops
    }
}
