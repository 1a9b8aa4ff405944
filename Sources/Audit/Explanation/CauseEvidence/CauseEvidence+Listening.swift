import Model
import Text

extension CauseEvidence {
    static let listening: [String: Predicate] = [
        "backlog-small": { $0.backlogSmall },
        "accepts-slowly": { $0.acceptsSlowly },
        "cookies-off": { $0.cookiesOff },
        "flood": { $0.flood },
        "syn-queue-small": { $0.synQueueSmall },
        "abort-on-overflow": { $0.abortOnOverflow },
        "nothing-listens": { $0.nothingListens },
        "unix-queue-full": { $0.unixQueueFull },
        "unix-stale": { $0.unixStale },
    ]

    /// Cookies sent and those of them that came back valid, over the interval or else since boot.
    private struct Cookies {
        let sent: Int64
        let valid: Int64
        let span: String

        var ratio: Double { sent > 0 ? Double(valid) / Double(sent) : 0 }
        var text: String {
            "\(sent.grouped) SYN cookies sent, \(valid.grouped) came back valid "
                + "(\(min(1, ratio).percent)) \(span)"
        }
    }

    /// Below this share the senders never answer, as in a flood.
    private static let floodRatio = 0.1
    /// Above this share the senders are real clients.
    private static let clientRatio = 0.5
    /// Fewer cookies make no share.
    private static let fewestCookies: Int64 = 20

    private var cookies: Cookies? {
        guard let sent = situation.reading("TcpExt", "SyncookiesSent"),
            let valid = situation.reading("TcpExt", "SyncookiesRecv")
        else { return nil }
        if let grown = sent.growth, let grownValid = valid.growth, grown > 0 {
            return Cookies(
                sent: grown, valid: grownValid, span: "in \((sent.seconds ?? 0).duration)")
        }
        return Cookies(sent: sent.total, valid: valid.total, span: situation.epoch)
    }

    private var flood: CauseVerdict {
        guard let cookies else { return .cannotBeSeen("this kernel does not report SYN cookies") }
        guard cookies.sent > 0 else { return .notFound("no SYN cookie was sent \(cookies.span)") }
        guard cookies.sent >= Self.fewestCookies else { return .mayBe(cookies.text) }
        if cookies.ratio < Self.floodRatio { return .found(cookies.text) }
        return cookies.ratio >= Self.clientRatio
            ? .notFound(cookies.text + ": real clients") : .mayBe(cookies.text)
    }

    private var backlogSmall: CauseVerdict {
        if let finding = finding(.backlogLimited) { return .found(Self.text(of: finding)) }
        if let unread = unread(.backlogs) { return unread }
        if let cookies, cookies.sent >= Self.fewestCookies {
            guard cookies.ratio >= Self.floodRatio else {
                return .notFound(cookies.text + ": the flood would fill a larger backlog too")
            }
            return .mayBe(cookies.text + ": more clients at a time than a backlog takes")
        }
        if let finding = finding(.synQueueFull) { return .mayBe(Self.text(of: finding)) }
        return .notFound(fullestQueueText)
    }

    private var fullestQueueText: String {
        let queues = now.listeners.compactMap { AcceptQueue($0) }
        guard let fullest = queues.max(by: { $0.fill < $1.fill }), fullest.listener.queue > 0 else {
            return "no connection waits to be accepted"
        }
        return "fullest accept queue: \(fullest.listener.queue.grouped)/\(fullest.backlog.grouped) "
            + "of \(fullest.place)"
    }

    var acceptsSlowly: CauseVerdict {
        if let stalled = finding(.acceptStalled) { return .found(Self.text(of: stalled)) }
        if let finding = finding(.queueOverflowing) {
            return finding.severity >= .warning
                ? .found(Self.text(of: finding)) : .mayBe(Self.text(of: finding))
        }
        if let unread = unread(.backlogs) { return unread }
        let waiting = now.listeners.compactMap { AcceptQueue($0) }.filter { $0.fill >= 0.5 }
        guard waiting.isEmpty else { return .mayBe(fullestQueueText) }
        if let drops = now.listeners.first(where: { ($0.drops ?? 0) > 0 }) {
            return .mayBe(
                "\((drops.drops ?? 0).grouped) connections dropped at "
                    + "\(drops.address.with(port: drops.port)) since listen()")
        }
        return .notFound(fullestQueueText)
    }

    private var cookiesOff: CauseVerdict {
        guard let value = situation.number("net.ipv4.tcp_syncookies") else {
            return .cannotBeSeen("tcp_syncookies was not read")
        }
        return value == 0 ? .found("tcp_syncookies = 0") : .notFound("tcp_syncookies = \(value)")
    }

    private var synQueueSmall: CauseVerdict {
        if let finding = finding(.synQueueFull) {
            return finding.severity >= .warning
                ? .found(Self.text(of: finding)) : .mayBe(Self.text(of: finding))
        }
        if let unread = unread(.connections) ?? unread(.backlogs) { return unread }
        return .notFound(
            "\(now.states[.synReceived].grouped) sockets in SYN_RECV, no queue near its limit")
    }

    private var abortOnOverflow: CauseVerdict {
        guard let value = situation.number("net.ipv4.tcp_abort_on_overflow") else {
            return .cannotBeSeen("tcp_abort_on_overflow was not read")
        }
        guard value != 0 else { return .notFound("tcp_abort_on_overflow = 0 on this host") }
        return verdict(
            ofCounter: "TcpExt", "ListenOverflows", proves: true,
            what: "tcp_abort_on_overflow = \(value), accept queue overflows")
    }

    private var nothingListens: CauseVerdict {
        if let unread = unread(.sockets) { return unread }
        let ends = named.targets.filter { $0.port != nil }
        guard let first = ends.first else { return Self.noPortNamed }
        var excluded: [String] = []
        for end in ends {
            let covering = lookup.listeners(at: end)
            if let listener = covering.first(where: { $0.interface == 0 }) {
                excluded.append("a program listens on \(listener.place) now")
                continue
            }
            let beside = lookup.listenersBeside(end).map {
                "\($0.listener.place) takes \($0.takes)"
            }.first
            // A connection may have come in on exactly that interface.
            if let beside, !covering.isEmpty { return .mayBe(beside) }
            guard let address = end.address, lookup.isLocal(address) else { continue }
            return .found("no program listens on \(end.text)" + (beside.map { "; " + $0 } ?? ""))
        }
        guard excluded.isEmpty else { return .notFound(excluded.joined(separator: "; ")) }
        return .cannotBeSeen("\(first.text) is not a known address of this host")
    }

    /// Only a list of all Unix sockets would show which files are sockets that no process has open any more.
    private var unixStale: CauseVerdict {
        guard let path = named.paths.first else {
            return named.ends.isEmpty
                ? .cannotBeSeen("give the whole log line, or the path of a Unix socket")
                : .notFound("the line names no Unix socket")
        }
        return .cannotBeSeen(
            "tcptune lists only Unix sockets with waiting clients: ss -xl | grep \(path)")
    }

    private var unixQueueFull: CauseVerdict {
        if let unread = unread(.unixListeners) { return unread }
        let waiting = now.unixListeners?.waiting ?? []
        let meant = waiting.filter { named.paths.isEmpty || named.paths.contains($0.path) }
        // Numbers of a file may be any.
        let excess = { (one: UnixListener) in Double(one.queue) - Double(one.backlog) }
        guard let fullest = meant.max(by: { excess($0) < excess($1) }) else {
            return .notFound("no connection waits at \(named.paths.first ?? "a Unix socket")")
        }
        let name = fullest.path.isEmpty ? "a socket without a name" : fullest.path
        let text =
            "\(fullest.queue.grouped) wait at \(name), backlog \(fullest.backlog.grouped)"
            + (fullest.owner.name.map { ", \($0)" } ?? "")
        if fullest.queue > fullest.backlog { return .found(text) }
        // Of the very socket that the line names, those that wait for long are why it got no answer in time.
        let isNamed = named.paths.contains(fullest.path) && fullest.queue > 0
        return isNamed || fullest.queue > fullest.backlog / 2 ? .mayBe(text) : .notFound(text)
    }
}
