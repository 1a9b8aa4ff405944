package import Model
import Text

/// What passed between hosts, as a sequence diagram: a lifeline an actor, an arrow a message, time from top to bottom.
package struct SequenceChart: Sendable, Hashable {
    /// Only what can be drawn: its places are those of actors, its times are numbers and in order.
    ///
    /// A state that an actor is in already is not told again: of several sockets one may follow the other.
    let exchange: Exchange
    /// The same, with those states.
    let events: [Exchange.Event]
    /// How many events were too many.
    let leftOut: Int
    /// Whether a terminal shows it in a few lines only.
    package var isBrief = false

    /// More cannot be told apart, or read.
    private static let mostActors = 8
    private static let mostEvents = 240

    package init(_ whole: Exchange) {
        let actors = Array(whole.actors.prefix(Self.mostActors))
        let drawn = whole.events.compactMap { Self.drawable($0, actors.indices) }
            .enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        events = Array(drawn.prefix(Self.mostEvents))
        var states: [Int: String] = [:]
        exchange = Exchange(
            actors: actors,
            events: events.filter { event in
                guard case .state(let actor, let state) = event.kind else { return true }
                defer { states[actor] = state }
                return states[actor] != state
            })
        leftOut = whole.events.count - events.count
    }

    /// Nil where it names an actor that there is not, or a time that is none.
    private static func drawable(_ event: Exchange.Event, _ places: Range<Int>) -> Exchange.Event? {
        guard event.at.isFinite, abs(event.at) < 1e9 else { return nil }
        switch event.kind {
        case .message(var message):
            guard places.contains(message.from), places.contains(message.to),
                message.from != message.to
            else { return nil }
            message.arrives = message.arrives.flatMap {
                $0.isFinite && abs($0) < 1e9 && !message.isLost ? max($0, event.at) : nil
            }
            return Exchange.Event(at: event.at, .message(message), port: event.port)
        case .state(let actor, _): return places.contains(actor) ? event : nil
        case .note(let actor, _): return actor.map(places.contains) ?? true ? event : nil
        }
    }

    /// How a message is drawn.
    enum Way: String, Sendable, Hashable, CaseIterable {
        case sent, lost, duplicate, crafted, concluded

        init(_ message: Exchange.Message) {
            self =
                switch message.origin {
                case _ where message.isLost: .lost
                case .sent: .sent
                case .duplicate: .duplicate
                case .crafted: .crafted
                case .concluded: .concluded
                }
        }

        /// As legends name it.
        var title: String {
            switch self {
            case .sent: "sent and observed"
            case .lost: "lost on the way"
            case .duplicate: "old duplicate, delayed on the way"
            case .crafted: "crafted by the experiment"
            case .concluded: "inferred, not observed"
            }
        }
    }

    /// What occurs, for the legend; nothing where each message is an ordinary one.
    var ways: [Way] {
        let present = Set(exchange.events.compactMap(\.message).map(Way.init))
        return present == [.sent] ? [] : Way.allCases.filter(present.contains)
    }

    /// Seconds from the beginning as people read them: `0`, `20 ms`, `1.24 s`.
    static func time(_ seconds: Double) -> String {
        guard abs(seconds) >= 5e-8 else { return "0" }
        guard abs(seconds) >= 0.9995, abs(seconds) < 100 else {
            return seconds < 0 ? "-" + (-seconds).latency : seconds.latency
        }
        let hundredths = Int((abs(seconds) * 100).rounded())
        let rest = hundredths % 100
        return (seconds < 0 ? "-" : "") + "\(hundredths / 100)." + (rest < 10 ? "0" : "")
            + "\(rest) s"
    }
}

extension Exchange.Event {
    /// Nil of what is no message.
    var message: Exchange.Message? {
        if case .message(let message) = kind { message } else { nil }
    }
}
