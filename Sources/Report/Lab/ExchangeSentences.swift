import HostState

/// What each event of an exchange is for, in a sentence; told in their order, since some speak of those before.
struct ExchangeSentences {
    private let names: [String]
    /// What each actor got last.
    private var got: [Int: Set<String>] = [:]
    /// Who has sent a FIN.
    private var finished: Set<Int> = []
    private var states: [Int: TCPState] = [:]

    init(_ exchange: Exchange) { names = exchange.actors.map(\.name) }

    mutating func sentence(of event: Exchange.Event, _ change: Exchange.Change?) -> String {
        switch event.kind {
        case .message(let message): return sentence(of: message)
        case .note(_, let text): return text
        case .state(let actor, let name):
            guard let state = TCPState(anyName: name) else {
                return "\(names[actor]) is \(name) now."
            }
            states[actor] = state
            let known = change == nil || change?.transition != nil
            return "\(names[actor]) \(Self.meaning(of: state))."
                + (known ? "" : " What led there was not seen.")
        }
    }

    /// What a state means to the side that is in it.
    static func meaning(of state: TCPState) -> String {
        switch state {
        case .listen: "waits for whoever asks"
        case .synSent: "has asked, and waits for an answer"
        case .synReceived, .newSynReceived: "has answered, and waits for the third step"
        case .established: "holds the connection open in both directions"
        case .finWait1: "has closed its direction; its FIN is not yet confirmed"
        case .finWait2: "knows that its FIN was received; the other side may still send"
        case .closeWait: "knows that the other side has closed; its own program has yet to"
        case .lastAck: "has closed as well, and waits for the last ACK"
        case .closing: "has closed at the same time as the other, and waits for the ACK of its FIN"
        case .timeWait:
            "waits 60 s, to answer a FIN that comes again, and until old segments have died out"
        case .close, .boundInactive: "holds no connection"
        }
    }

    private mutating func sentence(of message: Exchange.Message) -> String {
        let (from, to) = (names[message.from], names[message.to])
        let flags = Set(message.label.split { !$0.isLetter }.map(String.init))
        let text = purpose(of: flags, message)
        if !message.isLost { got[message.to] = flags }
        if flags.contains("FIN") { finished.insert(message.from) }
        let origin =
            switch SequenceChart.Way(message) {
            case .sent: ""
            case .lost: " It is lost on its way: \(to) never sees it."
            case .duplicate: " It is an old copy, kept back on its way until now."
            case .crafted: " The experiment made it up, in the name of \(from)."
            case .concluded: " It was not seen; what follows tells of it."
            }
        return text + origin
    }

    private func purpose(of flags: Set<String>, _ message: Exchange.Message) -> String {
        let (from, to) = (names[message.from], names[message.to])
        let before = got[message.from] ?? []
        if flags.contains("RST") {
            return "\(from) resets: it knows of no such connection, or will have none."
        }
        if flags.isSuperset(of: ["SYN", "ACK"]) {
            return "\(from) agrees, and says where its own numbering begins."
        }
        if flags.contains("SYN") {
            return "\(from) asks for a connection, and says where its numbering begins."
        }
        if flags.contains("FIN") {
            return finished.contains(message.from)
                ? "\(from) sends its FIN again: nobody has confirmed it."
                : "\(from) says that it has nothing more to send."
        }
        guard flags.contains("ACK"), message.label.utf8.count <= 12 else {
            return "\(from) sends this to \(to)."
        }
        if before.contains("FIN") {
            return states[message.from] == .timeWait && finished.contains(message.from)
                ? "\(from) confirms the FIN of \(to), from TIME_WAIT."
                : "\(from) confirms the FIN of \(to)."
        }
        if before.isSuperset(of: ["SYN", "ACK"]) {
            return "The third step: \(from) confirms that it did ask."
        }
        return "\(from) confirms what came."
    }
}
