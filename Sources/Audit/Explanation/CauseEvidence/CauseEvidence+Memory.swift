import Model
import Text

extension CauseEvidence {
    static let memory: [String: Predicate] = [
        "tcp-memory": { $0.tcpMemory },
        "large-buffers": { $0.largeBuffers },
        "slow-readers": { $0.slowReaders },
        "unclosed-sockets": { $0.unclosedSockets },
        "orphans": { $0.orphans },
        "clients-vanished": { $0.clientsVanished },
        "fin-timeout-large": { $0.finTimeoutLarge },
    ]

    /// The kernel compares with the third number of tcp_mem, for all namespaces together.
    private var tcpMemory: CauseVerdict {
        guard let pages = situation.counter("sockstat.TCP", "mem"), pages >= 0 else {
            return .cannotBeSeen("the memory of TCP was not read")
        }
        guard let levels = situation.numbers("net.ipv4.tcp_mem"), levels.count == 3, levels[2] > 0
        else {
            return .cannotBeSeen("tcp_mem was not read: only the host's own namespace shows it")
        }
        let ratio = Double(pages) / Double(levels[2])
        let text =
            "TCP uses \(pages.grouped) of \(levels[2].grouped) pages (\(ratio.percent)), pressure "
            + "from \(levels[1].grouped)"
        if ratio >= Self.fullRatio { return .found(text) }
        if pages >= levels[1] { return .mayBe(text) }
        if let pressures = situation.reading("TcpExt", "TCPMemoryPressures"), pressures.total > 0 {
            return .mayBe(
                "in pressure \(pressures.growthText ?? situation.sinceStart(pressures.total)); \(text) now"
            )
        }
        return .notFound(text)
    }

    /// Used-up memory does not show what uses it.
    private var largeBuffers: CauseVerdict {
        if case .found(let text) = tcpMemory { return .mayBe(text) }
        return tcpMemory
    }

    private var slowReaders: CauseVerdict {
        var isReported = false
        for (name, text) in [
            ("TCPRcvQDrop", "segments dropped at full receive queues"),
            ("RcvPruned", "receive queues dropped"), ("PruneCalled", "receive queues squeezed"),
        ] {
            guard situation.counter("TcpExt", name) != nil else { continue }
            isReported = true
            let verdict = verdict(ofCounter: "TcpExt", name, proves: true, what: text)
            if verdict.isFound || verdict.isPossible { return verdict }
        }
        return isReported
            ? .notFound("no receive queue was squeezed")
            : .cannotBeSeen("this kernel does not report squeezed receive queues")
    }

    private var unclosedSockets: CauseVerdict {
        for rule in [RuleID.closeWaitLeak, .orphansNearLimit] {
            if let finding = finding(rule) { return .mayBe(Self.text(of: finding)) }
        }
        if let unread = unread(.connections) { return unread }
        return .notFound("\(now.states[.closeWait].grouped) sockets in CLOSE_WAIT")
    }

    /// The host's orphans and tcp_max_orphans; nil if either was not read.
    private var orphanCount: (count: Int64, limit: Int64)? {
        guard let count = situation.counter("sockstat.TCP", "orphan"), count >= 0,
            let limit = situation.number("net.ipv4.tcp_max_orphans"), limit >= 0
        else { return nil }
        return (count, limit)
    }

    private var orphans: CauseVerdict {
        guard let (count, limit) = orphanCount else {
            return .cannotBeSeen(
                "tcp_max_orphans was not read: only the host's own namespace shows it")
        }
        let ratio = limit > 0 ? Double(count) / Double(limit) : count > 0 ? 1 : 0
        let text = "\(count.grouped) orphans of \(limit.grouped) allowed (\(ratio.percent))"
        if ratio >= Self.fullRatio { return .found(text) }
        if let aborts = AbortsOnMemory(in: situation), aborts.areOfOrphans, aborts.reading.grows {
            return .found("\(text); reset because of it: \(aborts.reading.growthText ?? "")")
        }
        // Sockets that send badly count fourfold (net/ipv4/tcp_timer.c:tcp_out_of_resources).
        return ratio >= 0.25 ? .mayBe(text + "; some count up to fourfold") : .notFound(text)
    }

    private var clientsVanished: CauseVerdict {
        if let unread = unread(.connections) { return unread }
        let waiting = [TCPState.finWait1, .lastAck, .closing].map { now.withoutInode[$0] }
        let count = waiting.reduce(0) { $0 + max(0, $1) }
        let text = "\(count.grouped) sockets without a process wait for an ACK from the peer"
        if let stuck = finding(.lastAckStuck) { return .found(Self.text(of: stuck)) }
        guard let (orphans, limit) = orphanCount, limit > 0 else {
            return count >= 100 ? .mayBe(text) : .notFound(text)
        }
        let isMost = Int64(count) * 2 >= orphans
        if Double(orphans) >= 0.25 * Double(limit), isMost { return .found(text) }
        return count >= 100 ? .mayBe(text) : .notFound(text)
    }

    private var finTimeoutLarge: CauseVerdict {
        guard let value = situation.number("net.ipv4.tcp_fin_timeout") else {
            return .cannotBeSeen("tcp_fin_timeout was not read")
        }
        guard value > 60 else { return .notFound("tcp_fin_timeout = \(value)") }
        let waiting = now.withoutInode[.finWait2]
        let text = "tcp_fin_timeout = \(value), \(waiting.grouped) FIN_WAIT2 without a process"
        return waiting >= 100 ? .found(text) : waiting > 0 ? .mayBe(text) : .notFound(text)
    }
}
