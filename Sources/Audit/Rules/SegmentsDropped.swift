import Model
import Text

/// This host drops segments, packets or connects, and a counter that no other rule judges grows.
///
/// The kernel counts what it drops, by reason: a route back that leads elsewhere (rp_filter), a
/// wrong checksum, a missing signature, a TTL below what a program demands, no route, no room. To
/// the peer all of them look alike: no answer. This rule judges each counter that means a drop by
/// how fast it grows; the counters of queues, memory, tracking and timestamps have their own rules
/// (queue-overflowing, syn-queue-full, memory-pressure, conntrack-dropping, paws-rejecting). It
/// also reports what listeners drop without a counter that explains it: a socket filter (BPF), an
/// IPsec policy.
///
/// The rule needs an interval, because every host that has run for long has dropped something: a
/// notice from two counts on, or from one or ten per second if a few are usual; a warning from 1
/// per second on if a healthy host counts none, from 10 per second if a few are usual. Drops that
/// may be intended, or are seldom a fault, are never more than a notice. Silent at one look, and
/// about counters that this kernel does not report. tcptune does not read what a network card or a
/// packet queue drops: see `ip -s link`.
///
/// Confirm: run `nstat` twice: the counter that the finding names grows. `tcptune explain COUNTER`
/// says where the kernel raises it. Source: net/ipv4/proc.c (snmp4_net_list,
/// snmp4_ipextstats_list), net/ipv6/proc.c.
struct SegmentsDropped: Rule {
    static let id = RuleID.segmentsDropped
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.interval])

    /// One may be chance.
    static let leastGrowth: Int64 = 2
    /// So many findings at most: most severe first.
    static let most = 6
    /// A segment that a listener's socket drops counts there at most twice (ListenDrops).
    private static let countsPerDrop = 2

    func findings(in situation: Situation) -> [Finding] {
        guard situation.interval != nil else { return [] }
        let kinds = DropKind.all.compactMap { finding($0, in: situation) }
        let all = (kinds + unexplained(in: situation)).mostSevereFirst(by: \.severity)
        return Array(all.prefix(Self.most))
    }

    private struct Grown {
        let part: DropKind.Part
        let reading: CounterReading
    }

    private func finding(_ kind: DropKind, in situation: Situation) -> Finding? {
        guard !kind.isOfHost || situation.judgesHost else { return nil }
        let grown = kind.parts.compactMap { part -> Grown? in
            guard let reading = Self.reading(part, in: situation), reading.grows else {
                return nil
            }
            return Grown(part: part, reading: reading)
        }
        let growth = grown.reduce(0) { $0 + Double($1.reading.growth ?? 0) }
        let perSecond = grown.reduce(0) { $0 + ($1.reading.perSecond ?? 0) }
        guard growth >= Double(Self.leastGrowth), perSecond >= kind.limits.notice else {
            return nil
        }
        var evidence: [String: Evidence] = ["per_second": .number(perSecond)]
        for one in grown {
            evidence[one.part.name] = .count(Int(clamping: one.reading.growth ?? 0))
        }
        let isWarning = kind.limits.warning.map { perSecond >= $0 } ?? false
        return Finding(
            rule: id, severity: isWarning ? .warning : .notice, subject: kind.subject,
            observed: grown.map {
                "\($0.part.text): \($0.reading.growthText ?? "") "
                    + "[\($0.part.group).\($0.part.name)]"
            }.joined(separator: " · "),
            evidence: evidence, cause: kind.cause,
            remedies: [
                Remedy(
                    .application, kind.remedy, command: kind.command, effect: kind.effect,
                    risk: "the command only reads", undo: "nothing to revert")
            ],
            proof: kind.source)
    }

    /// A counter's growth, less what other counters explain of it.
    private static func reading(
        _ part: DropKind.Part, in situation: Situation
    ) -> CounterReading? {
        guard let reading = situation.reading(part.group, part.name),
            let growth = reading.growth,
            !part.unless.contains(where: { situation.growth($0.group, $0.name) ?? 0 > 0 })
        else { return nil }
        let told = part.less.reduce(0.0) {
            $0 + Double(situation.growth($1.group, $1.name) ?? 0)
        }
        let rest = max(0, Double(growth) - told)
        return CounterReading(
            total: reading.total, growth: Int64(rest), seconds: reading.seconds)
    }

    /// What the listening sockets themselves dropped, and no counter of the namespace explains.
    private func unexplained(in situation: Situation) -> [Finding] {
        guard let interval = situation.interval, let earlier = situation.earlier else { return [] }
        let names = [
            "ListenDrops", "TCPMD5NotFound", "TCPMD5Unexpected", "TCPMD5Failure", "TCPAORequired",
            "TCPAOBad", "TCPAOKeyNotFound", "TCPMinTTLDrop", "PFMemallocDrop",
        ]
        let told = names.reduce(0.0) { $0 + Double(situation.growth("TcpExt", $1) ?? 0) }
        let dropping = situation.now.listeners.compactMap { listener -> (Listener, Int)? in
            let before = earlier.listeners.first {
                $0.address == listener.address && $0.port == listener.port
                    && $0.interface == listener.interface && $0.sockets == listener.sockets
            }
            guard let now = listener.drops, let old = before?.drops, 0...now ~= old, now > old
            else { return nil }
            return (listener, now - old)
        }
        let all = dropping.reduce(0.0) { $0 + Double($1.1) }
        let rest = all - Double(Self.countsPerDrop) * told
        guard rest >= Double(Self.leastGrowth), rest / interval >= 1,
            let most = dropping.max(by: { $0.1 < $1.1 })
        else { return [] }
        let rate = rest / interval
        return [
            Finding(
                rule: id, severity: rate >= 10 ? .warning : .notice,
                subject: most.0.address.with(port: most.0.port), owner: most.0.owner,
                observed: "segments dropped at listening sockets: \(rest.figure) in "
                    + "\(interval.duration) (\(rate.figure)/s), most at "
                    + "\(most.0.address.with(port: most.0.port)); no counter says why",
                evidence: [
                    "dropped": .number(rest), "per_second": .number(rate),
                    "listeners": .count(dropping.count),
                ],
                cause: "a filter on the socket (SO_ATTACH_FILTER, SO_ATTACH_BPF) or on its control "
                    + "group, or an IPsec policy, refuses them: the kernel counts those only at "
                    + "the socket",
                remedies: [
                    Remedy(
                        .application, "see whether the socket has a filter, or a policy applies",
                        command: "ss -ltnb 'sport = :\(most.0.port)'",
                        effect:
                            "a line with bpf filter shows a filter; ip xfrm policy and bpftool "
                            + "cgroup tree show the others",
                        risk: "the command only reads; needs root", undo: "nothing to revert")
                ],
                proof: "net/ipv4/tcp_ipv4.c:tcp_v4_rcv (discard_and_relse: sk_drops_add)")
        ]
    }
}
