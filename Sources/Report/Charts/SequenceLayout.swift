import Model

/// Where the parts of a sequence diagram stand: shares of the width from left to right, pixels from top to bottom.
///
/// Texts are kept apart by what they take on a telephone; on a wider page there is only more room between them.
struct SequenceLayout {
    /// From a lifeline to a lifeline, or to where it was lost.
    struct Arrow {
        var message: Exchange.Message
        var at: Double
        var from: Double
        var to: Double
        var top: Double
        var bottom: Double
        var label: SequenceLabels.Line
        /// Where that stands.
        var labelLine: Double
    }

    /// The time that an actor's socket is in a state.
    struct Band {
        var actor: Int
        var state: String
        var top: Double
        var bottom: Double
    }

    struct Remark {
        var actor: Int?
        var lines: [String]
        var top: Double
        /// Of the first of them.
        var line: Double
    }

    /// A silence that is drawn shorter than it was.
    struct Break {
        var middle: Double
        var seconds: Double
    }

    /// Pixels of a page on a telephone.
    static let telephone = 325.0

    let columns: [Double]
    private(set) var arrows: [Arrow] = []
    private(set) var bands: [Band] = []
    private(set) var remarks: [Remark] = []
    private(set) var breaks: [Break] = []
    private(set) var times: [(text: String, line: Double)] = []
    /// Where lifelines begin, and end.
    private(set) var top = 0.0
    private(set) var bottom = 0.0
    /// The lines on which actors' names stand: two where one has no room for them.
    let isStaggered: Bool

    /// Between the first lifeline and the last.
    var middle: Double { ((columns.first ?? 0.5) + (columns.last ?? 0.5)) / 2 }

    init(_ chart: SequenceChart) {
        let exchange = chart.exchange
        columns = SequenceColumns(exchange).shares
        isStaggered = SequenceColumns.isStaggered(exchange.actors, columns)
        let hasDetails = exchange.actors.contains { $0.detail != nil } && !isStaggered
        top = 20 + (isStaggered ? 16 : 0) + (hasDetails ? 15 : 0)

        var moments = SequenceMoments(exchange, from: top + 20)
        let labels = SequenceLabels(exchange, columns: columns)
        for (place, event) in exchange.events.enumerated() {
            guard case .note(let actor, let text) = event.kind else { continue }
            moments.reserve(labels.height(of: text, at: actor) + 4, below: place)
        }
        moments.part(labels.boxes)
        breaks = moments.breaks
        for (place, event) in exchange.events.enumerated() {
            let y = moments.start(of: place)
            switch event.kind {
            case .message(let message):
                let (from, to) = labels.ends(of: message)
                let line = labels.arrow(place)
                arrows.append(
                    Arrow(
                        message: message, at: event.at, from: from, to: to, top: y,
                        bottom: moments.end(of: place), label: line,
                        labelLine: moments.top(of: line.box) + 11))
            case .state(let actor, let state):
                if let last = bands.lastIndex(where: { $0.actor == actor }) {
                    bands[last].bottom = y
                }
                bands.append(Band(actor: actor, state: state, top: y, bottom: .infinity))
            case .note(let actor, let text):
                remarks.append(
                    Remark(
                        actor: actor, lines: labels.lines(of: text, at: actor), top: y,
                        line: y + (actor == nil ? 4 : SequenceLabels.noteOffset + 12)))
            }
        }
        bottom = moments.bottom(boxes: labels.boxes) + 12
        for place in bands.indices where bands[place].bottom == .infinity {
            bands[place].bottom = bottom
        }
        times = labels.times.map { ($0.text, moments.start(of: $0.event)) }
    }
}
