import Model

/// When something begins or arrives, and how far down that is drawn: by its time, as far as texts have room.
struct SequenceMoments {
    /// A rectangle of text that no other may cover.
    struct Box {
        var left: Double
        var right: Double
        var height: Double
        /// The event that moves down where there is no room.
        var event: Int
        /// Its top lies at the event's line and so much further: a share of the way to where that arrives, and pixels.
        var share: Double
        var offset: Double
        /// Whether not the event moves down, but where it arrives.
        var isEnd = false
    }

    private struct Point {
        var at: Double
        var event: Int
        var isArrival: Bool
        /// What arrives at a time may be answered at that time; what takes none arrives after it began.
        var order: (Double, Int, Double)
    }

    /// A usual way from one actor to another, in pixels.
    private static let slant = 30.0
    /// What a silence is drawn as, and how far above its end the break stands.
    private static let breakHeight = 64.0
    private static let breakMiddle = 25.0

    private var points: [Point] = []
    /// Pixels between a point and the one before it.
    private var gaps: [Double] = []
    private var lines: [Double] = []
    private var starts: [Int: Int] = [:]
    private var arrivals: [Int: Int] = [:]
    private var silences: [Int: Double] = [:]
    private let top: Double
    /// Of a message whose arrival is not known, and of one that never arrives.
    private let openSlants: [Int: Double]

    init(_ exchange: Exchange, from top: Double) {
        self.top = top
        var open: [Int: Double] = [:]
        var ways: [Double] = []
        for (place, event) in exchange.events.enumerated() {
            points.append(
                Point(
                    at: event.at, event: place, isArrival: false,
                    order: (event.at, 1, Double(place))))
            guard let message = event.message else { continue }
            if let arrives = message.arrives {
                points.append(
                    Point(
                        at: arrives, event: place, isArrival: true,
                        order: (arrives, arrives > event.at ? 0 : 1, Double(place) + 0.5)))
                if message.origin == .sent, arrives > event.at { ways.append(arrives - event.at) }
            } else {
                open[place] = message.isLost ? 0.6 : 1
            }
        }
        points.sort { $0.order < $1.order }
        let steps = zip(points, points.dropFirst()).map { $1.at - $0.at }
        let usual =
            Self.quantile(ways, 0.5) ?? Self.quantile(steps.filter { $0 > 0 }, 0.75) ?? 1
        openSlants = open.mapValues { $0 * (ways.isEmpty && $0 == 1 ? 0 : Self.slant) }
        gaps = [0]
        for (place, step) in steps.enumerated() {
            let pixels = step / usual * Self.slant
            switch pixels {
            case ...56: gaps.append(max(pixels, 0))
            case ...170: gaps.append(56 + (pixels - 56) * 0.15)
            default:
                gaps.append(Self.breakHeight)
                silences[place + 1] = step
            }
        }
        for (place, point) in points.enumerated() {
            if point.isArrival {
                arrivals[point.event] = place
            } else {
                starts[point.event] = place
            }
        }
        settle()
    }

    private static func quantile(_ values: [Double], _ share: Double) -> Double? {
        values.isEmpty ? nil : values.sorted()[Int(Double(values.count - 1) * share)]
    }

    private mutating func settle() {
        var line = top
        lines = gaps.prefix(points.count).map { gap in
            line += gap
            return line
        }
    }

    func start(of event: Int) -> Double { starts[event].map { lines[$0] } ?? top }

    /// Where an arrow ends.
    func end(of event: Int) -> Double {
        if let arrival = arrivals[event] { return lines[arrival] }
        return start(of: event) + (openSlants[event] ?? 0)
    }

    func top(of box: Box) -> Double {
        let start = start(of: box.event)
        return start + (end(of: box.event) - start) * box.share + box.offset
    }

    var breaks: [SequenceLayout.Break] {
        silences.sorted { $0.key < $1.key }.map { place, seconds in
            SequenceLayout.Break(
                middle: lines[place] - Self.breakMiddle, seconds: seconds)
        }
    }

    func bottom(boxes: [Box]) -> Double {
        let ends = starts.keys.map(end)
        let texts = boxes.map { top(of: $0) + $0.height }
        return (ends + texts + [lines.last ?? top]).max() ?? top
    }

    /// Seconds of silence that are drawn shorter, between the event before that one and it.
    func silence(before event: Int) -> Double? {
        guard let start = starts[event] else { return nil }
        let last = event > 0 ? starts[event - 1] ?? 0 : 0
        let silence = silences.filter { $0.key > last && $0.key <= start }.map(\.value).reduce(0, +)
        return silence > 0 ? silence : nil
    }

    /// Keeps all that comes after an event so far below it.
    mutating func reserve(_ pixels: Double, below event: Int) {
        guard let next = starts[event].map({ $0 + 1 }), gaps.indices.contains(next) else { return }
        // The break of a silence stands below what is written before it.
        let room = silences[next] == nil ? 0 : Self.breakMiddle + 10
        gaps[next] = max(gaps[next], pixels + room)
        settle()
    }

    private func point(_ box: Box) -> Int? { (box.isEnd ? arrivals : starts)[box.event] }

    /// Moves events down until no text covers another.
    mutating func part(_ boxes: [Box]) {
        // Each round parts one pair for good, or nearly so; what is drawn is limited, and so are the rounds.
        for _ in 0..<(4 * boxes.count + 8) {
            guard let (place, pixels) = firstOverlap(boxes) else { return }
            gaps[place] += pixels
            settle()
        }
    }

    /// Which point must move, and how far; nil where all is well.
    private func firstOverlap(_ boxes: [Box]) -> (Int, Double)? {
        let placed = boxes.map { (box: $0, top: top(of: $0)) }.sorted { $0.top < $1.top }
        for (index, one) in placed.enumerated() {
            let bottom = one.top + one.box.height
            for other in placed[(index + 1)...] {
                guard other.top < bottom else { break }
                guard one.box.left < other.box.right, other.box.left < one.box.right,
                    let first = point(one.box), let second = point(other.box),
                    first != second
                else { continue }
                // The later one goes further down, and below the other.
                let isInOrder = first < second
                let covered =
                    isInOrder ? bottom - other.top : other.top + other.box.height - one.top
                return (max(first, second), covered + 1)
            }
        }
        return nil
    }
}
