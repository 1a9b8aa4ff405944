import Model

/// Where the followed counters stand in a pair of lines of `/proc/net/snmp` or `/proc/net/netstat`.
///
/// A running kernel never changes the line of names, so the names are looked up once, and again only when that line differs.
struct CounterColumns: Sendable {
    /// `Tcp`, `TcpExt`.
    let group: String
    private var names: [UInt8] = []
    /// By column, counted from the word after the prefix.
    private var places: [(column: Int, counter: FollowedCounter)] = []

    init(group: String) { self.group = group }

    /// Reads the values of a pair of lines into the sample.
    mutating func read(
        _ names: Range<Int>, _ values: Range<Int>, of bytes: Span<UInt8>,
        into sample: inout CounterSample
    ) {
        if !isKnown(names, of: bytes) { learn(names, of: bytes) }
        var position = values.lowerBound
        _ = bytes.word(from: &position, to: values.upperBound)
        var column = 0
        for place in places {
            while column < place.column {
                guard bytes.word(from: &position, to: values.upperBound) != nil else { return }
                column += 1
            }
            guard let word = bytes.word(from: &position, to: values.upperBound) else { return }
            column += 1
            sample[place.counter] = bytes.decimal(word)
        }
    }

    private func isKnown(_ line: Range<Int>, of bytes: Span<UInt8>) -> Bool {
        guard names.count == line.count, !names.isEmpty else { return false }
        for index in names.indices where names[index] != bytes[line.lowerBound + index] {
            return false
        }
        return true
    }

    private mutating func learn(_ line: Range<Int>, of bytes: Span<UInt8>) {
        names = line.map { bytes[$0] }
        places = []
        let wanted = FollowedCounter.allCases.filter { $0.group == group }
        var position = line.lowerBound
        _ = bytes.word(from: &position, to: line.upperBound)
        var column = 0
        while let word = bytes.word(from: &position, to: line.upperBound) {
            let name = bytes.text(word)
            if let counter = wanted.first(where: { $0.name == name }) {
                places.append((column, counter))
            }
            column += 1
        }
    }
}
