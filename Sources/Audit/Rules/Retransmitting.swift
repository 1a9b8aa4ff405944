import Model
import Text

/// This host retransmits a large share of the segments it sends.
///
/// The kernel sends a segment again if its acknowledgement does not come: the segment was lost on
/// the path, the answer was lost, or it only came late. Each loss slows the sender down (CUBIC by
/// 30 %), and a loss at the end of a request costs 200 ms or more, so a small share shows first in
/// the slowest requests. `RetransSegs` counts resent SYNs and SYN-ACKs as well; the rule subtracts
/// those (`TCPSynRetrans`), because they mean something else (`syn-retransmitting`,
/// `queue-overflowing`). `OutSegs` does not contain resent segments
/// (`net/ipv4/tcp_output.c:__tcp_transmit_skb`, `__tcp_retransmit_skb`). `TCPTimeouts` counts those
/// that waited for the timer: the expensive ones.
///
/// Confirm: run `nstat TcpRetransSegs TcpOutSegs` twice; `ss -ti` shows `retrans:` for each
/// connection. Silent below 1.5 %, and if the host sent too few segments for a share: fewer than a
/// thousand, unless 20 or more were resent in an interval and they are a tenth or more, and no more
/// than were sent once. Since boot: a notice at most.
struct Retransmitting: Rule {
    static let id = RuleID.retransmitting
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds(
        [.counter("Tcp", "OutSegs"), .counter("Tcp", "RetransSegs")], helped: [.interval])

    /// The loss at which others switch to another congestion control, for throughput has begun to
    /// fall.
    static let noticeRatio = 0.015
    /// One in twenty: a page of twenty segments needs a repetition more often than not.
    static let warningRatio = 0.05
    /// Fewer segments make no share: 1.5 % of a thousand is 15, give or take 4 by chance.
    static let leastSegments: Int64 = 1000
    /// In an interval a larger share is reported for fewer segments: so many resent are no chance.
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
        // If everything is retransmitted, the peers fell silent: the rows show it (peers-silent).
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
                    "\(resent.grouped) of \(segments.grouped) segments retransmitted "
                    + "(\(ratio.percent)) \(span), without SYNs"
                    + (timeouts.flatMap { $0.grows ? $0.growthText : nil }.map {
                        "; retransmission timer fired \($0)"
                    } ?? ""),
                evidence: evidence,
                cause:
                    "segments are lost on the path or in this host's queues, or acknowledgements "
                    + "come too late",
                remedies: [
                    Remedy(
                        .application, "find the connections that retransmit: to one peer or to all",
                        command: "ss -tino state established | grep -B1 'retrans:' | head -40",
                        effect:
                            "if it is one peer: its path or its host; if it is all: this host's "
                            + "link or processor",
                        risk: "none: it only reads", undo: "nothing to revert"),
                    Remedy(
                        .application, "look for drops in this host before you look outside",
                        command: "ip -s link; tc -s qdisc; cat /proc/net/softnet_stat",
                        effect:
                            "if dropped, overruns or the second column of softnet_stat grows, this "
                            + "host loses the segments",
                        risk: "none: it only reads", undo: "nothing to revert"),
                ] + otherControl(in: situation),
                proof:
                    "net/ipv4/tcp_output.c:__tcp_retransmit_skb (TCP_MIB_RETRANSSEGS), "
                    + "__tcp_transmit_skb "
                    + "(TCP_MIB_OUTSEGS)")
        ]
    }

    /// A congestion control for paths that lose at random; nothing if it is in use, or if the one in use is not known.
    private func otherControl(in situation: Situation) -> [Remedy] {
        let key = "net.ipv4.tcp_congestion_control"
        guard let control = situation.setting(key)?.value, control != "bbr" else { return [] }
        return [
            .writing(
                key, "bbr", in: situation, kind: .lastResort,
                text: "if the path itself loses at random, use a congestion control that follows "
                    + "the measured bandwidth (modprobe tcp_bbr)",
                effect: "a lost segment alone no longer reduces the rate of new connections; the "
                    + "losses remain",
                risk: "it may take more of a shared bottleneck than other connections")
        ]
    }
}
