/// `/proc/stat`, first line: what all processors did since the start, in ticks.
///
/// `cpu  user nice system idle iowait irq softirq steal guest guest_nice`, of the whole host in whatever namespace it is read.
/// https://docs.kernel.org/filesystems/proc.html (1.7)
package struct ProcessorTimes: Sendable, Hashable {
    package var total: Int64
    package var softirq: Int64

    package static func read() throws(KernelError) -> ProcessorTimes? {
        let bytes = try Root.host.bytes("/proc/stat")
        return parse(bytes.span)
    }

    /// Nil where it is not of the kernel's form.
    static func parse(_ bytes: Span<UInt8>) -> ProcessorTimes? {
        var position = 0
        guard let line = bytes.line(from: &position) else { return nil }
        var column = line.lowerBound
        guard let name = bytes.word(from: &column, to: line.upperBound),
            bytes.text(name) == "cpu"
        else { return nil }
        var times: [Int64] = []
        // Guests' times are contained in the first two.
        while times.count < 8, let word = bytes.word(from: &column, to: line.upperBound) {
            guard let time = bytes.decimal(word) else { return nil }
            times.append(time)
        }
        guard times.count >= 7 else { return nil }
        return ProcessorTimes(total: times.reduce(0, &+), softirq: times[6])
    }

    /// The share of softirqs in what was done since; 0…1, nil where no tick has passed.
    package func softirqRatio(since earlier: ProcessorTimes) -> Double? {
        let ticks = total &- earlier.total
        return ticks > 0 ? Double(softirq &- earlier.softirq) / Double(ticks) : nil
    }
}
