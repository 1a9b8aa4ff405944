/// `/proc/pressure/{cpu,memory,io}`: the share of the last ten seconds in which something waited for the resource.
///
/// Linux 4.20; absent without CONFIG_PSI, and EOPNOTSUPP where it is off at boot.
/// https://docs.kernel.org/accounting/psi.html
enum Pressure {
    static let resources = ["cpu", "memory", "io"]

    static func path(_ resource: String) -> String { "/proc/pressure/\(resource)" }

    /// The `some avg10` share in per cent, 0…100.
    static func parse(_ bytes: Span<UInt8>) -> Double? {
        var position = 0
        while let line = bytes.line(from: &position) {
            var column = line.lowerBound
            guard let kind = bytes.word(from: &column, to: line.upperBound),
                bytes.text(kind) == "some",
                let average = bytes.word(from: &column, to: line.upperBound),
                bytes.begins(average, with: "avg10=")
            else { continue }
            let share = Double(bytes.text(average.lowerBound + 6..<average.upperBound))
            return share.flatMap { 0...100 ~= $0 ? $0 : nil }
        }
        return nil
    }
}
