import Model
import Text

/// Connections that one listener dropped: `sk_drops` of its sockets, from listen() on.
///
/// The kernel counts there each SYN and each last ACK that it drops at the listener, for any reason
/// (`include/net/tcp.h:tcp_listendrop`): a full accept queue, which `ListenOverflows` counts as well, a full SYN queue
/// with cookies off, no memory. The counters cover the namespace, this number covers the listener.
///
/// It counts a dropped last ACK twice: in `tcp_listendrop` and where the kernel drops the segment
/// (`net/ipv4/tcp_ipv4.c:tcp_v4_rcv`, measured). `ListenDrops` counts each once, over all listeners, and bounds it.
struct ListenDrops: Sendable {
    let total: Int
    /// Over the interval; nil without one, or if the earlier snapshot does not show it.
    let growth: Int?
    let seconds: Double?

    /// Nil if the kernel did not report it.
    init?(of listener: Listener, in situation: Situation) {
        guard let total = listener.drops, total >= 0 else { return nil }
        let all = situation.reading("TcpExt", "ListenDrops")
        self.total = Self.bounded(total, by: all?.total)
        let before = situation.earlier?.listeners.first {
            $0.address == listener.address && $0.port == listener.port
                && $0.interface == listener.interface
        }
        guard let interval = situation.interval, let drops = before?.drops, 0...total ~= drops
        else {
            (growth, seconds) = (nil, nil)
            return
        }
        growth = Self.bounded(total - drops, by: all?.growth)
        seconds = interval
    }

    /// A counter of 0 was not read correctly, and limits nothing.
    private static func bounded(_ drops: Int, by all: Int64?) -> Int {
        guard let all, all > 0 else { return drops }
        return min(drops, Int(clamping: all))
    }

    var grows: Bool { (growth ?? 0) > 0 }

    var perSecond: Double? {
        guard let growth, let seconds else { return nil }
        return Double(growth) / seconds
    }

    /// `102 in 2.0 s (51/s)`, or `102 since listen()`.
    var text: String {
        guard let growth, let seconds, let perSecond, growth > 0 else {
            return "\(total.grouped) since listen()"
        }
        return "\(growth.grouped) in \(seconds.duration) (\(perSecond.figure)/s)"
    }
}
