import Model

/// What may be said of a segment: the first that holds is.
enum SegmentCaptions {
    private typealias Caption = Report.Caption<PassingMoment>

    static let all: [Report.Caption<PassingMoment>] =
        notices + resets + requests + ends + data + acknowledgements

    // MARK: ICMP

    private static let notices: [Caption] = [
        Caption(
            "ICMP",
            if: {
                $0.passage.has("ICMP") && $0.last?.flags == ["SYN"] && $0.passage.origin == .sent
            }
        ) {
            "\($0.from) does not forward the SYN and says why: \($0.passage.label.dropFirst(5))."
        }
    ]

    // MARK: RST

    private static let resets: [Caption] = [
        Caption(
            "RST of keepalive",
            if: {
                $0.passage.has("RST") && $0.passage.origin == .sent && $0.isAfterProbes
                    && $0.isEndedAfter
            }
        ) {
            "\($0.from) got no answer to its probes: it gives up the connection and resets it."
        },
        Caption(
            "RST by its program",
            if: {
                $0.passage.flags == ["RST", "ACK"] && $0.passage.origin == .sent
                    && $0.passage.sequence == $0.said.last { $0.origin == .sent }?.end
                    && !$0.traffic.holdsNothing(
                        $0.passage.from, on: $0.passage.port, at: $0.passage.at - 0.001)
                    && $0.isEndedAfter
            }
        ) { "\($0.from) ends the connection with a reset and keeps no state of it." },
        Caption(
            "RST to an ACK of other numbers",
            if: {
                $0.passage.has("RST") && $0.senderIs(.synSent) && $0.last?.isBareAck == true
                    && $0.answersLast
                    && $0.isRequestPassedOver
            }
        ) {
            "\($0.from) sends a reset: that ACK acknowledges an older connection, not its SYN."
        },
        Caption(
            "RST to an ACK of nothing sent",
            if: {
                $0.passage.has("RST") && $0.senderIs(.synReceived) && $0.last?.isBareAck == true
                    && $0.answersLast
                    && $0.isRequestPassedOver
            }
        ) {
            "\($0.from) sends a reset: that ACK does not acknowledge its SYN ACK, so it is not the third step."
        },
        Caption(
            "RST to data that nobody reads",
            if: {
                $0.passage.has("RST") && ($0.last?.bytes ?? 0) > 0
                    && $0.said.contains { $0.has("FIN") } && $0.isEndedAfter
                    && !$0.traffic.holdsNothing(
                        $0.passage.from, on: $0.passage.port,
                        at: ($0.last?.arrives ?? 0) - 0.001)
            }
        ) {
            "\($0.from) sends a reset: data arrived, but its program has closed and reads no more."
        },
        Caption(
            "RST where nothing is held",
            if: {
                $0.passage.has("RST") && $0.passage.origin == .sent && $0.answersLast
                    && $0.traffic.holdsNothing(
                        $0.passage.from, on: $0.passage.port, at: $0.passage.at)
            }
        ) { "\($0.from) sends a reset: it has no connection for this \($0.lastWord)." },
        Caption(
            "RST of the experiment",
            if: {
                $0.passage.has("RST") && $0.passage.origin == .crafted
            }
        ) { _ in "A reset for this connection." },
    ]

    // MARK: SYN

    private static let requests: [Caption] = [
        Caption(
            "SYN ACK to a SYN that crossed",
            if: {
                $0.passage.flags.isSuperset(of: ["SYN", "ACK"]) && $0.requestConfirmed != nil
                    && $0.ownRequest?.flags == ["SYN"]
                    && $0.ownRequest?.sequence == $0.passage.sequence
            }
        ) {
            "\($0.from) acknowledges the SYN that crossed its own and repeats its initial sequence number."
        },
        Caption(
            "SYN ACK again",
            if: { moment in
                moment.passage.flags.isSuperset(of: ["SYN", "ACK"])
                    && moment.former.map { !moment.isConfirmed($0) } == true
                    && moment.last?.flags != ["SYN"]
            }
        ) { "\($0.from) sends its SYN ACK again: it got no ACK of it." },
        Caption(
            "SYN ACK to an old SYN",
            if: {
                $0.passage.flags.isSuperset(of: ["SYN", "ACK"])
                    && $0.requestConfirmed?.isOld == true
            }
        ) {
            "\($0.from) cannot tell that the SYN is old: it accepts and sends its initial sequence number."
        },
        Caption(
            "SYN ACK",
            if: {
                $0.passage.flags.isSuperset(of: ["SYN", "ACK"]) && $0.requestConfirmed != nil
            }
        ) { "\($0.from) accepts and sends its initial sequence number." },
        Caption(
            "old SYN",
            if: {
                $0.passage.flags == ["SYN"] && $0.passage.origin == .duplicate
            }
        ) { "The SYN that \($0.from) sent before arrives again." },
        Caption(
            "made-up SYN",
            if: {
                $0.passage.flags == ["SYN"] && $0.passage.origin == .crafted
            }
        ) { _ in "A SYN for the same ports." },
        Caption(
            "SYN again",
            if: { moment in
                moment.passage.flags == ["SYN"] && moment.passage.origin == .sent
                    && moment.former.map { !moment.isConfirmed($0) } == true
            }
        ) { "\($0.from) sends its SYN again: it got no SYN ACK for it." },
        Caption(
            "SYN against TIME_WAIT",
            if: {
                $0.passage.flags == ["SYN"] && $0.former == nil
                    && $0.traffic.isIn(
                        [.timeWait], $0.passage.to, on: $0.passage.port, at: $0.passage.at)
            }
        ) {
            "\($0.from) asks for a new connection between the same ports, while \($0.to) is in TIME_WAIT."
        },
        Caption(
            "SYN that crosses another",
            if: { $0.passage.flags == ["SYN"] && $0.former == nil && $0.crossesRequest }
        ) {
            "\($0.from) asks for the same connection: the SYN of \($0.to) is still on its way."
        },
        Caption("SYN", if: { $0.passage.flags == ["SYN"] && $0.former == nil }) {
            "\($0.from) asks for a connection and sends its initial sequence number."
        },
    ]

    // MARK: FIN

    private static let ends: [Caption] = [
        Caption(
            "FIN again",
            if: { moment in
                moment.passage.has("FIN") && moment.passage.origin == .sent
                    && moment.formerEnd.map { !moment.isConfirmed($0) } == true
            }
        ) { "\($0.from) sends its FIN again: it got no ACK of it." },
        Caption(
            "FIN once more",
            if: {
                $0.passage.has("FIN") && $0.passage.origin != .sent && $0.formerEnd != nil
            }
        ) { "The FIN that \($0.from) sent before arrives again." },
        Caption(
            "FIN after the other's",
            if: {
                $0.passage.has("FIN") && $0.formerEnd == nil && $0.confirmedEnd != nil
                    && !$0.hasSaidSo
            }
        ) {
            "\($0.from) acknowledges the FIN of \($0.to) and sends its own: it has nothing more to send."
        },
        Caption("FIN", if: { $0.passage.has("FIN") && $0.formerEnd == nil }) {
            "\($0.from) says that it has nothing more to send."
        },
    ]

    // MARK: data

    private static let data: [Caption] = [
        Caption(
            "data once more",
            if: {
                $0.passage.bytes > 0 && $0.passage.origin != .sent && $0.formerData != nil
            }
        ) { "A copy of \(bytes($0)) that \($0.from) sent before arrives." },
        Caption(
            "data again",
            if: { moment in
                moment.passage.bytes > 0
                    && moment.formerData.map { !moment.isConfirmed($0) } == true
            }
        ) { "\($0.from) sends \(bytes($0)) again: it got no ACK." },
        Caption("data", if: { $0.passage.bytes > 0 && $0.passage.flags == ["ACK"] }) {
            "\($0.from) sends \(bytes($0))."
        },
    ]

    private static func bytes(_ moment: PassingMoment) -> String {
        let count = moment.passage.bytes
        return count == 1 ? "1 byte" : "\(count) bytes"
    }

    // MARK: ACK

    private static let acknowledgements: [Caption] = [
        Caption(
            "third step",
            if: { moment in
                moment.passage.isBareAck
                    && moment.ownRequest.map { own in
                        moment.heard.last { $0.flags.isSuperset(of: ["SYN", "ACK"]) }.map {
                            moment.passage.confirms($0) && $0.confirms(own)
                        } == true
                    } == true
                    && !moment.hasSaidSo && !moment.senderIs(.timeWait)
            }
        ) { "The third step: \($0.from) confirms that it asked for this connection." },
        Caption(
            "third step made up",
            if: { moment in
                moment.passage.isBareAck && moment.passage.origin == .crafted
                    && moment.heard.last { $0.flags.isSuperset(of: ["SYN", "ACK"]) }.map {
                        moment.passage.confirms($0)
                    } == true && !moment.hasSaidSo
            }
        ) { "A third step that \($0.from) did not send." },
        Caption(
            "SYN refused by TIME_WAIT",
            if: { moment in
                moment.passage.isBareAck && moment.senderIs(.timeWait)
                    && moment.last.map { $0.flags == ["SYN"] && !moment.passage.confirms($0) }
                        == true
            }
        ) {
            "\($0.from) refuses the SYN: TIME_WAIT answers with an ACK of the old connection, which does not acknowledge the SYN."
        },
        Caption(
            "SYN ACK met by TIME_WAIT",
            if: { moment in
                moment.passage.isBareAck && moment.senderIs(.timeWait)
                    && moment.last.map {
                        $0.flags.isSuperset(of: ["SYN", "ACK"]) && !moment.passage.confirms($0)
                    } == true
            }
        ) {
            "No third step: \($0.from) is in TIME_WAIT and repeats the ACK of its old connection, which does not acknowledge that SYN ACK."
        },
        Caption(
            "FIN confirmed from TIME_WAIT",
            if: {
                $0.passage.isBareAck && $0.senderIs(.timeWait) && $0.isOwnEndConfirmed
                    && $0.confirmedEnd != nil && $0.last?.has("FIN") == true
            }
        ) { "\($0.from) acknowledges the FIN of \($0.to)\($0.again), from TIME_WAIT." },
        Caption(
            "answered from TIME_WAIT",
            if: {
                $0.passage.isBareAck && $0.senderIs(.timeWait) && $0.isOwnEndConfirmed
                    && $0.confirmedEnd != nil && $0.hasSaidSo
            }
        ) {
            "\($0.from) answers from TIME_WAIT with its last ACK: it has received everything up to the FIN of \($0.to)."
        },
        Caption(
            "FIN confirmed",
            if: {
                $0.passage.isBareAck && $0.confirmedEnd != nil && $0.last?.has("FIN") == true
            }
        ) { "\($0.from) acknowledges the FIN of \($0.to)\($0.again)." },
        Caption(
            "data confirmed",
            if: { moment in
                moment.passage.isBareAck && !moment.hasSaidSo
                    && moment.confirmedData != nil
            }
        ) { "\($0.from) acknowledges the data." },
        Caption(
            "keepalive probe",
            if: { $0.passage.isBareAck && $0.hasSaidSo && $0.isProbe }
        ) {
            "\($0.from) asks whether \($0.to) is still there: a keepalive probe with a sequence number that was acknowledged before."
        },
        Caption(
            "probe answered",
            if: { moment in
                moment.passage.isBareAck && moment.hasSaidSo && moment.isAnswerToProbe
            }
        ) { "\($0.from) answers the probe: it still has the connection." },
        Caption(
            "old by its timestamp",
            if: { moment in
                moment.passage.isBareAck && moment.hasSaidSo && moment.isLastOld
                    && moment.last?.sequence == moment.passage.acknowledgement
            }
        ) {
            "\($0.from) acknowledges nothing new: the sequence number fits, but the timestamp is older than the last one, so it refuses the segment."
        },
        Caption(
            "came before",
            if: { moment in
                moment.passage.isBareAck && moment.hasSaidSo && moment.isLastBehind
            }
        ) { "\($0.from) acknowledges nothing new: it already has what arrived." },
        Caption(
            "of what was never sent",
            if: { moment in
                moment.passage.isBareAck && moment.hasSaidSo && moment.isLastAhead
            }
        ) {
            "\($0.from) acknowledges nothing new: the segment acknowledges more than it has sent."
        },
        Caption("nothing new", if: { $0.passage.isBareAck && $0.hasSaidSo }) {
            "\($0.from) acknowledges nothing new."
        },
    ]
}
