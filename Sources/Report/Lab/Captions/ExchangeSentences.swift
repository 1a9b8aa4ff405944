import Model

/// What each event of an exchange is for, in a sentence that holds of it.
struct ExchangeSentences {
    private let names: [String]
    private let traffic: RecordedTraffic

    /// - Parameter exchange: all of it: what is said of one event rests on those before.
    init(_ exchange: Exchange) {
        names = exchange.actors.map(\.name)
        traffic = RecordedTraffic(exchange)
    }

    /// A sentence, and the name of the caption that it is; nil where none holds, and only what was seen is said.
    struct Told: Sendable, Hashable {
        var text: String
        var caption: String?
    }

    /// - Parameter place: of the event in the whole exchange.
    func sentence(
        of event: Exchange.Event, at place: Int, _ change: Exchange.Change?
    ) -> Told {
        switch event.kind {
        case .message(let message): return sentence(of: message, event, at: place)
        case .note(_, let text): return Told(text: text, caption: "note")
        case .state(let actor, let name):
            guard let state = TCPState(anyName: name)?.canonical else {
                return Told(text: "\(names[actor]) is now \(name).")
            }
            let moment = StateMoment(
                actor: actor, port: event.port, at: event.at, state: state, traffic: traffic,
                name: names[actor], other: other(than: actor))
            let isKnown = change == nil || change?.transition != nil
            let caption = StateCaptions.all.first { $0.holds(moment) }
            let text = caption?.sentence(moment) ?? "\(names[actor]) is now in \(state.name)."
            return Told(
                text: text + (isKnown ? "" : " The cause was not observed."),
                caption: isKnown ? caption?.name : nil)
        }
    }

    private func other(than actor: Int) -> String {
        names.indices.contains(1 - actor) ? names[1 - actor] : "the peer"
    }

    private func sentence(
        of message: Exchange.Message, _ event: Exchange.Event, at place: Int
    ) -> Told {
        let (from, to) = (names[message.from], names[message.to])
        if let text = NameSentences.sentence(of: message, from: from, to: to) {
            return Told(text: text, caption: "name")
        }
        let passage = traffic.passages.first { $0.place == place }
        let moment = passage.map { PassingMoment($0, traffic, names: names) }
        let caption = moment.flatMap { moment in
            SegmentCaptions.all.first { $0.holds(moment) }
        }
        let text =
            caption.flatMap { caption in moment.map(caption.sentence) }
            ?? "\(from) sends this to \(to)."
        let origin =
            switch SequenceChart.Way(message) {
            case .sent where passage?.isOld == true:
                " It is delayed on the way and arrives \(SequenceChart.time((passage?.arrives ?? 0) - event.at)) later."
            case .sent: ""
            case .lost: " It is lost on the way: \(to) never gets it."
            case .duplicate: " It is an old copy, delayed on the way until now."
            case .crafted: " The experiment crafted it in the name of \(from)."
            case .concluded: " It was not observed; the following events imply it."
            }
        return Told(text: text + origin, caption: caption?.name)
    }
}
