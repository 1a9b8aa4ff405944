import Model
import Watching

/// What was counted of a namespace since it is watched: by destination and listener as long as each has series, the rest summed.
struct NamespaceCounters: Sendable {
    private(set) var closings: [Tuple: Int] = [:]
    private(set) var otherClosings = 0
    private(set) var drops: [ListenerKey: Int] = [:]
    private(set) var otherDrops = 0
    /// The second up to which closings are counted.
    private var through: Int64?
    /// What the kernel had counted of each listener.
    private var before: [ListenerKey: Int] = [:]

    /// Takes in what is new; how much that was.
    mutating func update(
        _ view: WatchedView, tuples: Set<TupleKey>, listeners: Set<ListenerKey>
    ) -> (closings: Int, drops: Int) {
        (
            countClosings(view.watched.closings, of: tuples.filter { $0.netns == view.name }),
            countDrops(view, of: listeners)
        )
    }

    private mutating func countClosings(_ log: ClosingLog, of chosen: Set<TupleKey>) -> Int {
        let kept = Set(chosen.map(\.tuple))
        closings = closings.filter { kept.contains($0.key) }
        for tuple in kept where closings[tuple] == nil { closings[tuple] = 0 }
        guard let end = log.end else { return 0 }
        let start = through ?? end - Int64(ClosingRecord.columns) + 1
        through = end
        guard start < end else { return 0 }
        let all = log.count(of: nil, from: start, to: end)
        var listed = 0
        for tuple in kept {
            let count = log.count(of: tuple, from: start, to: end)
            closings[tuple, default: 0] += count
            listed += count
        }
        otherClosings += max(0, all - listed)
        return all
    }

    private mutating func countDrops(
        _ view: WatchedView, of chosen: Set<ListenerKey>
    ) -> Int {
        var grown = 0
        var now: [ListenerKey: Int] = [:]
        drops = drops.filter { chosen.contains($0.key) }
        for listener in view.watched.listeners {
            guard let count = listener.drops else { continue }
            let key = ListenerKey(netns: view.name, listener)
            // Bound to several interfaces, one address and port may be listened on several times.
            let isRepeated = now[key] != nil
            now[key, default: 0] += count
            guard !isRepeated else { continue }
            let growth = Self.growth(of: listener, from: before[key], to: count)
            grown += growth
            if chosen.contains(key) {
                drops[key] = (drops[key] ?? count - growth) + growth
            } else {
                otherDrops += growth
            }
        }
        before = now
        return grown
    }

    /// What was there at the first sight was dropped before, and is no growth.
    ///
    /// Of one socket a lower count is that of a new listen(); of several, one that counted has gone.
    private static func growth(of listener: Listener, from before: Int?, to now: Int) -> Int {
        guard let before else { return 0 }
        if now >= before { return now - before }
        return listener.sockets == 1 ? now : 0
    }
}
