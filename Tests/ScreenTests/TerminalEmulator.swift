@testable import Screen

/// A small terminal: what bytes make of its screen, and what among them it does not know.
struct TerminalEmulator {
    struct Place: Hashable {
        var text = " "
        var style = "0"
    }

    let size: FrameSize
    private(set) var places: [[Place]]
    private(set) var row = 0
    private(set) var column = 0
    private var style = "0"
    /// Bytes that no frame may hold.
    private(set) var violations: [String] = []
    /// How many places a sign takes here; terminals disagree.
    private let width: (Unicode.Scalar) -> Int

    init(_ size: FrameSize, row: Int = 0, width: @escaping (Unicode.Scalar) -> Int = Self.usual) {
        self.size = size
        self.row = row
        self.width = width
        places = Array(
            repeating: Array(repeating: Place(), count: size.columns), count: size.rows)
    }

    /// What most terminals do.
    static func usual(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    mutating func feed(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            violations.append("no UTF-8")
            return
        }
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}": sequence(&rest)
            case "\r": column = 0
            case "\n": down()
            default:
                if scalar.properties.generalCategory == .control {
                    violations.append("control \(scalar.value)")
                } else {
                    put(scalar)
                }
            }
        }
    }

    private mutating func down() {
        guard row == size.rows - 1 else {
            row += 1
            return
        }
        places.removeFirst()
        places.append(Array(repeating: Place(), count: size.columns))
    }

    private mutating func sequence(_ rest: inout Substring.UnicodeScalarView) {
        guard rest.popFirst() == "[" else {
            violations.append("an escape that is no control sequence")
            return
        }
        var parameters = ""
        while let next = rest.popFirst() {
            guard !("0"..."9" ~= next), next != ";" else {
                parameters.unicodeScalars.append(next)
                continue
            }
            control(next, parameters)
            return
        }
        violations.append("an open sequence")
    }

    private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
        let numbers = parameters.split(separator: ";").compactMap { Int($0) }
        let number = numbers.first ?? 1
        switch (final, numbers.count) {
        case ("H", 2): move(numbers[0] - 1, numbers[1] - 1)
        // Behind the last column the cursor is in it still.
        case ("A", 1): move(row - number, min(column, size.columns - 1))
        case ("B", 1): move(row + number, min(column, size.columns - 1))
        case ("G", 1): move(row, number - 1)
        case ("m", _): style = parameters
        case ("J", 1) where number == 2: clear(from: 0, 0)
        case ("J", 0): clear(from: row, column)
        default: violations.append("CSI \(parameters)\(final)")
        }
    }

    private mutating func move(_ row: Int, _ column: Int) {
        if !(0..<size.rows ~= row && 0..<size.columns ~= column) {
            violations.append("a move to \(row), \(column)")
        }
        self.row = min(max(row, 0), size.rows - 1)
        self.column = min(max(column, 0), size.columns - 1)
    }

    private mutating func clear(from row: Int, _ column: Int) {
        for line in row..<size.rows {
            for place in (line == row ? column : 0)..<size.columns { places[line][place] = Place() }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let wide = width(scalar)
        if wide == 0 {
            var place = max(column - 1, 0)
            if places[row][place].text.isEmpty, place > 0 { place -= 1 }
            places[row][place].text.unicodeScalars.append(scalar)
            return
        }
        // It does not wrap (DECAWM is off): it stays in the last column.
        let start = min(column, size.columns - wide)
        guard start >= 0 else { return }
        for place in start..<(start + wide) { cover(place) }
        places[row][start] = Place(text: String(Character(scalar)), style: style)
        if wide == 2 { places[row][start + 1] = Place(text: "", style: style) }
        column = start + wide
    }

    /// What covers half of a wide sign clears the other half.
    private mutating func cover(_ place: Int) {
        if places[row][place].text.isEmpty, place > 0 { places[row][place - 1] = Place() }
        if place + 1 < size.columns, places[row][place + 1].text.isEmpty {
            places[row][place + 1] = Place()
        }
    }

    /// The places that are not as in a frame whose first row is that one; of a space the style does not matter.
    func differences(
        to frame: Frame, top: Int = 0, isColoured: Bool = true,
        where counts: (Int, Int) -> Bool = { _, _ in true }
    ) -> [String] {
        var found: [String] = []
        for row in 0..<frame.size.rows {
            for column in 0..<frame.size.columns where counts(row, column) {
                let (place, cell) = (places[top + row][column], frame[row, column])
                let style = isColoured ? cell.style.parameters : "0"
                if place.text != cell.text || (cell.text != " " && place.style != style) {
                    found.append("\(row), \(column): \(place) instead of \(cell)")
                }
            }
        }
        return found
    }
}
