import Model

/// How many half-open connections a listener can have before the kernel answers SYNs with cookies, or drops them.
struct HalfOpenLimit: Sendable {
    /// Over all sockets of the listener.
    let requests: Double
    /// Whether `tcp_max_syn_backlog` is the limit, and not the backlog: with cookies off, for peers that this host has
    /// not spoken with before.
    let isMaxSynBacklog: Bool

    /// Source: `net/ipv4/tcp_input.c:tcp_conn_request` drops if `max - length < max >> 2`; measured: with 16, 13 rows.
    init(of queue: AcceptQueue, in situation: Situation) {
        let byBacklog = queue.requestLimit
        guard situation.number("net.ipv4.tcp_syncookies") == 0,
            let most = situation.number("net.ipv4.tcp_max_syn_backlog"),
            0...Int64(Int32.max) ~= most
        else {
            (requests, isMaxSynBacklog) = (byBacklog, false)
            return
        }
        let each = Double(most - most / 4 + 1)
        let byMost = each * Double(max(1, queue.listener.sockets))
        isMaxSynBacklog = byMost < byBacklog
        requests = min(byMost, byBacklog)
    }
}
