/// A line of pieces, some at its left end, some at its right, of which the least needed give way.
struct Segments {
    struct Piece {
        var line: Line
        /// The higher, the sooner it is left out; 0 stays.
        var rank: Int
    }

    private var left: [Piece] = []
    private var right: [Piece] = []
    private let separator: Line

    init(separator: Line) { self.separator = separator }

    mutating func addLeft(_ line: Line, rank: Int) { left.append(Piece(line: line, rank: rank)) }
    mutating func addRight(_ line: Line, rank: Int) { right.append(Piece(line: line, rank: rank)) }

    /// Between what is left and what is right.
    private static let gap = 2

    /// In one line; where what must stay does not fit, each piece of it in lines of its own.
    func lines(width: Int) -> [Line] {
        let ranks = Set((left + right).map(\.rank)).sorted(by: >)
        for rank in ranks {
            let (start, end) = (joined(left, rank), joined(right, rank))
            let gap = start.isEmpty || end.isEmpty ? 0 : Self.gap
            if start.width + gap + end.width <= width {
                return [start.padded(to: width - end.width) + end]
            }
        }
        return (left + right).filter { $0.rank == 0 }.flatMap { $0.line.wrapped(to: width) }
    }

    private func joined(_ pieces: [Piece], _ rank: Int) -> Line {
        pieces.filter { $0.rank <= rank && !$0.line.isEmpty }.map(\.line).joined(by: separator)
    }
}
