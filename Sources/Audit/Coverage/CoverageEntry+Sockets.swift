import Model

extension CoverageEntry {
    /// LISTEN, the handshake, and open connections.
    static let openSockets: [CoverageEntry] = joined([
        sockets(
            [.listen], [.listener], .accept,
            .judged(["queue-overflowing", "accept-stalled", "backlog-limited"])),
        sockets([.listen], [.listener], .port, .judged(["port-range-overlaps-listener"])),
        sockets([.listen], [.listener], .descriptor, .judged(["descriptors-near-limit"])),
        sockets([.synSent], [.outgoing], .answer, .judged(["syn-retransmitting"])),
        sockets([.synSent], [.outgoing], .port, .judged(portRules)),
        sockets([.synSent], [.outgoing], .descriptor, .judged(["descriptors-near-limit"])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .ack,
            .judged(["syn-queue-full", "queue-overflowing", "syn-cookies-sent"])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .accept, .judged(["queue-overflowing"])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .data,
            .notJudged("TCP_DEFER_ACCEPT keeps a client in this state until it sends: no fault")),
        sockets(
            [.established], [.waiting], .accept,
            .judged(["queue-overflowing", "accept-stalled"])),
        sockets(
            [.established], [.server, .outgoing], .read, .judged(["read-stalled"])),
        sockets(
            [.established, .synSent], [.server, .outgoing], .address, .judged(["address-gone"])),
        sockets([.established], [.outgoing], .port, .judged(portRules)),
        sockets(
            [.established], [.server, .outgoing], .ack,
            .judged(["retransmitting", "peers-silent", "peers-not-reading"])),
        sockets(
            [.established], [.server, .outgoing], .descriptor,
            .judged(["descriptors-near-limit"])),
        sockets([.established], [.server, .outgoing], .memory, .judged(["memory-pressure"])),
        sockets(
            [.established], [.server, .outgoing], .data,
            .notJudged(
                "an idle connection looks like one whose peer is gone: only keepalive shows "
                    + "the difference")),
        sockets(
            [.established], [.former], .data,
            .notJudged("a server that stopped listening may intend to serve them to the end")),
    ])

    /// Connections that one end has closed, or both.
    static let closingSockets: [CoverageEntry] = joined([
        sockets(
            [.finWait1, .closing], [.orphan], .ack,
            .judged(["fin-wait1-stuck", "orphans-near-limit"])),
        sockets(
            [.finWait1, .closing], [.server, .outgoing, .former], .ack,
            .judged(["fin-wait1-stuck"])),
        sockets(
            [.finWait2], [.orphan], .fin, .judged(["fin-wait2-orphans", "fin-timeout-trap"])),
        sockets([.finWait2], [.orphan], .port, .judged(["fin-wait2-orphans"])),
        sockets(
            [.finWait2], [.server, .outgoing, .former], .fin, .judged(["fin-wait2-held"])),
        sockets([.lastAck], [.orphan], .ack, .judged(["last-ack-stuck", "orphans-near-limit"])),
        sockets([.lastAck], [.server, .outgoing, .former], .ack, .judged(["last-ack-stuck"])),
        sockets(
            [.closeWait], [.waiting], .accept,
            .judged(["accept-stalled", "queue-overflowing", "close-wait-leak"])),
        sockets([.closeWait], [.server, .outgoing], .close, .judged(["close-wait-leak"])),
        sockets([.closeWait], [.former], .close, .judged(["close-wait-leak"])),
        sockets(
            [.closeWait, .finWait1, .finWait2], [.server, .outgoing], .descriptor,
            .judged(["descriptors-near-limit"])),
        sockets(
            [.finWait1, .finWait2, .closeWait, .lastAck, .closing], [.outgoing], .port,
            .judged(portRules)),
    ])

    /// TIME_WAIT, and sockets without a connection.
    static let endedSockets: [CoverageEntry] = joined([
        sockets(
            [.timeWait], [.outgoing], .port, .judged(portRules + ["reuse-disabled"])),
        sockets(
            [.timeWait], [.server, .outgoing, .former], .memory,
            .judged(["timewait-cap-near", "timewait-overflow"])),
        sockets([.timeWait], [.server], .ack, .judged(["paws-rejecting", "rfc1337"])),
        sockets([.close], [.unconnected], .descriptor, .judged(["descriptors-near-limit"])),
        sockets(
            [.close], [.unconnected], .close,
            .notJudged("the kernel lists no socket without a connection")),
        sockets(
            [.boundInactive], [.unconnected], .port,
            .judged(["bound-idle", "port-range-narrow"]), needs: [.boundSockets]),
        sockets(
            [.boundInactive], [.unconnected], .descriptor, .judged(["descriptors-near-limit"]),
            needs: [.boundSockets]),
    ])

    /// What judges the local port of an outgoing connection.
    private static let portRules = [
        "ports-exhausting", "ports-slow", "ports-forecast", "loopback-exhausting",
        "bind-before-connect", "own-range-exhausting",
    ]
}
