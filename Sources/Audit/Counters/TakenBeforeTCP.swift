import Model

/// Packets that came in over an interval, and that neither TCP, UDP nor another host ever got.
///
/// The kernel counts a packet when it comes in and again when it is delivered or forwarded; between the two are the
/// filters (netfilter's prerouting, input and forward) and the routing. What is missing, less what other counters
/// explain, was taken there. Source: `net/ipv4/ip_input.c:ip_rcv_core` (InReceives), `ip_protocol_deliver_rcu`
/// (InDelivers); `net/ipv4/ip_forward.c:ip_forward_finish`; the same of IPv6.
struct TakenBeforeTCP: Sendable {
    let received: Double
    let taken: Double
    /// Those of them that were meant to be forwarded; known only on routers.
    let forwarded: Double
    let seconds: Double
    /// ICMP unreachable messages that this host sent: for what a filter rejects, and for UDP to closed ports.
    let unreachablesSent: Double

    /// Packets of this host's own, as a share of those it forwards, up to which it is a router.
    private static let littleOwn = 0.1

    var perSecond: Double { taken / seconds }
    var share: Double { received > 0 ? taken / received : 0 }

    /// Nil without an interval, or if the counters do not exist.
    init?(in situation: Situation) {
        guard let seconds = situation.interval else { return nil }
        func grown(_ group: String, _ names: [String]) -> Double {
            names.reduce(0) { $0 + Double(situation.growth(group, $1) ?? 0) }
        }
        guard situation.growth("Ip", "InReceives") != nil,
            situation.growth("Ip", "InDelivers") != nil
        else { return nil }
        let four = grown("Ip", ["InReceives"])
        let explained =
            grown(
                "Ip",
                [
                    "InDelivers", "ForwDatagrams", "InHdrErrors", "InAddrErrors",
                    "InUnknownProtos", "InDiscards",
                ]) + grown("IpExt", ["InNoRoutes", "InTruncatedPkts"])
            + grown("TcpExt", ["IPReversePathFilter"]) + grown("ip_vs", ["packets"])
            + grown("nf_conntrack", ["drop", "early_drop"])
            + max(0, grown("Ip", ["ReasmReqds"]) - grown("Ip", ["ReasmOKs"]))
            // Broadcasts and multicasts count before a filter sees them; those that UDP got and nobody read are delivered.
            + max(
                0,
                grown("IpExt", ["InBcastPkts", "InMcastPkts"]) - grown("Udp", ["IgnoredMulti"]))
        let six = grown("snmp6", ["Ip6InReceives"])
        // Multicast that nobody here joined is not delivered, and counts nowhere else.
        let explained6 =
            grown(
                "snmp6",
                [
                    "Ip6InDelivers", "Ip6OutForwDatagrams", "Ip6InHdrErrors", "Ip6InAddrErrors",
                    "Ip6InUnknownProtos", "Ip6InDiscards", "Ip6InNoRoutes", "Ip6InTruncatedPkts",
                    "Ip6InTooBigErrors", "Ip6InMcastPkts",
                ]) + max(0, grown("snmp6", ["Ip6ReasmReqds"]) - grown("snmp6", ["Ip6ReasmOKs"]))
        self.seconds = seconds
        received = four + six
        // Since Linux 6.7 a packet counts as forwarded before the filters see it, and what leaves is counted as well.
        func notSent(forwarded forward: Double, own: Double, sent: Int64?) -> Double {
            guard let sent else { return 0 }
            // What this host sends itself may count twice there (IPsec), so it must be little.
            guard own <= Self.littleOwn * forward else { return 0 }
            return max(0, forward + own - Double(sent))
        }
        forwarded =
            notSent(
                forwarded: grown("Ip", ["ForwDatagrams"]), own: grown("Ip", ["OutRequests"]),
                sent: situation.growth("Ip", "OutTransmits"))
            + notSent(
                forwarded: grown("snmp6", ["Ip6OutForwDatagrams"]),
                own: grown("snmp6", ["Ip6OutRequests"]),
                sent: situation.growth("snmp6", "Ip6OutTransmits"))
        taken = max(0, four - explained) + max(0, six - explained6) + forwarded
        unreachablesSent = max(
            0,
            grown("Icmp", ["OutDestUnreachs"]) + grown("snmp6", ["Icmp6OutDestUnreachs"])
                - grown("Udp", ["NoPorts"]) - grown("snmp6", ["Udp6NoPorts"]))
    }
}
