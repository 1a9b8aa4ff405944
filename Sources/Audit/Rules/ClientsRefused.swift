import Model
import Text

/// This host refuses packets from others: its own firewall drops them, or no program listens on the
/// port.
///
/// A service that "cannot be reached" is often refused by the host it runs on: a rule of nftables
/// or iptables drops or rejects, or the service has ended and each SYN for its port gets a RST. TCP
/// never sees the first kind, and counts the second only in `OutRsts`. Both show in what is
/// missing: packets that came in (`Ip.InReceives`) and were neither delivered (`InDelivers`) nor
/// forwarded, less those that other counters explain; and RSTs beyond those for connections that
/// this host itself aborted.
///
/// Silent at one look: the rule needs an interval. Packets dropped before TCP: a notice from 5 per
/// second on if they are a tenth of all received, or from 50 per second; a warning from 10 per
/// second if they are a quarter. RSTs to segments without a connection: a notice from 10 per second
/// on if they are a twentieth of the connections opened, or from 100 per second, and from 1 per
/// second if no connection was opened; a warning from 10 per second if they are half. The rule
/// subtracts this host's own failed connects (`AttemptFails`), since on loopback it refuses those
/// itself: programs try `::1` first where a service listens on 127.0.0.1. It may be intended: every public host refuses scans, and that is what a firewall is
/// for. The rule subtracts broadcasts, and multicasts to groups that a program here joined; no
/// counter separates multicasts to other groups. No counter says which rule, port or peer it is.
/// Only on routers does the rule report what a forwarding rule drops: since Linux 6.7 a packet
/// counts as forwarded before the rule. tcptune cannot see a firewall at a network card's hook
/// (XDP, tc) or one between the hosts.
///
/// Confirm: `nft list ruleset` with counters, `nstat IpInReceives IpInDelivers TcpOutRsts`. Source:
/// net/ipv4/ip_input.c:ip_rcv_core, ip_protocol_deliver_rcu; net/ipv4/tcp_ipv4.c:tcp_v4_send_reset.
/// Measured: `reject with tcp reset` of nftables does not count in OutRsts.
struct ClientsRefused: Rule {
    static let id = RuleID.clientsRefused
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.interval, .counter("Ip", "InReceives")])

    /// Per second, and as a share of all received.
    static let fewTaken = 5.0
    static let tenth = 0.10
    static let manyTaken = 50.0
    static let someTaken = 10.0
    static let quarter = 0.25
    /// Per second, and as a share of the connections that were opened or refused.
    static let fewResets = 10.0
    static let twentieth = 0.05
    static let manyResets = 100.0
    /// Per second, and at least so many, if no connection was opened.
    static let oneReset = 1.0
    static let twoResets = 2.0
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
                    ? "; \(taken.forwarded.figure) of them were meant to be forwarded" : "")
                + (rejected > 0
                    ? "; \(rejected.figure) ICMP unreachable messages were sent" : ""),
            evidence: [
                "taken": .number(taken.taken), "received": .number(taken.received),
                "taken_ratio": .number(taken.share), "taken_per_second": .number(rate),
                "to_be_forwarded": .number(taken.forwarded),
                "unreachables_sent": .number(taken.unreachablesSent),
            ],
            cause:
                "a filter of this host (nftables, iptables) drops or rejects them before TCP sees "
                + "them; or their source address is impossible (a martian: log_martians logs it), "
                + "or they are multicasts to groups that no program here joined. It may be "
                + "intended, as for scans; no counter says whether clients are among them",
            remedies: [
                Remedy(
                    .application,
                    "find the rule that drops them: add a counter to each rule that drops or "
                        + "rejects, and see which counter grows",
                    command: "nft list ruleset",
                    effect:
                        "shows the rule, and through its match the port and the peers; iptables "
                        + "-nvL shows the same for iptables",
                    risk: "the command only reads", undo: "nothing to revert")
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
        let failed =
            Double(situation.growth("Tcp", "AttemptFails") ?? 0)
            - Double(situation.growth("TcpExt", "EmbryonicRsts") ?? 0)
            - Double(situation.growth("TcpExt", "TCPSynRetrans") ?? 0)
        let count = Double(resets) - Self.perAbort * aborts - max(0, failed)
        let rate = count / interval
        let all = Double(active) + Double(passive) + max(0, count)
        let share = all > 0 ? count / all : 0
        guard
            rate >= Self.manyResets || (rate >= Self.fewResets && share >= Self.twentieth)
                || (rate >= Self.oneReset && count >= Self.twoResets && share >= 1)
        else { return nil }
        return Finding(
            rule: id, severity: rate >= Self.fewResets && share >= Self.half ? .warning : .notice,
            subject: "segments without a connection",
            observed: "\(count.figure) RSTs were sent in reply to segments without a connection, "
                + "in \(interval.duration) (\(rate.figure)/s); "
                + "\((Double(active) + Double(passive)).figure) connections were opened meanwhile",
            evidence: [
                "resets": .number(count), "resets_per_second": .number(rate),
                "opened": .number(Double(active) + Double(passive)),
            ],
            cause: "clients connect to a port on which nothing listens (the service has ended, or "
                + "listens on another address), or send on connections that have ended on this "
                + "host; scans do so too",
            remedies: [
                Remedy(
                    .application, "see which port the clients want, and whether its service runs",
                    command: "tcpdump -ni any -c 20 'tcp[tcpflags] & tcp-rst != 0'",
                    effect: "the source port of each RST from this host is the port on which "
                        + "nothing listens",
                    risk: "needs root; 20 packets", undo: "nothing to revert")
            ],
            proof: "net/ipv4/tcp_ipv4.c:tcp_v4_send_reset (TCP_MIB_OUTRSTS)")
    }
}
