package import Model

/// The queue of one listener: connections that are ready and wait for accept().
///
/// The kernel queues `backlog + 1` of them: its test is `sk_ack_backlog > sk_max_ack_backlog`
/// (`include/net/sock.h:sk_acceptq_is_full`; measured: listen(3) holds 4).
package struct AcceptQueue: Sendable {
    package let listener: Listener
    package let backlog: Int

    /// Nil if the backlog is not known.
    package init?(_ listener: Listener) {
        guard let backlog = listener.backlog, backlog >= 0, listener.queue >= 0 else { return nil }
        self.listener = listener
        self.backlog = backlog
    }

    /// It refuses now.
    package var isFull: Bool { listener.queue > 0 && listener.queue > backlog }
    /// It takes one more, but no second one.
    var isAtLimit: Bool { listener.queue > 0 && listener.queue == backlog }

    /// How full it is, 1 at the backlog.
    package var fill: Double {
        guard backlog > 0 else { return listener.queue > 0 ? 1 : 0 }
        return Double(listener.queue) / Double(backlog)
    }

    var place: String { listener.address.with(port: listener.port) }

    /// Half-open connections of the listener, over all its sockets.
    var requests: Int { max(0, listener.states[.synReceived]) }

    /// How many half-open connections its sockets can have before the kernel answers with cookies or drops.
    ///
    /// Each socket can have `backlog + 1`: `inet_csk_reqsk_queue_is_full` compares with `>` too (measured: listen(5), 6
    /// rows).
    var requestLimit: Double {
        (Double(backlog) + 1) * Double(max(1, listener.sockets))
    }

    /// A backlog that leaves room: four times what was needed, a power of two from 1024 on.
    ///
    /// Four, because the queue is a buffer for the pause in which no accept() comes; one that is
    /// twice as long as the last one seen would be full at the next pause but one.
    var roomyBacklog: Int {
        let needed = max(listener.queue, backlog)
        var size = 1024
        while size < 65535, size / 4 < needed { size *= 2 }
        return min(size, 65535)
    }
}
