import Model
import Text

/// A large share of the segments that this host sends is sent again.
///
/// A segment is sent again when its acknowledgement does not come: it was lost on the way, the
/// answer was lost, or it only came late. Each loss slows what a connection sends (CUBIC by 30 %),
/// and a loss at the end of a request costs 200 ms or more, so a small share shows in the slowest requests first.
/// `RetransSegs` counts resent SYNs and SYN-ACKs as well; those are taken off here
/// (`TCPSynRetrans`), they tell of something else (`syn-retransmitting`, `queue-overflowing`).
/// `OutSegs` does not contain what was resent (`net/ipv4/tcp_output.c:__tcp_transmit_skb`,
/// `__tcp_retransmit_skb`). `TCPTimeouts` among them are those that waited for the timer: the
/// expensive ones.
///
/// Confirm: `nstat TcpRetransSegs TcpOutSegs` twice; `ss -ti` shows `retrans:` for each
/// connection. Silent below 1.5 %, and where too few segments were sent to speak of shares: fewer
/// than a thousand, unless 20 or more were sent again in an interval and they are a tenth or more, and
/// no more than were sent once. Since boot: a notice at most.
struct Retransmitting: Rule {
    static let id = "retransmitting"

    /// The loss at which others switch to another congestion control, for throughput has begun to
    /// fall.
    static let noticeRatio = 0.015
    /// One in twenty: a page of twenty segments needs a repetition more often than not.
    static let warningRatio = 0.05
    /// Fewer segments make no share: 1.5 % of a thousand is 15, give or take 4 by chance.
    static let leastSegments: Int64 = 1000
    /// In an interval a larger share is told of fewer segments: so many sent again are no chance.
    static let leastResent: Int64 = 20
    static let tenth = 0.10

    func findings(in situation: Situation) -> [Finding] {
        guard let sent = situation.reading("Tcp", "OutSegs"),
            let again = situation.reading("Tcp", "RetransSegs")
        else { return [] }
        let handshakes = situation.reading("TcpExt", "TCPSynRetrans")
        let isInterval = sent.growth != nil && again.growth != nil
        let segments = isInterval ? sent.growth ?? 0 : sent.total
        let all = isInterval ? again.growth ?? 0 : again.total
        let resent = max(0, all - (isInterval ? handshakes?.growth ?? 0 : handshakes?.total ?? 0))
        let ratio = Double(resent) / Double(max(segments, 1))
        let isTelling = segments >= Self.leastSegments && ratio >= Self.noticeRatio
        // What is sent again and nothing else has peers that fell silent: the rows tell (peers-silent).
        let isMuch =
            segments >= Self.leastResent && Self.leastResent...segments ~= resent
            && ratio >= Self.tenth
        guard isTelling || (isInterval && isMuch) else { return [] }
        let timeouts = situation.reading("TcpExt", "TCPTimeouts")
        let span = isInterval ? "in \((situation.interval ?? 0).duration)" : situation.epoch
        var evidence: [String: Evidence] = [
            "resent": .count(Int(clamping: resent)), "sent": .count(Int(clamping: segments)),
            "resent_ratio": .number(ratio),
        ]
        if isInterval, let interval = situation.interval {
            evidence["resent_per_second"] = .number(Double(resent) / interval)
        }
        evidence["timeouts_per_second"] = timeouts?.perSecond.map { .number($0) }
        return [
            Finding(
                rule: id, severity: isInterval && ratio >= Self.warningRatio ? .warning : .notice,
                subject: "segments sent",
                observed:
                    "\(resent.grouped) of \(segments.grouped) segments sent again "
                    + "(\(ratio.percent)) \(span), "
                    + "SYNs aside"
                    + (timeouts.flatMap { $0.grows ? $0.growthText : nil }.map {
                        "; timer ran out \($0)"
                    } ?? ""),
                evidence: evidence,
                cause:
                    "loss on the path or in this host's queues, or acknowledgements that come "
                    + "too late",
                remedies: [
                    Remedy(
                        .application, "find the connections it happens on: one peer or all of them",
                        command: "ss -tino state established | grep -B1 'retrans:' | head -40",
                        effect:
                            "one peer: its path or its host; all: this host's link or processor",
                        risk: "none: it only reads", undo: "nothing to undo"),
                    Remedy(
                        .application, "look for drops in this host before looking outside",
                        command: "ip -s link; tc -s qdisc; cat /proc/net/softnet_stat",
                        effect:
                            "dropped, overruns or the second column of softnet_stat growing: the "
                            + "loss is here",
                        risk: "none: it only reads", undo: "nothing to undo"),
                ] + otherControl(in: situation),
                proof:
                    "net/ipv4/tcp_output.c:__tcp_retransmit_skb (TCP_MIB_RETRANSSEGS), "
                    + "__tcp_transmit_skb "
                    + "(TCP_MIB_OUTSEGS)")
        ]
    }

    /// A congestion control for paths that lose at random; nothing where it is in use, or the one in use is not known.
    private func otherControl(in situation: Situation) -> [Remedy] {
        let key = "net.ipv4.tcp_congestion_control"
        guard let control = situation.setting(key)?.value, control != "bbr" else { return [] }
        return [
            .writing(
                key, "bbr", in: situation, kind: .lastResort,
                text: "where the path itself loses at random, take a congestion control that "
                    + "goes by "
                    + "measured bandwidth (modprobe tcp_bbr)",
                effect: "a lost segment alone no longer cuts the rate of new connections; the "
                    + "losses stay",
                risk: "it may take more of a shared bottleneck than its neighbours do")
        ]
    }
}
