import Model
import Text

/// What counters tell of this host's own filters where its connects fail: over an interval only.
///
/// A packet that this host sends is counted when IP gets it and again when it leaves; between the two lies netfilter's
/// OUTPUT. Source: `net/ipv4/ip_output.c:__ip_local_out` (OutRequests), `ip_finish_output2` (OutTransmits, since
/// Linux 6.7). What came in and was not delivered is ``TakenBeforeTCP``.
struct OwnFilter {
    /// Packets of this host's own that were not sent; nil where that is not counted.
    let unsent: Double?
    /// Packets that came in and were not delivered.
    let taken: Double
    /// Messages that a time to live ran out on the way.
    let timeExceeded: Double

    init(in situation: Situation) {
        func grown(_ group: String, _ name: String) -> Double? {
            situation.growth(group, name).map(Double.init)
        }
        let four = grown("Ip", "OutRequests").flatMap { own in
            grown("Ip", "OutTransmits").map { sent in
                max(
                    0,
                    own + (grown("Ip", "ForwDatagrams") ?? 0) - sent
                        - (grown("Ip", "OutDiscards") ?? 0))
            }
        }
        let six = grown("snmp6", "Ip6OutRequests").flatMap { own in
            grown("snmp6", "Ip6OutTransmits").map { sent in
                max(
                    0,
                    own + (grown("snmp6", "Ip6OutForwDatagrams") ?? 0) - sent
                        - (grown("snmp6", "Ip6OutDiscards") ?? 0))
            }
        }
        self.unsent = four == nil && six == nil ? nil : (four ?? 0) + (six ?? 0)
        taken = TakenBeforeTCP(in: situation)?.taken ?? 0
        timeExceeded =
            (grown("Icmp", "InTimeExcds") ?? 0) + (grown("snmp6", "Icmp6InTimeExcds") ?? 0)
    }

    /// Why so many connects of this host fail, as far as its own counters tell; nil where they tell nothing.
    func cause(of failed: Double) -> String? {
        let half = max(1, failed / 2)
        if let unsent, unsent >= half {
            return
                "a filter of this host (OUTPUT of nftables or iptables, BPF) drops or rejects them: "
                + "\(unsent.figure) packets that it sends itself were taken before they left"
        }
        if taken >= half {
            return "a filter of this host (INPUT of nftables or iptables) may drop the answers: "
                + "\(taken.figure) packets came in and were taken before TCP saw them"
        }
        guard timeExceeded > 0 else { return nil }
        return
            "\(timeExceeded.figure) ICMP messages say that the time to live ran out on the way: a "
            + "routing loop"
    }

    /// Whether ``cause(of:)`` is about a filter of this host.
    func isOwn(_ failed: Double) -> Bool { max(unsent ?? 0, taken) >= max(1, failed / 2) }

    static let remedy = Remedy(
        .application,
        "see which rule of this host takes them: give the rules that drop or reject a counter, and "
            + "look which grows",
        command: "nft list ruleset", effect: "the rule; iptables -nvL shows the same for iptables",
        risk: "the command only reads", undo: "nothing to undo")
}
