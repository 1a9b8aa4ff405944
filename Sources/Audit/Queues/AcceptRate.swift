import Model

/// How many connections per second a program takes out of a listener's accept queue, as far as the interval shows.
///
/// The queue is first in, first out (`net/ipv4/inet_connection_sock.c:inet_csk_accept`). So if some of those that
/// waited at the earlier snapshot still wait, exactly the others were accepted; if all were accepted, others may have
/// been as well; and if none was, nobody was.
struct AcceptRate: Sendable, Hashable {
    /// At least so many; nil if that is not known.
    let least: Double?
    /// At most so many; nil if that is not known.
    let most: Double?

    /// Not one connection was accepted in the interval.
    var isNone: Bool { most == 0 }
    var isExact: Bool { most != nil && least == most }

    /// Nil without an interval, or if nothing is known.
    init?(of listener: Listener, in situation: Situation) {
        guard let interval = situation.interval else { return nil }
        let bound = situation.acceptedAtMost.map { Double($0) / interval }
        guard let progress = listener.accepted, progress.waitingBefore > 0, progress.accepted >= 0
        else {
            guard let bound else { return nil }
            (least, most) = (nil, bound)
            return
        }
        let perSecond = Double(progress.accepted) / interval
        least = perSecond
        most =
            progress.accepted < progress.waitingBefore
            ? perSecond : bound.map { max($0, perSecond) }
    }
}

extension Situation {
    /// How many connections were accepted over the interval by all listeners of the namespace together.
    ///
    /// `PassiveOpens` counts each connection on its way into an accept queue
    /// (`net/ipv4/tcp_minisocks.c:tcp_create_openreq_child`), so those that arrived without making the queues grow were
    /// taken out. Nil without an interval, and if several sockets share a queue's port and only the fullest of their
    /// queues was kept.
    var acceptedAtMost: Int64? {
        guard let opened = growth("Tcp", "PassiveOpens"), let earlier,
            let before = Self.queued(in: earlier.listeners),
            let after = Self.queued(in: now.listeners)
        else { return nil }
        let accepted = opened.subtractingReportingOverflow(Int64(clamping: after - before))
        return accepted.overflow || accepted.partialValue < 0 ? nil : accepted.partialValue
    }

    private static func queued(in listeners: [Listener]) -> Int? {
        var sum = 0
        for listener in listeners where listener.queue > 0 {
            guard let queued = listener.sockets <= 1 ? listener.queue : listener.queued,
                0...Int(Int32.max) ~= queued
            else { return nil }
            sum += queued
        }
        return sum
    }
}
