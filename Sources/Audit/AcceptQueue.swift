import HostState

/// The queue of one listener: connections that are ready and wait for accept().
///
/// The kernel takes `backlog + 1` of them: its test is `sk_ack_backlog > sk_max_ack_backlog`
/// (`include/net/sock.h:sk_acceptq_is_full`; measured: listen(3) holds 4).
struct AcceptQueue {
    let listener: Listener

    /// Refuses at this moment.
    var isFull: Bool { listener.queue > 0 && listener.queue > listener.backlog }
    /// Takes one more, no second one.
    var isAtLimit: Bool { listener.queue > 0 && listener.queue == listener.backlog }

    /// How full it is, 1 at the backlog; nil where the backlog is not known.
    var fill: Double? {
        guard listener.backlog >= 0, listener.queue >= 0 else { return nil }
        guard listener.backlog > 0 else { return listener.queue > 0 ? 1 : 0 }
        return Double(listener.queue) / Double(listener.backlog)
    }

    var place: String { listener.address.with(port: listener.port) }

    /// Half-open connections of the listener, over all its sockets.
    var requests: Int { max(0, listener.states[.synReceived]) }

    /// How many half-open connections its sockets hold before the kernel answers with cookies or
    /// drops.
    ///
    /// Each socket holds `backlog + 1`: `inet_csk_reqsk_queue_is_full` compares with `>`, too
    /// (measured: listen(5), 6 rows).
    var requestLimit: Double {
        (Double(max(0, listener.backlog)) + 1) * Double(max(1, listener.sockets))
    }

    /// A backlog that leaves room: four times what was needed, a power of two from 1024 on.
    ///
    /// Four, because the queue is a buffer for the pause in which no accept() comes; one that is
    /// twice as long as the last one seen would be full at the next pause but one.
    var roomyBacklog: Int {
        let needed = max(listener.queue, listener.backlog)
        var size = 1024
        while size < 65535, size / 4 < needed { size *= 2 }
        return min(size, 65535)
    }
}
