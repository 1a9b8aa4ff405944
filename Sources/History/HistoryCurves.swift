package import Model

/// How high something was at its highest, and when.
package struct HistoryPeak: Sendable, Hashable {
    package let value: Int
    /// Seconds since 1970.
    package let time: Int64

    package init(value: Int, time: Int64) {
        self.value = value
        self.time = time
    }
}

/// What the history has of one destination, step by step; nil where nothing is known.
package struct TupleCurve: Sendable, Hashable {
    package let netns: String
    package let tuple: Tuple
    /// Ports in use: the most of each step.
    package private(set) var used: [Int?]
    /// Connections that this host closed first.
    package private(set) var closings: [Int?]
    package private(set) var highestUsed: HistoryPeak?
    /// In one second.
    package private(set) var highestClosings: HistoryPeak?
    package private(set) var closed = 0
    /// Ports that connect() can choose from, as of the last look.
    package private(set) var usable: Int?
    package private(set) var owner: String?
    /// As of the look that found most ports in use.
    package private(set) var levels: TupleLevels?
    /// Minutes in which it held more than a share of its ports, at their fullest.
    package private(set) var minutesAbove: [Double: Int] = [:]

    /// Shares from which connect() is slow, and from which it fails soon.
    package static let shares = [0.45, 0.95]

    package init(netns: String, tuple: Tuple, steps: Int) {
        self.netns = netns
        self.tuple = tuple
        used = Array(repeating: nil, count: steps)
        closings = used
    }

    /// Takes in a minute of it.
    package mutating func add(
        _ row: TupleMinute, minute: Int64, _ known: SecondMask, _ span: HistorySpan
    ) {
        if let levels = row.levels { add(levels, minute, span) }
        for second in 0..<MinuteSeries.seconds where known.contains(second) {
            let time = minute * 60 + Int64(second)
            guard let index = span.index(of: time) else { continue }
            let count = Int(row.closings[second])
            closings[index] = (closings[index] ?? 0) + count
            closed += count
            if count > highestClosings?.value ?? 0 {
                highestClosings = HistoryPeak(value: count, time: time)
            }
        }
    }

    private mutating func add(_ levels: TupleLevels, _ minute: Int64, _ span: HistorySpan) {
        // A level is of some moment of its minute: it stands for all of it.
        let first = max(minute * 60, span.from)
        guard let index = span.index(of: first) else { return }
        let last = span.index(of: min(minute * 60 + 59, span.to - 1)) ?? index
        for index in index...last { used[index] = max(used[index] ?? 0, levels.used) }
        usable = levels.usable
        owner = levels.owner ?? owner
        for share in Self.shares where levels.usedRatio >= share {
            minutesAbove[share, default: 0] += 1
        }
        if levels.used > highestUsed?.value ?? -1 {
            highestUsed = HistoryPeak(value: levels.used, time: minute * 60)
            self.levels = levels
        }
    }

    /// In the seconds of which that is known, a second that has no row has none.
    package mutating func fill(_ known: SecondMask, minute: Int64, _ span: HistorySpan) {
        for second in 0..<MinuteSeries.seconds where known.contains(second) {
            guard let index = span.index(of: minute * 60 + Int64(second)) else { continue }
            closings[index] = closings[index] ?? 0
        }
    }
}

/// What the history has of one listener, step by step; nil where nothing is known.
package struct ListenerCurve: Sendable, Hashable {
    package let netns: String
    package let place: ListenerPlace
    /// Connections that waited: the most of each step.
    package private(set) var queue: [Int?]
    package private(set) var drops: [Int?]
    package private(set) var highestQueue: HistoryPeak?
    /// In one second.
    package private(set) var highestDrops: HistoryPeak?
    package private(set) var dropped = 0
    package private(set) var backlog: Int?

    package init(netns: String, place: ListenerPlace, steps: Int) {
        self.netns = netns
        self.place = place
        queue = Array(repeating: nil, count: steps)
        drops = queue
    }

    package mutating func add(
        _ row: ListenerMinute, minute: Int64, _ sampled: SecondMask, _ span: HistorySpan
    ) {
        backlog = row.backlog ?? backlog
        for second in 0..<MinuteSeries.seconds where sampled.contains(second) {
            let time = minute * 60 + Int64(second)
            guard let index = span.index(of: time) else { continue }
            let (waiting, count) = (Int(row.queue[second]), Int(row.drops[second]))
            queue[index] = max(queue[index] ?? 0, waiting)
            drops[index] = (drops[index] ?? 0) + count
            dropped += count
            if waiting > highestQueue?.value ?? -1 {
                highestQueue = HistoryPeak(value: waiting, time: time)
            }
            if count > highestDrops?.value ?? 0 {
                highestDrops = HistoryPeak(value: count, time: time)
            }
        }
    }
}
