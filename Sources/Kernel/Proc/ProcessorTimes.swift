/// `/proc/stat`, first line: what all processors did since the start, in ticks.
///
/// `cpu  user nice system idle iowait irq softirq steal guest guest_nice`, of the whole host in whatever namespace it is read.
/// https://docs.kernel.org/filesystems/proc.html (1.7)
package struct ProcessorTimes: Sendable, Hashable {
    package var total: Int64
    package var softirq: Int64
    /// Programs and the kernel for them: user, nice and system.
    package var programs: Int64
    /// Nothing to do: idle and iowait.
    package var idle: Int64
    /// What a hypervisor gave to others while this machine could have run.
    package var steal: Int64

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
        return ProcessorTimes(
            total: times.reduce(0, &+), softirq: times[6],
            programs: times[0] &+ times[1] &+ times[2], idle: times[3] &+ times[4],
            steal: times.count > 7 ? times[7] : 0)
    }

    /// The share of softirqs in what was done since; 0…1, nil where no tick has passed.
    package func softirqRatio(since earlier: ProcessorTimes) -> Double? {
        let ticks = total &- earlier.total
        return ticks > 0 ? Double(softirq &- earlier.softirq) / Double(ticks) : nil
    }

    /// The share of programs; 0…1, nil where no tick has passed.
    package func programsRatio(since earlier: ProcessorTimes) -> Double? {
        let ticks = total &- earlier.total
        return ticks > 0 ? Double(programs &- earlier.programs) / Double(ticks) : nil
    }

    /// The share that nothing was done in; 0…1, nil where no tick has passed.
    package func idleRatio(since earlier: ProcessorTimes) -> Double? {
        let ticks = total &- earlier.total
        return ticks > 0 ? Double(idle &- earlier.idle) / Double(ticks) : nil
    }

    /// The share that a hypervisor gave to others; 0…1, nil where no tick has passed.
    package func stealRatio(since earlier: ProcessorTimes) -> Double? {
        let ticks = total &- earlier.total
        return ticks > 0 ? Double(steal &- earlier.steal) / Double(ticks) : nil
    }
}
