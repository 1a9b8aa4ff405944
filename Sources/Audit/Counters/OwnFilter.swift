import Model
import Text

/// What counters show of this host's own filters if its connects fail: only over an interval.
///
/// A packet that this host sends is counted when IP gets it and again when it leaves; between the two lies netfilter's
/// OUTPUT. Source: `net/ipv4/ip_output.c:__ip_local_out` (OutRequests), `ip_finish_output2` (OutTransmits, since
/// Linux 6.7). What came in and was not delivered is ``TakenBeforeTCP``.
struct OwnFilter {
    /// Packets of this host's own that were not sent; nil if that is not counted.
    let unsent: Double?
    /// Packets that came in and were not delivered.
    let taken: Double
    /// Messages that a time to live expired on the path.
    let timeExceeded: Double

    init(in situation: Situation) {
        func grown(_ group: String, _ name: String) -> Double? {
            situation.growth(group, name).map(Double.init)
        }
        func notSent(
            _ own: Double?, forwarded: Double?, sent: Double?, discarded: Double?
        ) -> Double? {
            guard let own, let sent else { return nil }
            return max(0, own + (forwarded ?? 0) - sent - (discarded ?? 0))
        }
        let four = notSent(
            grown("Ip", "OutRequests"), forwarded: grown("Ip", "ForwDatagrams"),
            sent: grown("Ip", "OutTransmits"), discarded: grown("Ip", "OutDiscards"))
        let six = notSent(
            grown("snmp6", "Ip6OutRequests"), forwarded: grown("snmp6", "Ip6OutForwDatagrams"),
            sent: grown("snmp6", "Ip6OutTransmits"), discarded: grown("snmp6", "Ip6OutDiscards")
        )
        unsent = four == nil && six == nil ? nil : (four ?? 0) + (six ?? 0)
        taken = TakenBeforeTCP(in: situation)?.taken ?? 0
        timeExceeded =
            (grown("Icmp", "InTimeExcds") ?? 0) + (grown("snmp6", "Icmp6InTimeExcds") ?? 0)
    }

    /// Why so many connects of this host fail, as far as its own counters show; nil if they show nothing.
    func cause(of failed: Double) -> String? {
        if let unsent, Self.isMost(unsent, of: failed) {
            return
                "a filter of this host (OUTPUT of nftables or iptables, BPF) drops or rejects "
                + "them: it stopped \(unsent.figure) of the host's own packets before they left"
        }
        if Self.isMost(taken, of: failed) {
            return "a filter of this host (INPUT of nftables or iptables) may drop the answers: "
                + "\(taken.figure) packets came in and were dropped before TCP saw them"
        }
        guard timeExceeded > 0 else { return nil }
        return
            "\(timeExceeded.figure) ICMP messages say that the time to live expired on the path: a "
            + "routing loop"
    }

    /// Whether ``cause(of:)`` is about a filter of this host.
    func isOwn(_ failed: Double) -> Bool { Self.isMost(max(unsent ?? 0, taken), of: failed) }

    private static func isMost(_ packets: Double, of failed: Double) -> Bool {
        packets >= max(1, failed / 2)
    }

    static let remedy = Remedy(
        .application,
        "find the rule of this host that drops them: add a counter to each rule that drops or "
            + "rejects, and see which counter grows",
        command: "nft list ruleset",
        effect: "shows the rule; iptables -nvL shows the same for iptables",
        risk: "the command only reads", undo: "nothing to revert")
}
