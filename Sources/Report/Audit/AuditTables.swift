import Audit
import Model
import Text

/// The tables of one namespace.
struct AuditTables {
    let situation: Situation
    /// How many rows each table has at most.
    let top: Int
    var choice = TableChoice()

    private typealias Column = Table.Column

    var tuples: Table {
        let chosen = choice.chosen(of: situation)
        let shown = chosen.prefix(top)
        let total =
            choice.filter == nil
            ? max(situation.now.tupleCount, situation.tuples.count) : chosen.count
        return Table(
            "Fullest destinations",
            columns: [
                Column("source → destination"),
                Column("used/usable", isNumber: true), Column("share", isNumber: true),
                Column("", rank: 5), Column("TIME_WAIT", isNumber: true, rank: 3),
                Column("closing/s", isNumber: true, rank: 2),
                Column("closed here", isNumber: true, rank: 4),
                Column("full in", isNumber: true, rank: 1),
                Column("owner", rank: 0),
            ],
            rows: shown.map { tuple in
                [
                    .text(TupleText.name(tuple.tuple)),
                    .text("\(tuple.used.grouped)/\(tuple.usable.grouped)"),
                    .phrase(Self.ratio(tuple)), .bar(TupleText.bar(tuple)),
                    .count(tuple.ledger.states[.timeWait]), .text(Self.rate(tuple)),
                    .text(tuple.closedByLocalRatio?.percent),
                    .text(tuple.secondsToExhaustion.map { $0 == 0 ? "now" : $0.duration }),
                    .phrase(OwnerText.short(situation.owner(of: tuple.ledger))),
                ]
            },
            note: [reuse(in: shown), Self.note(shown.count, of: total, "destinations")].joined(
                by: "; "))
    }

    var listeners: Table {
        let somaxconn = situation.number("net.core.somaxconn")
        let all = situation.now.listeners.filter(choice.isWanted)
            .map { (fill: AcceptQueue($0)?.fill ?? 0, total: $0.states.total, listener: $0) }
            .sorted {
                ($0.fill, $0.total, $1.listener.port) > ($1.fill, $1.total, $0.listener.port)
            }
            .map(\.listener)
        // A column of dashes tells nothing.
        let hasPeers = all.prefix(top).contains { !$0.topPeers.isEmpty }
        return Table(
            "Listeners",
            columns: [
                Column("address"),
                Column("queue/backlog", isNumber: true), Column("limited by", rank: 3),
                Column("SYN_RECV", isNumber: true, rank: 1),
                Column("ESTABLISHED", isNumber: true, rank: 0),
                Column("TIME_WAIT", isNumber: true, rank: 2),
            ] + (hasPeers ? [Column("top peer", rank: 4)] : []) + [
                Column("owner")
            ],
            rows: all.prefix(top).map { listener in
                let limit = BacklogLimit(of: listener, somaxconn: somaxconn)
                let address = listener.address.with(port: listener.port)
                return [
                    .text(listener.sockets > 1 ? "\(address) ×\(listener.sockets)" : address),
                    .phrase(Self.queue(listener)), .text(limit?.rawValue),
                    .count(listener.states[.synReceived]), .count(listener.states[.established]),
                    .count(listener.states[.timeWait]),
                ] + (hasPeers ? [.text(Self.topPeer(listener))] : []) + [
                    .phrase(OwnerText.short(of: listener))
                ]
            }, note: Self.note(min(top, all.count), of: all.count, "listeners"))
    }

    var processes: Table {
        let all = situation.now.processes
            .filter { $0.states != nil }
            .sorted { ($0.states?.total ?? 0, $1.pid) > ($1.states?.total ?? 0, $0.pid) }
        return Table(
            "Processes",
            columns: [
                Column("process"), Column("pid", isNumber: true),
                Column("unit", rank: 3),
                Column("open files/limit", isNumber: true, rank: 1),
                Column("sockets", isNumber: true),
                Column("states", rank: 2),
            ],
            rows: all.prefix(top).map { process in
                let files = process.openFiles.map {
                    "\($0.grouped)/\(process.openFilesLimit?.grouped ?? "-")"
                }
                return [
                    .text(process.name), .text(String(process.pid)), .text(process.unit),
                    .text(files), .count(process.states?.total),
                    .text(process.states.map(Self.states)),
                ]
            }, note: Self.note(min(top, all.count), of: all.count, "processes"))
    }

    /// What servers that no longer listen left behind, and what a transparent proxy answers for; nil where there is none.
    var formerListeners: Table? {
        guard let all = situation.now.formerListeners, !all.isEmpty else { return nil }
        let shown = all.prefix(top)
        return Table(
            "Former listeners",
            columns: [
                Column("address"), Column("sockets", isNumber: true),
                Column("peers", isNumber: true, rank: 1),
                Column("states", rank: 2), Column("what it is", rank: 0),
            ],
            rows: shown.map { former in
                [
                    .text(former.address.with(port: former.port)), .count(former.states.total),
                    .count(former.peers), .text(Self.states(former.states)),
                    .text(
                        former.isTransparent
                            ? "transparent proxy (TPROXY)" : "no program listens there now"),
                ]
            }, note: Self.note(shown.count, of: all.count, "former listeners"))
    }

    private static func states(_ states: StateCounts) -> String {
        states.present.map { "\($0.state.name) \($0.count.grouped)" }.joined(separator: ", ")
    }

    /// The rate that the forecast beside it goes by.
    private static func rate(_ tuple: TupleAssessment) -> String? {
        tuple.rate.map { ($0.isLowerBound && $0.perSecond > 0 ? "≥ " : "") + $0.perSecond.figure }
    }

    /// Why a tuple with more ports in use may stand below one with fewer.
    private func reuse(in tuples: ArraySlice<TupleAssessment>) -> Phrase {
        guard let tuple = tuples.first(where: { $0.reusable > 0 }) else { return "" }
        let condition =
            tuple.reuse == .confirmed ? "" : ", if the peer uses timestamps (not observed)"
        return .quiet(
            "tcp_tw_reuse can reuse \(tuple.reusable.counted("TIME_WAIT port")) of "
                + "\(TupleText.name(tuple.tuple))" + condition)
    }

    private static func ratio(_ tuple: TupleAssessment) -> Phrase {
        let text = tuple.usedRatio.percent
        guard let severity = TupleText.severity(tuple) else { return Phrase(text) }
        return .severity(severity, text)
    }

    /// The peer with most of its sockets, and how many; at least, where peers were too many to count each.
    private static func topPeer(_ listener: Listener) -> String? {
        listener.topPeers.first.map { peer in
            "\(peer.address) (\(peer.error > 0 ? "≥ " : "")\((peer.count - peer.error).grouped))"
        }
    }

    private static func queue(_ listener: Listener) -> Phrase {
        guard let queue = AcceptQueue(listener) else {
            return Phrase("\(listener.queue.grouped)/?")
        }
        let text = "\(listener.queue.grouped)/\(queue.backlog.grouped)"
        if queue.isFull { return .severity(.critical, text) }
        return queue.fill >= 0.5 ? .severity(.warning, text) : Phrase(text)
    }

    private static func note(_ shown: Int, of total: Int, _ what: String) -> Phrase {
        guard shown < total else { return "" }
        return .quiet("first \(shown.grouped) of \(total.grouped) \(what); ")
            + .code("--top") + .quiet(" shows more")
    }
}
