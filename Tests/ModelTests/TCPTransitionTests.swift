import Testing
import Text

@testable import Model

@Suite struct `The table of transitions` {
    @Test func `has the figure of the RFC, each once`() {
        let figure = TCPTransition.all.filter { $0.source == .figure }
        #expect(figure.count == 19)
        #expect(Set(TCPTransition.all).count == TCPTransition.all.count)
        #expect(Set(figure.map { [$0.from, $0.to] }).count == figure.count)
    }

    @Test func `leads from each state to each, and back to none`() {
        let states: [TCPState] = [
            .listen, .synSent, .synReceived, .established, .finWait1, .finWait2, .closing,
            .timeWait, .closeWait, .lastAck,
        ]
        for state in states {
            #expect(TCPTransition.all.contains { $0.to == state })
            #expect(TCPTransition.between(state, .close) != nil)
        }
    }

    @Test(arguments: [
        (TCPState.synSent, TCPState.established, "rcv SYN ACK / snd ACK"),
        (.newSynReceived, .established, "rcv ACK"), (.boundInactive, .listen, "listen()"),
        (.lastAck, .close, "rcv ACK"), (.timeWait, .close, "60 s"),
        (.finWait1, .timeWait, "rcv FIN ACK / snd ACK"),
    ])
    func `says what leads there`(from: TCPState, to: TCPState, words: String) {
        #expect(TCPTransition.between(from, to)?.words == words)
    }

    @Test func `has nothing that cannot be`() {
        for (from, to) in [
            (TCPState.established, TCPState.timeWait), (.closeWait, .timeWait),
            (.listen, .finWait1),
            (.timeWait, .established), (.close, .established), (.established, .established),
        ] {
            #expect(TCPTransition.between(from, to) == nil)
        }
    }
}

@Suite struct `An exchange` {
    private func changes(_ states: [(Int, String)]) -> [String] {
        Exchange(
            actors: [.init("a"), .init("b")],
            events: states.map { .init(at: 0, .state(actor: $0.0, $0.1)) }
        ).changes.map { "\($0.event) \($0.actor) \($0.from.name) \($0.to.name)" }
    }

    @Test func `tells what became of each side's socket`() {
        #expect(
            changes([
                (0, "CLOSED"), (1, "LISTEN"), (0, "SYN_SENT"), (1, "NEW_SYN_RECV"),
                (1, "SYN_RECV"), (0, "ESTABLISHED"),
            ]) == [
                "2 0 CLOSE SYN_SENT", "3 1 LISTEN SYN_RECV", "5 0 SYN_SENT ESTABLISHED",
            ])
    }

    @Test func `of one that listens begins again from there`() {
        let states = ["LISTEN", "SYN_RECV", "ESTABLISHED", "CLOSED", "SYN_RECV", "CLOSED"]
        #expect(
            changes(states.map { (1, $0) }) == [
                "1 1 LISTEN SYN_RECV", "2 1 SYN_RECV ESTABLISHED", "3 1 ESTABLISHED CLOSE",
                "4 1 LISTEN SYN_RECV", "5 1 SYN_RECV CLOSE",
            ])
    }

    @Test func `tells a connection that was reset from one that ended`() {
        let states = [0, 0.2].map { time in
            Exchange.Event(at: time, .state(actor: 0, time == 0 ? "TIME_WAIT" : "CLOSE"))
        }
        func words(_ label: String, isLost: Bool = false) -> String? {
            let message = Exchange.Message(from: 1, to: 0, label, isLost: isLost)
            let events = [states[0], .init(at: 0.1, .message(message)), states[1]]
            return Exchange(actors: [.init("a"), .init("b")], events: events).changes.first?
                .transition?.words
        }
        #expect(words("RST") == "rcv RST")
        // Neither was there a reset, nor did it last 60 s.
        #expect(words("RST", isLost: true) == nil)
        #expect(words("ACK") == nil)
    }

    @Test func `tells what ended a TIME_WAIT by how long it lasted`() {
        func words(after seconds: Double) -> String? {
            let events = [(0.0, "TIME_WAIT"), (seconds, "CLOSE")].map {
                Exchange.Event(at: $0.0, .state(actor: 0, $0.1), port: 40_000)
            }
            return Exchange(actors: [.init("a"), .init("b")], events: events).changes.first?
                .transition?.words
        }
        #expect(words(after: 0.24) == nil)
        #expect(words(after: 59) == nil)
        #expect(words(after: 60.9) == "60 s")
    }

    /// Nothing came: that LAST_ACK is over has another cause.
    @Test func `tells an end by an ACK from one without an answer`() {
        func words(_ label: String?) -> String? {
            var events = [Exchange.Event(at: 0, .state(actor: 1, "LAST_ACK"), port: 40_000)]
            if let label {
                let message = Exchange.Message(from: 0, to: 1, label, arrives: 0.3)
                events.append(.init(at: 0.2, .message(message), port: 40_000))
            }
            events.append(.init(at: 0.3, .state(actor: 1, "CLOSED"), port: 40_000))
            return Exchange(actors: [.init("a"), .init("b")], events: events).changes.first?
                .transition?.words
        }
        #expect(words("ACK") == "rcv ACK")
        #expect(words("RST") == "rcv RST")
        #expect(words(nil) == "no answer, however often it was sent")
    }

    @Test func `tells several connections of a side apart`() {
        let states: [(UInt16, String)] = [
            (1, "SYN_SENT"), (2, "SYN_SENT"), (1, "ESTABLISHED"), (2, "CLOSED"),
        ]
        let changes = Exchange(
            actors: [.init("a"), .init("b")],
            events: states.map { .init(at: 0, .state(actor: 0, $0.1), port: $0.0) }
        ).changes
        #expect(
            changes.map { "\($0.from.name) \($0.to.name)" } == [
                "CLOSE SYN_SENT", "CLOSE SYN_SENT", "SYN_SENT ESTABLISHED", "SYN_SENT CLOSE",
            ])
    }

    @Test func `begins with no connection`() {
        #expect(changes([(0, "SYN_SENT"), (1, "LISTEN")]) == ["0 0 CLOSE SYN_SENT"])
    }

    @Test func `passes over what is no state of TCP`() {
        #expect(
            changes([(0, "reading"), (0, "ESTABLISHED"), (0, "x"), (0, "ESTABLISHED")]).isEmpty)
    }
}
