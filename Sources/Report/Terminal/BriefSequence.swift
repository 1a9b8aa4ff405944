import Audit
import Model
import Text

/// An exchange in a few lines: `SYN → · ← SYN ACK · ACK →`, and in which state each is left.
struct BriefSequence {
    let exchange: Exchange

    private static let most = 24

    var phrase: Phrase {
        let messages = exchange.events.compactMap(\.message)
        // Of those that follow each other and are alike, the first, and how many.
        var parts: [(words: Phrase, count: Int)] = []
        for words in messages.map(words) {
            if let last = parts.indices.last, parts[last].words == words {
                parts[last].count += 1
            } else {
                parts.append((words, 1))
            }
        }
        var phrases = parts.prefix(Self.most).map { words, count in
            count > 1 ? words + " (\(count.grouped) times)" : words
        }
        if parts.count > Self.most {
            let more = parts[Self.most...].reduce(0) { $0 + $1.count }
            phrases.append(.quiet("\(more.grouped) more"))
        }
        return phrases.joined(by: " · ")
    }

    /// `client TIME_WAIT, server CLOSE`; empty where no state is known.
    var ends: String {
        var last: [Int: String] = [:]
        for event in exchange.events {
            if case .state(let actor, let state) = event.kind { last[actor] = state }
        }
        return exchange.actors.enumerated().compactMap { place, actor in
            last[place].map { "\(actor.name) \($0)" }
        }.joined(separator: ", ")
    }

    private func words(_ message: Exchange.Message) -> Phrase {
        let way = SequenceChart.Way(message)
        let isPair = exchange.actors.count == 2
        let names = exchange.actors.map(\.name)
        let name = Phrase.strong(message.label)
        let words: Phrase =
            !isPair
            ? Phrase("\(names[message.from]) → \(names[message.to]) ") + name
            : message.from == 0 ? name + " →" : "← " + name
        return switch way {
        case .sent: words
        case .lost: words + .severity(.critical, " lost")
        case .duplicate: words + .quiet(" (old)")
        case .crafted: words + .quiet(" (crafted)")
        case .concluded: words + .quiet(" (not observed)")
        }
    }
}
