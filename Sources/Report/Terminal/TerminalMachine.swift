import Audit
import Model
import Text

/// The states of TCP in text, as RFC 9293 §3.3.2 draws them: where each socket is now, and what led there.
struct TerminalMachine {
    private let chart: StateMachineChart
    private let lines: TerminalLines

    init(_ chart: StateMachineChart, lines: TerminalLines) {
        self.chart = chart
        self.lines = lines
    }

    private static let figure = [
        "        ┌─────────────────────[     CLOSE     ]─────────────────────┐",
        "        │ connect() / snd SYN                             listen()  │",
        "        ▼                                                           ▼",
        "[    SYN_SENT   ]───────────────────────┐                   [     LISTEN    ]",
        "        │         rcv SYN / snd SYN ACK │     rcv SYN / snd SYN ACK │",
        "        │                               └──────────────────▶[    SYN_RECV   ]",
        "        │                                                           │",
        "        └────────────────────▶[  ESTABLISHED  ]◀────────────────────┘",
        "      rcv SYN ACK / snd ACK       │       │         rcv ACK",
        "        ┌─────────────────────────┘       └─────────────────────────┐",
        "        │   close() / snd FIN                   rcv FIN / snd ACK   │",
        "        ▼                                                           ▼",
        "[   FIN_WAIT1   ]────────────▶[    CLOSING    ]             [   CLOSE_WAIT  ]",
        "rcv ACK │  rcv FIN / snd ACK          │ rcv ACK   close() / snd FIN │",
        "        ▼                             ▼                             ▼",
        "[   FIN_WAIT2   ]────────────▶[   TIME_WAIT   ]             [    LAST_ACK   ]",
        "           rcv FIN / snd ACK          │ 60 s                rcv ACK │",
        "                                      └─────▶[     CLOSE     ]◀─────┘",
    ].map(Array.init)

    static let width = 77

    /// In which row the words of a way stand; those that stand there twice are the left ones, or the right ones.
    private static let rows: [(from: TCPState, to: TCPState, row: Int, isRight: Bool)] = [
        (.close, .synSent, 1, false), (.close, .listen, 1, true),
        (.synSent, .synReceived, 4, false), (.listen, .synReceived, 4, true),
        (.synSent, .established, 8, false), (.synReceived, .established, 8, true),
        (.established, .finWait1, 10, false), (.established, .closeWait, 10, true),
        (.finWait1, .finWait2, 13, false), (.finWait1, .closing, 13, false),
        (.closing, .timeWait, 13, true), (.closeWait, .lastAck, 13, true),
        (.finWait2, .timeWait, 16, false), (.timeWait, .close, 16, false),
        (.lastAck, .close, 16, true),
    ]

    /// Nothing where it is not gone through step by step, or the terminal is too narrow.
    func rendered() -> [String] {
        guard !chart.now.isEmpty, lines.width >= Self.width else { return [] }
        let taken = chart.last.flatMap(Self.words)
        var text = Self.figure.enumerated().map { row, letters in
            var cells = TerminalCells(Self.width)
            cells.write(String(letters), at: 0, .quiet)
            for box in Self.boxes(letters) { draw(box, row, in: &cells) }
            if let taken, taken.row == row {
                cells.write(taken.words, at: taken.place, .good)
            }
            return cells.runs.map { lines.painted($0.text, $0.style) }.joined()
        }
        text += lines.set(.quiet(signs), lead: "  ", indent: 2)
        return text
    }

    /// `● client   ○ server`.
    private var signs: String {
        zip(Self.signs, chart.actors).map { "\($0) \($1)" }.joined(separator: "   ")
    }

    private static let signs = ["●", "○"]

    private struct Box {
        var place: Int
        var name: String
    }

    private static func boxes(_ letters: [Character]) -> [Box] {
        letters.indices.filter { letters[$0] == "[" }.map { start in
            let name = letters[(start + 1)...].prefix { $0 != "]" }.filter { $0 != " " }
            return Box(place: start, name: String(name))
        }
    }

    /// A state with the signs of those that are in it.
    private func draw(_ box: Box, _ row: Int, in cells: inout TerminalCells) {
        let here = chart.now.filter { place, state in
            guard state.name == box.name else { return false }
            // A socket that was something before is closed at the end, any other at the beginning.
            return state != .close || (row > 0) == chart.lived.contains(place)
        }.keys
        let style: Span.Style = here.isEmpty ? .plain : .strong
        cells.write(String(repeating: " ", count: 15), at: box.place + 1, style)
        cells.write(
            box.name, at: box.place + 1 + (15 - box.name.count) / 2, style)
        for (place, sign) in Self.signs.enumerated() where here.contains(place) {
            cells.write(sign, at: box.place + (place == 0 ? 1 : 15), .good)
        }
        guard !here.isEmpty else { return }
        cells.write("▐", at: box.place, .good)
        cells.write("▌", at: box.place + 16, .good)
    }

    /// Where in the figure the words of a change stand.
    private static func words(
        _ change: Exchange.Change
    ) -> (words: String, row: Int, place: Int)? {
        guard let words = change.transition?.words,
            let known = rows.first(where: { $0.from == change.from && $0.to == change.to })
        else { return nil }
        let (row, wanted) = (figure[known.row], Array(words))
        let places = row.indices.filter { row[$0...].starts(with: wanted) }
        return (known.isRight ? places.last : places.first).map { (words, known.row, $0) }
    }
}
