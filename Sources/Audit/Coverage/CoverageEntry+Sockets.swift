import Model

extension CoverageEntry {
    /// LISTEN, the handshake, and open connections.
    static let openSockets: [CoverageEntry] = joined([
        sockets(
            [.listen], [.listener], .accept,
            .judged([.queueOverflowing, .acceptStalled, .backlogLimited])),
        sockets([.listen], [.listener], .port, .judged([.portRangeOverlapsListener])),
        sockets([.listen], [.listener], .descriptor, .judged([.descriptorsNearLimit])),
        sockets([.synSent], [.outgoing], .answer, .judged([.synRetransmitting])),
        sockets([.synSent], [.outgoing], .port, .judged(portRules)),
        sockets([.synSent], [.outgoing], .descriptor, .judged([.descriptorsNearLimit])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .ack,
            .judged([.synQueueFull, .queueOverflowing, .synCookiesSent])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .accept, .judged([.queueOverflowing])),
        sockets(
            [.synReceived, .newSynReceived], [.request], .data,
            .notJudged("TCP_DEFER_ACCEPT keeps a client in this state until it sends: no fault")),
        sockets(
            [.established], [.waiting], .accept,
            .judged([.queueOverflowing, .acceptStalled])),
        sockets(
            [.established], [.server, .outgoing], .read, .judged([.readStalled])),
        sockets(
            [.established, .synSent], [.server, .outgoing], .address, .judged([.addressGone])),
        sockets([.established], [.outgoing], .port, .judged(portRules)),
        sockets(
            [.established], [.server, .outgoing], .ack,
            .judged([.retransmitting, .peersSilent, .peersNotReading])),
        sockets(
            [.established], [.server, .outgoing], .descriptor,
            .judged([.descriptorsNearLimit])),
        sockets([.established], [.server, .outgoing], .memory, .judged([.memoryPressure])),
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
            .judged([.finWait1Stuck, .orphansNearLimit])),
        sockets(
            [.finWait1, .closing], [.server, .outgoing, .former], .ack,
            .judged([.finWait1Stuck])),
        sockets(
            [.finWait2], [.orphan], .fin, .judged([.finWait2Orphans, .finTimeoutTrap])),
        sockets([.finWait2], [.orphan], .port, .judged([.finWait2Orphans])),
        sockets(
            [.finWait2], [.server, .outgoing, .former], .fin, .judged([.finWait2Held])),
        sockets([.lastAck], [.orphan], .ack, .judged([.lastAckStuck, .orphansNearLimit])),
        sockets([.lastAck], [.server, .outgoing, .former], .ack, .judged([.lastAckStuck])),
        sockets(
            [.closeWait], [.waiting], .accept,
            .judged([.acceptStalled, .queueOverflowing, .closeWaitLeak])),
        sockets([.closeWait], [.server, .outgoing], .close, .judged([.closeWaitLeak])),
        sockets([.closeWait], [.former], .close, .judged([.closeWaitLeak])),
        sockets(
            [.closeWait, .finWait1, .finWait2], [.server, .outgoing], .descriptor,
            .judged([.descriptorsNearLimit])),
        sockets(
            [.finWait1, .finWait2, .closeWait, .lastAck, .closing], [.outgoing], .port,
            .judged(portRules)),
    ])

    /// TIME_WAIT, and sockets without a connection.
    static let endedSockets: [CoverageEntry] = joined([
        sockets(
            [.timeWait], [.outgoing], .port, .judged(portRules + [.reuseDisabled])),
        sockets(
            [.timeWait], [.server, .outgoing, .former], .memory,
            .judged([.timewaitCapNear, .timewaitOverflow])),
        sockets([.timeWait], [.server], .ack, .judged([.pawsRejecting, .rfc1337])),
        sockets([.close], [.unconnected], .descriptor, .judged([.descriptorsNearLimit])),
        sockets(
            [.close], [.unconnected], .close,
            .notJudged("the kernel lists no socket without a connection")),
        sockets(
            [.boundInactive], [.unconnected], .port,
            .judged([.boundIdle, .portRangeNarrow]), needs: [.boundSockets]),
        sockets(
            [.boundInactive], [.unconnected], .descriptor, .judged([.descriptorsNearLimit]),
            needs: [.boundSockets]),
    ])

    /// What judges the local port of an outgoing connection.
    private static let portRules: [RuleID] = [
        .portsExhausting, .portsSlow, .portsForecast, .loopbackExhausting,
        .bindBeforeConnect, .ownRangeExhausting,
    ]
}
