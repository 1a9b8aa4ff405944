import Model
import Text

/// Open connections retransmit and get no answer: their peers are gone, or the path is cut.
///
/// A peer that vanishes (a crash, a failover, a firewall or NAT that forgot the connection) sends
/// no FIN and no RST. The connection stays ESTABLISHED, and the kernel retransmits what is sent on
/// it, after 0.2, 0.4, 0.8 … s up to 120 s, for as long as `tcp_retries2` allows: with its default
/// of 15 that is a quarter of an hour (924 s at least). The program sees nothing until then; a pool
/// hands such connections out, and each request on them hangs. No counter separates it from loss:
/// the sockets do.
///
/// If 10 or more connections of a listener or a destination retransmit and they are half of its
/// ESTABLISHED connections: a warning; if 20 or more do and they are a fifth: a notice. From 50 in
/// the namespace, if they are a tenth of ESTABLISHED, a notice as well. For outgoing connections
/// also a warning if a destination has two or more connections and every one has retransmitted
/// three times or more: a small pool. Loss on the path makes a few connections retransmit at any
/// moment, and more if more send; silent below, and if the kernel's rows were not read.
///
/// With an interval the rule also judges connections that the kernel gave up in it
/// (`TCPAbortOnTimeout`, without those that never opened): their programs got ETIMEDOUT, after
/// tcp_retries2, TCP_USER_TIMEOUT or keepalive. A warning from 10 on, if they are a tenth of those
/// that were open or opened; a notice from 3 on, under the same condition.
///
/// The finding says for how long, at least, one of them has had no answer: the time-outs that are
/// over, by `tcpi_rto` and `tcpi_backoff` of the sockets that were asked.
///
/// `peers-not-reading` reports a peer that is there and has no room.
///
/// Confirm: run `ss -tno state established` twice: `timer:(on,…,N)` with a growing N. Source:
/// net/ipv4/tcp_timer.c:tcp_retransmit_timer, tcp_write_timeout.
struct PeersSilent: Rule {
    static let id = RuleID.peersSilent
    static let severities: [Severity] = [.warning, .notice]
    static let needs = RuleNeeds([.connections], helped: [.interval])

    /// Connections of one group, and their share of its ESTABLISHED, that loss alone does not reach: with every
    /// twentieth segment lost, some in a hundred senders wait for their timer at a time.
    static let few = 10
    static let half = 0.5
    static let some = 20
    static let fifth = 0.2
    /// Connections of the namespace, and their share.
    static let scattered = 50
    static let tenth = 0.1

    /// Nothing separates a pool of one from a forgotten connection.
    static let smallPool = 2
    static let fewGivenUp: Int64 = 3
    static let manyGivenUp: Int64 = 10

    func findings(in situation: Situation) -> [Finding] {
        let silent = silent(in: situation)
        let pools = pools(in: situation).filter { pool in
            !silent.contains { $0.subject.hasSuffix(pool.subject) }
        }
        return silent + pools + givenUp(in: situation)
    }

    /// Destinations all of whose connections retransmit, however few.
    private func pools(in situation: Situation) -> [Finding] {
        (situation.now.stalledPeers ?? []).compactMap { peer in
            let count = peer.sendingAgain
            guard count >= Self.smallPool, peer.lasting == count,
                situation.established(to: peer) <= count
            else { return nil }
            return Self.finding(
                .warning, peer.address.with(port: peer.port), count, of: count,
                owner: Owner.ofSome(
                    peer.owners, looked: peer.samples.count, of: count &+ peer.probing),
                unanswered: peer.unanswered, in: situation)
        }
    }

    /// Connections that were open, and that the kernel ended because no answer came.
    private func givenUp(in situation: Situation) -> [Finding] {
        guard let aborts = situation.reading("TcpExt", "TCPAbortOnTimeout"),
            let aborted = aborts.growth, let resets = situation.growth("Tcp", "EstabResets")
        else { return [] }
        // A connect() that is given up counts there, too; EstabResets counts those that were open.
        let count = min(aborted, resets)
        let openBefore = max(0, situation.earlier?.counters["Tcp", "CurrEstab"] ?? 0)
        let opened = ["ActiveOpens", "PassiveOpens"].reduce(Double(openBefore)) {
            $0 + Double(situation.growth("Tcp", $1) ?? 0)
        }
        guard count >= Self.fewGivenUp, Double(count) >= Self.tenth * opened else { return [] }
        let probes = situation.growth("TcpExt", "TCPKeepAlive") ?? 0
        let resent =
            (situation.growth("Tcp", "RetransSegs") ?? 0)
            - (situation.growth("TcpExt", "TCPSynRetrans") ?? 0)
        let why =
            probes >= count && resent < count
            ? "keepalive got no answer (\(probes.grouped) probes sent)"
            : probes < count
                ? "the peers did not acknowledge data for as long as tcp_retries2 or "
                    + "TCP_USER_TIMEOUT allows"
                : "the peers acknowledged neither data nor keepalive probes"
        return [
            Finding(
                rule: id, severity: count >= Self.manyGivenUp ? .warning : .notice,
                subject: "connections given up",
                observed: "the kernel gave up \(count.grouped) open connections in "
                    + "\((aborts.seconds ?? 0).duration): their programs get ETIMEDOUT",
                evidence: [
                    "given_up": .count(Int(clamping: count)), "open": .number(opened),
                    "keepalive_probes": .count(Int(clamping: probes)),
                    "sent_again": .count(Int(clamping: max(0, resent))),
                ],
                cause: why
                    + ": the peers are gone without a FIN, or something on the path forgot the "
                    + "connections",
                remedies: [
                    Remedy(
                        .application, "see which peers they were: the programs log ETIMEDOUT",
                        command:
                            "ss -tno state established | grep -E 'timer:\\((on|keepalive)' | head",
                        effect: "connections that retransmit or probe now may be next",
                        risk: "none: it only reads", undo: "nothing to revert")
                ],
                proof: "net/ipv4/tcp_timer.c:tcp_write_err (LINUX_MIB_TCPABORTONTIMEOUT), "
                    + "tcp_keepalive_timer")
        ]
    }

    private func silent(in situation: Situation) -> [Finding] {
        let now = situation.now
        let all = now.retransmitting[.established]
        guard all >= Self.few else { return [] }
        let groups = situation.groups(with: .established).compactMap { group -> Finding? in
            guard let count = group.retransmitting, count > 0 else { return nil }
            let share = Double(count) / Double(max(count, group.states[.established]))
            let isMost = count >= Self.few && share >= Self.half
            guard isMost || (count >= Self.some && share >= Self.fifth) else { return nil }
            return Self.finding(
                isMost ? .warning : .notice, group.subject, count,
                of: max(count, group.states[.established]), owner: group.owner,
                unanswered: situation.age(of: [group.place], in: .established), in: situation)
        }
        if !groups.isEmpty {
            return groups.sorted { ($0.severity, Self.count($0)) > ($1.severity, Self.count($1)) }
        }
        let established = max(all, now.states[.established])
        guard all >= Self.scattered, Double(all) >= Self.tenth * Double(established) else {
            return []
        }
        let owner = now.stateSamples?.first { $0.state == .established }?.owners
            .max { $0.sockets < $1.sockets }?.owner
        return [
            Self.finding(
                .notice, owner?.name ?? "ESTABLISHED", all, of: established, owner: owner,
                unanswered: situation.age(of: situation.groups.map(\.place), in: .established),
                in: situation)
        ]
    }

    private static func count(_ finding: Finding) -> Int {
        if case .count(let count) = finding.evidence["sending_again"] { count } else { 0 }
    }

    private static func finding(
        _ severity: Severity, _ subject: String, _ count: Int, of established: Int, owner: Owner?,
        unanswered: Double?, in situation: Situation
    ) -> Finding {
        let share = Double(count) / Double(established)
        let name = owner?.called ?? "the program"
        let since = unanswered.map { ", one of them for at least \($0.duration)" } ?? " yet"
        return Finding(
            rule: id, severity: severity, subject: subject, owner: owner,
            observed: "\(count.grouped) of \(established.grouped) open connections "
                + "(\(share.percent)) retransmit and have no answer\(since)",
            evidence: [
                "sending_again": .count(count), "established": .count(established),
                "sending_again_ratio": .number(share),
                "unanswered_seconds": unanswered.map { .number($0) },
            ].compactMapValues { $0 },
            cause: "the peers do not acknowledge what was sent: they are gone without a FIN, "
                + "something on the path forgot the connections, or the path or a filter of this "
                + "host loses most segments",
            remedies: remedies(name, in: situation),
            proof: "net/ipv4/tcp_timer.c:tcp_write_timeout; measured: with tcp_retries2 6 a "
                + "connection ends after 38.8 s, with 15 after 924 s or more")
    }

    private static func remedies(_ name: String, in situation: Situation) -> [Remedy] {
        let key = "net.ipv4.tcp_retries2"
        var remedies = [
            Remedy(
                .application,
                "see whether the peers are there, and what drops segments on the path",
                command: "ss -tno state established | grep 'timer:(on' | head",
                effect:
                    "a peer of which nothing comes is gone or cut off; if none answers, it may be this "
                    + "host's link or filter",
                risk: "none: it only reads", undo: "nothing to revert"),
            Remedy(
                .application,
                "give \(name) a limit on how long it waits: a timeout for each request, and "
                    + "TCP_USER_TIMEOUT on the socket; drop the pool's connections after a failover",
                effect: "a request on a dead connection fails after the time you choose, and the "
                    + "program replaces the connection",
                risk:
                    "a limit below a few seconds ends connections that would survive a short "
                    + "outage",
                undo: "remove the limit",
                snippets: [
                    Snippet(
                        "C", programs: [],
                        code: "unsigned ms = 30000;\n"
                            + "setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof ms);"),
                    Snippet("PostgreSQL (libpq)", programs: [], code: "tcp_user_timeout=30000"),
                    Snippet(
                        "HAProxy", programs: ["haproxy"], code: "tcp-ut 30s   # on the server line"),
                ]),
        ]
        if let retries = situation.number(key), 9...255 ~= retries {
            remedies.append(
                .writing(
                    key, "8", in: situation, kind: .lastResort,
                    text: "make the kernel give up sooner, for programs without a limit",
                    effect:
                        "a dead connection ends after about 100 s instead of a quarter of an hour",
                    risk:
                        "ends every connection whose path is gone for longer than that; below 8 "
                        + "the time is shorter than the 100 s that RFC 1122 asks for"))
        }
        return remedies
    }
}
