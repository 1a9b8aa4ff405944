import Model

/// `/proc/net/snmp` and `/proc/net/netstat`: a line of names, then a line of values, both under one prefix.
///
/// The kernel adds counters at the end of a group and removes some, so a value is known by its name alone; names that
/// nobody has heard of are kept. https://docs.kernel.org/networking/snmp_counter.html
enum NetSNMP {
    static let path = "/proc/net/snmp"
    static let netstatPath = "/proc/net/netstat"

    static func parse(_ bytes: Span<UInt8>, into counters: inout Counters) {
        var position = 0
        var header: Range<Int>?
        while let line = bytes.line(from: &position) {
            if let names = header, store(names, line, of: bytes, into: &counters) {
                header = nil
            } else {
                header = line
            }
        }
    }

    /// False where the second line does not hold the values of the first.
    private static func store(
        _ names: Range<Int>, _ values: Range<Int>, of bytes: Span<UInt8>,
        into counters: inout Counters
    ) -> Bool {
        var name = names.lowerBound
        var value = values.lowerBound
        guard let prefix = bytes.word(from: &name, to: names.upperBound),
            prefix.count > 1, bytes[prefix.upperBound - 1] == 58,
            let again = bytes.word(from: &value, to: values.upperBound),
            bytes.text(prefix) == bytes.text(again)
        else { return false }

        var group: [String: Int64] = [:]
        // A name has some twelve letters.
        group.reserveCapacity(names.count / 10)
        while let nameWord = bytes.word(from: &name, to: names.upperBound) {
            guard let valueWord = bytes.word(from: &value, to: values.upperBound),
                bytes.isNumber(valueWord)
            else { return false }
            // A gauge that is below zero for a moment, as sums over processors can be, is printed as 2^64 less a little:
            // that one is not known, the others are.
            if let number = bytes.decimal(valueWord) { group[bytes.text(nameWord)] = number }
        }
        guard bytes.word(from: &value, to: values.upperBound) == nil, !group.isEmpty
        else { return false }
        let title = bytes.text(prefix.lowerBound..<prefix.upperBound - 1)
        counters.add(group, to: title)
        return true
    }
}
