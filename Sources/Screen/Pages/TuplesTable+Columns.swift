import Model
import Text

extension TuplesTable {
    func used(_ isTitled: Bool) -> TableColumn {
        let usable = usable
        func number(_ tuple: WatchTuple) -> String {
            let used = tuple.used.grouped
            if !isTitled { return "\(used) of \(tuple.usable.grouped)" }
            return usable == nil ? "\(used)/\(tuple.usable.grouped)" : used
        }
        return TableColumn(
            titles: titles(usable.map { "used of \($0.grouped)" } ?? "used", 3, short: "used"),
            parts: [
                .init(
                    rank: isTitled ? 3 : 2, isRight: true,
                    cells: cells(text(number)) { $0.used.grouped }),
                .init(
                    rank: 4, room: 5...20,
                    cells: cells { .bar(Bar($0.share), Self.style($0.share)) }),
                .init(rank: 0, isRight: true, cells: cells(text { WatchFigures.share($0.share) })),
            ])
    }

    func closed(_ isTitled: Bool) -> TableColumn {
        let highest = tuples.flatMap(\.history).compactMap { $0 }.filter(\.isFinite).max()
        func rate(_ perSecond: Double?) -> String {
            isTitled ? WatchFigures.rate(perSecond) : "closes " + WatchFigures.perSecond(perSecond)
        }
        return TableColumn(
            titles: titles("closed/s, 60 s", 5, short: "closed/s"),
            parts: [
                .init(
                    rank: 2, isRight: true,
                    cells: cells(text { rate($0.closedPerSecond) }) {
                        rate($0.closedPerSecond)
                    }),
                .init(
                    rank: 5, room: 12...60,
                    cells: cells { .curve(Sparkline($0.history, highest: highest), .code) }),
            ])
    }

    func fullIn(_ isTitled: Bool) -> TableColumn {
        func time(_ tuple: WatchTuple) -> TableCell {
            let words = WatchFigures.time(tuple.fullIn)
            let isSoon = (tuple.fullIn ?? .infinity) < 60
            return .line(
                look.line(
                    isTitled ? words : tuple.fullIn == nil ? "" : "full in \(words)",
                    isSoon ? .critical : .plain))
        }
        return TableColumn(
            titles: titles("full in", 1, short: "full"), isTitleRight: true,
            parts: [.init(rank: 0, isRight: true, cells: cells(time))])
    }

    /// A column that only a wide screen has, and only where something is known for it.
    private func optional(
        _ title: String, rank: Int, isKnown: (WatchTuple) -> Bool,
        _ words: @escaping (WatchTuple) -> String
    ) -> TableColumn {
        TableColumn(
            titles: titles(title), isTitleRight: true,
            parts: [
                .init(
                    rank: rank, isRight: true,
                    cells: tuples.contains(where: isKnown)
                        ? cells(text(words)) : cells { _ in .none })
            ])
    }

    var timeWait: TableColumn {
        optional("TIME_WAIT", rank: 7, isKnown: { $0.timeWait != nil }) {
            $0.timeWait?.grouped ?? "-"
        }
    }

    var closedHere: TableColumn {
        optional("closed here", rank: 8, isKnown: { $0.closedHere != nil }) {
            $0.closedHere.map(WatchFigures.share) ?? "-"
        }
    }

    var roundTrip: TableColumn {
        optional("RTT", rank: 9, isKnown: { $0.roundTrip != nil }) {
            WatchFigures.roundTrip($0.roundTrip)
        }
    }

    var owner: TableColumn {
        let isKnown = tuples.contains { $0.owner != nil }
        return TableColumn(
            titles: titles("owner"),
            parts: [
                .init(
                    rank: 6,
                    cells: isKnown
                        ? cells(text { OwnerName.short($0.owner) }) : cells { _ in .none }),
                .init(
                    rank: 10,
                    cells: isKnown
                        ? cells { .line(look.line($0.owner?.confidence.rawValue ?? "", .quiet)) }
                        : cells { _ in .none }),
            ])
    }
}
