import Model

@testable import Report

/// Exchanges as experiments record them, 20 ms from one end to the other.
enum SequenceScene {
    static let page = Document(
        title: "tcptune: sequences",
        blocks: [
            chart("A connection whose last ACK is lost", life),
            chart("A late SYN, and what it comes to", late),
            chart("Both close at once", simultaneous),
            chart("A name, asked for from the root", names),
            chart("One alone", alone),
        ].map(Block.chart)
            + [life, simultaneous].compactMap(Chart.machine).map(Block.chart))

    static func chart(_ title: String, _ exchange: Exchange) -> Chart {
        .sequence(
            title: title, summary: "What \(title.lowercased()) looks like.", exchange: exchange)
    }

    private static let pair = [
        Exchange.Actor("client", detail: "10.0.0.1:40000"),
        Exchange.Actor("server", detail: "10.0.0.2:80"),
    ]

    private static func says(
        _ at: Double, _ from: Int, _ label: String, _ detail: String? = nil, lost: Bool = false,
        way: Double = 20, origin: Exchange.Origin = .sent
    ) -> Exchange.Event {
        Exchange.Event(
            at: at / 1000,
            .message(
                Exchange.Message(
                    from: from, to: 1 - from, label, detail: detail,
                    arrives: lost ? nil : (at + way) / 1000, isLost: lost, origin: origin,
                    segment: segment(detail))))
    }

    /// The numbers of a detail: `seq 1, ack 2`.
    private static func segment(_ detail: String?) -> Exchange.Segment? {
        func number(_ word: String) -> UInt32? {
            detail?.firstRange(of: word + " ").flatMap { place in
                detail.flatMap { UInt32($0[place.upperBound...].prefix { $0.isNumber }) }
            }
        }
        guard let sequence = number("seq") else { return nil }
        return Exchange.Segment(sequence: sequence, acknowledgement: number("ack"))
    }

    private static func state(_ at: Double, _ actor: Int, _ name: String) -> Exchange.Event {
        Exchange.Event(at: at / 1000, .state(actor: actor, name))
    }

    private static func note(_ at: Double, _ actor: Int?, _ text: String) -> Exchange.Event {
        Exchange.Event(at: at / 1000, .note(actor: actor, text))
    }

    static let life = Exchange(
        actors: pair,
        events: [
            state(0, 0, "CLOSE"), state(0, 1, "LISTEN"), state(0.02, 0, "SYN_SENT"),
            says(0.05, 0, "SYN", "seq 0, mss 1460"), state(20.1, 1, "SYN_RECV"),
            says(20.12, 1, "SYN ACK", "seq 0, ack 1"), state(40.2, 0, "ESTABLISHED"),
            says(40.21, 0, "ACK", "seq 1, ack 1"), state(60.3, 1, "ESTABLISHED"),
            note(61, nil, "both have accepted; nothing is sent"), state(100, 0, "FIN_WAIT1"),
            says(100.01, 0, "FIN ACK", "seq 1, ack 1"), state(120.1, 1, "CLOSE_WAIT"),
            says(120.12, 1, "ACK", "seq 1, ack 2"), state(125, 1, "LAST_ACK"),
            says(125.02, 1, "FIN ACK", "seq 1, ack 2"), state(140.2, 0, "FIN_WAIT2"),
            state(145.1, 0, "TIME_WAIT"), says(145.12, 0, "ACK", "seq 2, ack 2", lost: true),
            says(345.4, 1, "FIN ACK", "seq 1, ack 2, again"),
            note(365.5, 0, "TIME_WAIT answers, and its 60 s begin again"),
            says(365.52, 0, "ACK", "seq 2, ack 2"), state(385.6, 1, "CLOSE"),
        ])

    static let late = Exchange(
        actors: pair,
        events: [
            state(0, 1, "LISTEN"),
            says(0, 0, "SYN", "seq 0", way: 60, origin: .duplicate),
            state(60.1, 1, "SYN_RECV"), says(60.12, 1, "SYN ACK", "seq 0, ack 1"),
            says(80.2, 0, "RST", "seq 1"), state(100.3, 1, "LISTEN"),
            note(101, 1, "accept() returns nothing: no connection was made"),
            says(140, 0, "SYN", "seq 900", origin: .crafted), state(160.1, 1, "SYN_RECV"),
            says(160.12, 1, "SYN ACK", "seq 0, ack 901", origin: .concluded),
            says(1140, 0, "RST", "seq 901", origin: .crafted), state(1160.1, 1, "LISTEN"),
        ])

    static let simultaneous = Exchange(
        actors: pair,
        events: [
            state(0, 0, "ESTABLISHED"), state(0, 1, "ESTABLISHED"), state(10, 0, "FIN_WAIT1"),
            state(10, 1, "FIN_WAIT1"), says(10.01, 0, "FIN ACK"), says(10.02, 1, "FIN ACK"),
            state(30.1, 0, "CLOSING"), state(30.1, 1, "CLOSING"), says(30.12, 0, "ACK"),
            says(30.13, 1, "ACK"), state(50.2, 0, "TIME_WAIT"), state(50.2, 1, "TIME_WAIT"),
        ])

    static let names = Exchange(
        actors: [
            Exchange.Actor("this host"), Exchange.Actor("resolver", detail: "10.53.0.1"),
            Exchange.Actor("root", detail: "10.53.0.2"),
            Exchange.Actor("example.", detail: "10.53.0.3"),
            Exchange.Actor("shop.example.", detail: "10.53.0.4"),
        ],
        events: [
            asks(0, 0, 1, "A? www.shop.example."), asks(0.4, 1, 2, "A? www.shop.example."),
            asks(21, 2, 1, "NS example."), asks(21.5, 1, 3, "A? www.shop.example."),
            asks(44, 3, 1, "NS shop.example."), asks(44.3, 1, 4, "A? www.shop.example."),
            asks(63, 4, 1, "CNAME eu.shop.example."), asks(63.4, 1, 4, "A? eu.shop.example."),
            asks(85, 4, 1, "A 192.0.2.7"), asks(85.5, 1, 0, "A 192.0.2.7, ttl 300"),
            note(86, 0, "kept for 300 s"),
        ])

    /// All that is seen is seen at one end.
    private static func asks(_ at: Double, _ from: Int, _ to: Int, _ label: String)
        -> Exchange.Event
    {
        Exchange.Event(
            at: at / 1000, .message(Exchange.Message(from: from, to: to, label, arrives: nil)))
    }

    static let alone = Exchange(
        actors: [Exchange.Actor("host")],
        events: [state(0, 0, "TIME_WAIT"), note(5, 0, "nobody else is here")])

    /// Names, labels and places as somebody might write them into a file.
    static let hostile = Exchange(
        actors: [
            Exchange.Actor("<b onload=x>\u{1b}[31m", detail: "\u{202e}10.0.0.1'\"&"),
            Exchange.Actor("[x](http://y) |`", detail: String(repeating: "long ", count: 40)),
        ],
        events: [
            state(.infinity, 0, "x"), state(0, 7, "x"), state(-5, -1, "x"),
            state(0, 0, "</text><script>\u{1b}]0;x\u{7}"),
            state(1, 1, String(repeating: "W", count: 300)),
            says(3, 0, "<script>alert(1)</script>", "\u{202e}\u{1b}[2J", way: -500),
            says(2, 1, String(repeating: "label ", count: 60), lost: true),
            says(1e300, 1, "never"), says(4, 9, "nobody"),
            note(6, nil, "```\n# h <img src=x> " + String(repeating: "word ", count: 200)),
            note(7, 1, String(repeating: "unbroken", count: 90)),
            says(8, 0, "", way: 1e15, origin: .duplicate),
        ])
}
