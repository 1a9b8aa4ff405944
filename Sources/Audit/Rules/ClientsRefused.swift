import Model
import Text

/// Others are refused by this host: its own firewall takes what they send, or nothing listens there.
///
/// A service that "cannot be reached" is often refused by the host it runs on: a rule of nftables or
/// iptables drops or rejects, or the service has ended and each SYN for its port gets an RST. TCP never
/// sees the first, and counts the second nowhere but in `OutRsts`. Both can be told by what is missing:
/// packets that came in (`Ip.InReceives`) and were neither delivered (`InDelivers`) nor forwarded, less
/// what other counters explain; and RSTs beyond those of connections that this host itself aborted.
///
/// With an interval only, and silent at one look. Packets taken before TCP: a notice from 5 a second on where they are a tenth
/// of all received, or from 50 a second; a warning from 10 a second where they are a quarter. RSTs to
/// segments that no connection has: a notice from 10 a second on where they are a twentieth of the
/// connections opened, or from 100; a warning where they are half. It may be meant: scans are refused
/// on every public host, and that is what a firewall is for. Broadcasts, and multicasts of groups that
/// somebody here joined, are taken off; of other groups no counter tells them apart. Which rule, which port, which peer no
/// counter says. What a rule for forwarding drops is told of routers only: since Linux 6.7 a packet
/// counts as forwarded before the rule. A firewall that drops at a network card's hook (XDP, tc) is not seen, nor one on the
/// way.
///
/// Confirm: `nft list ruleset` with counters, `nstat IpInReceives IpInDelivers TcpOutRsts`.
/// Source: net/ipv4/ip_input.c:ip_rcv_core, ip_protocol_deliver_rcu; net/ipv4/tcp_ipv4.c:
/// tcp_v4_send_reset. Measured: `reject with tcp reset` of nftables does not count in OutRsts.
struct ClientsRefused: Rule {
    static let id = "clients-refused"

    /// A second, and as a share of all received.
    static let fewTaken = 5.0
    static let tenth = 0.10
    static let manyTaken = 50.0
    static let someTaken = 10.0
    static let quarter = 0.25
    /// A second, and as a share of the connections that were opened or refused.
    static let fewResets = 10.0
    static let twentieth = 0.05
    static let manyResets = 100.0
    static let half = 0.5
    /// So many RSTs may follow each connection that this host aborts: for the segments still under way.
    private static let perAbort = 3.0

    func findings(in situation: Situation) -> [Finding] {
        [taken(in: situation), reset(in: situation)].compactMap(\.self)
            .sorted { $0.severity > $1.severity }
    }

    private func taken(in situation: Situation) -> Finding? {
        guard let taken = TakenBeforeTCP(in: situation) else { return nil }
        let rate = taken.perSecond
        guard
            rate >= Self.manyTaken || (rate >= Self.fewTaken && taken.share >= Self.tenth)
        else { return nil }
        let rejected = min(taken.unreachablesSent, taken.taken)
        return Finding(
            rule: id,
            severity: rate >= Self.someTaken && taken.share >= Self.quarter ? .warning : .notice,
            subject: "packets received",
            observed: "\(taken.taken.figure) of \(taken.received.figure) packets received "
                + "(\(taken.share.percent)) were neither delivered nor forwarded in "
                + "\(taken.seconds.duration) (\(rate.figure)/s)"
                + (taken.forwarded > 0
                    ? "; \(taken.forwarded.figure) of them were to be forwarded" : "")
                + (rejected > 0
                    ? "; \(rejected.figure) ICMP messages of unreachability were sent" : ""),
            evidence: [
                "taken": .number(taken.taken), "received": .number(taken.received),
                "taken_ratio": .number(taken.share), "taken_per_second": .number(rate),
                "to_be_forwarded": .number(taken.forwarded),
                "unreachables_sent": .number(taken.unreachablesSent),
            ],
            cause:
                "a filter of this host (nftables, iptables) drops or rejects them before TCP sees "
                + "them; or their source cannot be (a martian, which log_martians names), or they are "
                + "multicasts of groups that nobody here joined. It may be meant, as for scans; whether "
                + "clients are among them no counter says",
            remedies: [
                Remedy(
                    .application,
                    "see which rule takes them: give the rules that drop or reject a counter, and "
                        + "look which grows",
                    command: "nft list ruleset",
                    effect:
                        "the rule, and by its match the port and the peers; iptables -nvL shows "
                        + "the same for iptables",
                    risk: "the command only reads", undo: "nothing to undo")
            ],
            proof: "net/ipv4/ip_input.c:ip_rcv_core counts InReceives, ip_protocol_deliver_rcu "
                + "InDelivers; netfilter's hooks lie between")
    }

    private func reset(in situation: Situation) -> Finding? {
        guard let interval = situation.interval, let resets = situation.growth("Tcp", "OutRsts"),
            let active = situation.growth("Tcp", "ActiveOpens"),
            let passive = situation.growth("Tcp", "PassiveOpens")
        else { return nil }
        let aborts = [
            "TCPAbortOnClose", "TCPAbortOnData", "TCPAbortOnLinger", "TCPAbortOnMemory",
            "TCPAbortOnTimeout",
        ].reduce(0.0) { $0 + Double(situation.growth("TcpExt", $1) ?? 0) }
        let count = Double(resets) - Self.perAbort * aborts
        let rate = count / interval
        let all = Double(active) + Double(passive) + max(0, count)
        let share = all > 0 ? count / all : 0
        guard
            rate >= Self.manyResets || (rate >= Self.fewResets && share >= Self.twentieth)
        else { return nil }
        return Finding(
            rule: id, severity: share >= Self.half ? .warning : .notice,
            subject: "segments without a connection",
            observed: "\(count.figure) RSTs were sent to segments that no connection here has, in "
                + "\(interval.duration) (\(rate.figure)/s); "
                + "\((Double(active) + Double(passive)).figure) connections were opened meanwhile",
            evidence: [
                "resets": .number(count), "resets_per_second": .number(rate),
                "opened": .number(Double(active) + Double(passive)),
            ],
            cause: "clients connect to a port where nothing listens (a service that has ended, or "
                + "listens on another address), or send on connections that have ended here; scans do "
                + "so, too",
            remedies: [
                Remedy(
                    .application, "see which port they want, and whether its service runs",
                    command: "tcpdump -ni any -c 20 'tcp[tcpflags] & tcp-rst != 0'",
                    effect: "the source port of an RST from this host is the port that is missing",
                    risk: "needs root; 20 packets", undo: "nothing to undo")
            ],
            proof: "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset (TCP_MIB_OUTRSTS)")
    }
}
