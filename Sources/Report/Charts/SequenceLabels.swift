import Model
import Text

/// The texts of a sequence diagram, and how much room each takes on a telephone.
struct SequenceLabels {
    typealias Box = SequenceMoments.Box

    /// The text of an arrow, and from where it runs.
    struct Line {
        var text: String
        /// A share of the width.
        var place: Double
        var origin: SVG.Origin
        var box: Box
    }

    private static let labelPixels = 7.2
    private static let notePixels = 6.4
    static let noteHeight = 15.0
    /// Times stand to the left of a note that is nobody's.
    private static let timesWidth = 56.0
    private static let arrowHeight = 13.0

    private let columns: [Double]
    private var lines: [Int: Line] = [:]
    private(set) var boxes: [Box] = []
    /// Of the events before which another time was written.
    private(set) var times: [(event: Int, text: String)] = []

    init(_ exchange: Exchange, columns: [Double]) {
        self.columns = columns
        let crossed = Self.crossed(exchange)
        for (place, event) in exchange.events.enumerated() {
            time(event.at, place)
            switch event.kind {
            case .message(let message):
                let line = label(message, place, isCrossed: crossed.contains(place))
                lines[place] = line
                boxes.append(line.box)
                if message.arrives != nil { boxes.append(head(message, place)) }
            case .state(let actor, let state): boxes.append(box(of: state, at: actor, place))
            case .note(let actor, let text):
                let (left, right) = room(at: actor)
                boxes.append(
                    Box(
                        left: left, right: right, height: height(of: text, at: actor),
                        event: place, share: 0, offset: actor == nil ? -8 : Self.noteOffset))
            }
        }
    }

    /// The time of an event, where it is not the one that was written last.
    private mutating func time(_ at: Double, _ event: Int) {
        let text = SequenceChart.time(at)
        guard times.last?.text != text else { return }
        times.append((event, text))
        boxes.append(
            Box(
                left: 0, right: Double(text.places) * SequenceColumns.timePixels + 4, height: 13,
                event: event, share: 0, offset: -7))
    }

    /// Where an arrow ends: no other of the same side ends near it.
    private func head(_ message: Exchange.Message, _ event: Int) -> Box {
        let x = columns[message.to] * SequenceLayout.telephone
        let isFromLeft = message.from < message.to
        return Box(
            left: isFromLeft ? x - 4 : x + 2, right: isFromLeft ? x - 2 : x + 4,
            height: Self.arrowHeight, event: event, share: 1, offset: -Self.arrowHeight / 2,
            isEnd: true)
    }

    /// A note of an actor stands below the arrow that it speaks of.
    static let noteOffset = 5.0

    func height(of note: String, at actor: Int?) -> Double {
        Self.noteHeight * Double(lines(of: note, at: actor).count) + 2
    }

    /// Short enough, and harmless: what is escaped takes more places than it had.
    static func shown(_ text: String, most: Int) -> String {
        TerminalText.escaped(text).shortened(to: most)
    }

    func arrow(_ event: Int) -> Line {
        lines[event]
            ?? Line(
                text: "", place: 0, origin: .middle,
                box: Box(left: 0, right: 0, height: 0, event: event, share: 0, offset: 0))
    }

    /// Shares of the width; what the experiment put on its way begins there, and what is lost ends there.
    func ends(of message: Exchange.Message) -> (from: Double, to: Double) {
        let (from, to) = (columns[message.from], columns[message.to])
        let begins =
            message.origin == .duplicate || message.origin == .crafted ? 0.15 : 0
        let reaches = message.isLost ? 0.62 : 1
        return (from + (to - from) * begins, from + (to - from) * reaches)
    }

    /// Messages that meet one that goes the other way.
    private static func crossed(_ exchange: Exchange) -> Set<Int> {
        let ways = exchange.events.enumerated().compactMap { place, event in
            event.message.map { (place, event.at, $0.arrives ?? event.at, $0) }
        }
        var crossed: Set<Int> = []
        for (place, at, arrives, message) in ways {
            for (other, otherAt, otherArrives, back) in ways
            where other > place && otherAt < arrives && at < otherArrives {
                let isOpposite = (message.from < message.to) != (back.from < back.to)
                if isOpposite { crossed.formUnion([place, other]) }
            }
        }
        return crossed
    }

    /// Above its arrow: at the middle of it, or near its sender where another comes towards it.
    private func label(
        _ message: Exchange.Message, _ event: Int, isCrossed: Bool
    ) -> Line {
        let text = Self.shown(message.label, most: 30)
        let (from, to) = ends(of: message)
        let width = Double(text.places) * Self.labelPixels
        let share = isCrossed ? 0.3 : 0.5
        let telephone = SequenceLayout.telephone
        let middle = from + (to - from) * share
        let (low, high) = (min(from, to), max(from, to))
        // Where the page is too narrow for it, it keeps to the lifeline that is nearer to an edge.
        let (place, origin, left): (Double, SVG.Origin, Double) =
            if middle * telephone - width / 2 < min(low * telephone, Self.timesWidth) {
                (low, .right, low * telephone + 9)
            } else if middle * telephone + width / 2 > telephone {
                (high, .left, high * telephone - 9 - width)
            } else {
                (middle, .middle, middle * telephone - width / 2)
            }
        // Its lower edge must stay above the line over its whole width.
        let length = max((high - low) * telephone, 1)
        let rise = min(width / 2 / length, share)
        return Line(
            text: text, place: place, origin: origin,
            box: Box(
                left: left - 2, right: left + width + 2, height: 18, event: event,
                share: share - rise, offset: -15))
    }

    /// Outside of the first and the last lifeline; below the time that stands on the left.
    private func box(of state: String, at actor: Int, _ event: Int) -> Box {
        let width = Double(Self.shown(state, most: 16).places) * SequenceColumns.statePixels
        let x = columns[actor] * SequenceLayout.telephone
        let isLeft = actor == 0 && columns.count > 1
        return isLeft
            ? Box(left: x - width - 9, right: x, height: 14, event: event, share: 0, offset: 6)
            : Box(left: x, right: x + width + 9, height: 14, event: event, share: 0, offset: -6)
    }

    /// Where a note may stand, in pixels of a telephone.
    private func room(at actor: Int?) -> (left: Double, right: Double) {
        let width = SequenceLayout.telephone
        guard columns.count > 1 else { return (Self.timesWidth, width) }
        guard let actor else {
            // As far on one side of the middle as on the other.
            let middle = ((columns.first ?? 0) + (columns.last ?? 1)) / 2 * width
            let half = max(min(middle - Self.timesWidth, width - middle), 40)
            return (middle - half, middle + half)
        }
        let x = columns[actor] * width
        return actor == columns.count - 1 ? (Self.timesWidth, x) : (x, width)
    }

    /// The lines that a note is broken into.
    func lines(of text: String, at actor: Int?) -> [String] {
        let (left, right) = room(at: actor)
        let most = max(Int((right - left - 10) / Self.notePixels), 12)
        let broken = TerminalLines(width: most, colour: false).set(Phrase(text))
        return broken.count > 6 ? broken.prefix(5) + ["…"] : broken
    }
}
