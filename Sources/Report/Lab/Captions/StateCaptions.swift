import Model

/// What may be said of a state that a socket enters: the first that holds is.
enum StateCaptions {
    private typealias Caption = Report.Caption<StateMoment>

    static let all: [Report.Caption<StateMoment>] = [
        Caption("LISTEN", if: { $0.state == .listen }) {
            "\($0.name) waits for connection requests."
        },
        Caption(
            "SYN_SENT",
            if: {
                $0.state == .synSent && $0.sent.contains { $0.flags == ["SYN"] }
            }
        ) { "\($0.name) has sent its SYN and waits for an answer." },
        Caption(
            "SYN_RECV after SYN_SENT",
            if: {
                $0.state == .synReceived && $0.came.contains { $0.flags == ["SYN"] }
                    && $0.hasAsked
            }
        ) {
            "\($0.name) has sent a SYN itself, gets the SYN of \($0.other) instead of an answer, and waits for the ACK of its own SYN."
        },
        Caption(
            "SYN_RECV",
            if: {
                $0.state == .synReceived && $0.came.contains { $0.flags == ["SYN"] }
            }
        ) { "\($0.name) keeps the request and waits for the third step." },
        Caption(
            "ESTABLISHED by a cookie",
            if: {
                $0.state == .established && $0.came.last?.isBareAck == true && !$0.hasHeldRequest
            }
        ) {
            "\($0.name) has the connection open in both directions; until now it kept no state of it."
        },
        Caption(
            "ESTABLISHED",
            if: {
                $0.state == .established
                    && $0.came.last?.has("ACK") == true && $0.sent.contains { $0.has("SYN") }
            }
        ) { "\($0.name) has the connection open in both directions." },
        Caption(
            "FIN_WAIT1",
            if: {
                $0.state == .finWait1 && $0.ownEnd != nil && !$0.isOwnEndConfirmed
            }
        ) { "\($0.name) sends no more; its FIN is not yet acknowledged." },
        Caption(
            "FIN_WAIT2",
            if: {
                $0.state == .finWait2 && $0.isOwnEndConfirmed
            }
        ) { "\($0.name) knows that \($0.other) received its FIN; \($0.other) may still send." },
        Caption(
            "CLOSE_WAIT",
            if: {
                $0.state == .closeWait && $0.otherEnd != nil && $0.isOwnEndMissing
            }
        ) {
            "\($0.name) knows that \($0.other) sends no more; its own program has not closed yet."
        },
        Caption(
            "LAST_ACK",
            if: {
                $0.state == .lastAck && $0.ownEnd != nil && $0.otherEnd != nil
                    && !$0.isOwnEndConfirmed
            }
        ) { "\($0.name) has also sent its FIN and waits for the last ACK." },
        Caption(
            "CLOSING",
            if: {
                $0.state == .closing && $0.ownEnd != nil && $0.otherEnd != nil
                    && !$0.isOwnEndConfirmed
            }
        ) {
            "\($0.name) got the FIN of \($0.other) before the ACK of its own FIN, and waits for that ACK."
        },
        Caption(
            "TIME_WAIT",
            if: {
                $0.state == .timeWait && $0.isOwnEndConfirmed && $0.otherEnd != nil
            }
        ) {
            "\($0.name) waits 60 s, to answer a repeated FIN and until old segments have expired\($0.stay)."
        },
        Caption(
            "CLOSE",
            if: {
                [.close, .boundInactive].contains($0.state)
            }
        ) { "\($0.name) has no connection." },
    ]
}

extension StateMoment {
    /// Whether the socket was in SYN_SENT until now.
    fileprivate var hasAsked: Bool {
        traffic.stays.contains {
            $0.actor == actor && $0.port == port && $0.state == .synSent && $0.until == at
        }
    }

    /// Whether the socket was seen in SYN_RECV or SYN_SENT on its way.
    fileprivate var hasHeldRequest: Bool {
        let begun = sent.last { $0.has("SYN") }?.at ?? 0
        return traffic.stays.contains {
            $0.actor == actor && $0.port == port && [.synReceived, .synSent].contains($0.state)
                && $0.until >= begun && $0.from <= at
        }
    }

    /// Whether it has not sent a FIN when it gets the other's; one that follows at once may be on the wire before the look.
    fileprivate var isOwnEndMissing: Bool {
        guard let other = otherEnd else { return false }
        return !traffic.sent(by: actor, on: port, until: other.arrives ?? at).contains {
            $0.has("FIN") && $0.place > (ownBegin?.place ?? -1)
        }
    }

    private var ownBegin: RecordedTraffic.Passage? { sent.last { $0.has("SYN") } }
}
