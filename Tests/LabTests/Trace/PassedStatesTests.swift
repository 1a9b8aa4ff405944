import Model
import Testing

@testable import Lab

@Suite struct `The states that a trace passes through` {
    @Test func `have between them what no connection can leave out`() {
        for (from, to, way) in [
            (TCPState.established, TCPState.lastAck, [TCPState.closeWait]),
            (.established, .finWait2, [.finWait1]), (.established, .closing, [.finWait1]),
            (.synSent, .closeWait, [.established]), (.finWait1, .timeWait, []),
            (.established, .close, []), (.closeWait, .close, []), (.timeWait, .close, []),
            (.synReceived, .lastAck, [.established, .closeWait]),
        ] {
            #expect(PassedStates.way(from: from, to: to) == way, "\(from) \(to)")
        }
        for (from, to) in [
            (TCPState.closeWait, TCPState.finWait1), (.finWait1, .established), (.close, .synSent),
            (.close, .finWait2), (.timeWait, .synSent), (.timeWait, .synReceived),
            (.lastAck, .timeWait), (.finWait2, .closing), (.established, .synSent),
        ] {
            #expect(PassedStates.way(from: from, to: to) == nil, "\(from) \(to)")
        }
    }

    private func passed(
        _ closing: [(TCPState, Double)], _ seen: [(TCPState, Double)]
    ) -> [Trace.StateSeen] {
        func states(_ list: [(TCPState, Double)], _ source: Trace.StateSeen.Source) -> [Trace
            .StateSeen]
        {
            list.map {
                Trace.StateSeen(at: $1, notBefore: nil, side: .local, state: $0, source: source)
            }
        }
        return PassedStates(
            Trace.Request(url: "http://a/"), states(closing, .call),
            states([(.established, 1)] + seen, .lookup)
        ).list
    }

    @Test func `leave out what was seen too late to follow, and put in what was not seen`() {
        // A look that began before the close and ended behind it.
        let late = passed([(.finWait1, 2)], [(.established, 2.001), (.timeWait, 3)])
        #expect(late.map(\.state) == [.established, .finWait1, .timeWait])
        let missed = passed([(.lastAck, 2)], [(.close, 2.1)])
        #expect(missed.map(\.state) == [.established, .closeWait, .lastAck, .close])
        #expect(missed.map(\.source) == [.lookup, .implied, .call, .lookup])
        #expect(missed[1].at == 2 && missed[1].notBefore == 1)
        // What was concluded wrongly hides nothing: it cannot follow what was seen.
        let odd = passed([(.finWait1, 2)], [(.closeWait, 1.5), (.close, 3)])
        #expect(odd.map(\.state) == [.established, .closeWait, .close])
    }
}
