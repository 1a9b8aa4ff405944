import Model
import Text

/// `tcp_max_tw_buckets` of a namespace, and how near its TIME_WAIT sockets are to it.
struct TimeWaitCap {
    /// Bytes of a TIME_WAIT at the connecting end: the socket, and the buckets of its port (measured, slab).
    static let bytesEach = 512
    private static let largestTable = 524_288

    /// The limit; nil for none (a negative value is compared as an unsigned one).
    let limit: Int?
    /// Sockets that count against it: TIME_WAIT, and FIN_WAIT2 without a process.
    let sockets: Int
    /// What the kernel would have chosen from this host's memory; nil if that was not seen.
    let standard: Int?
    /// The line that sets it at boot.
    let assignment: Assignment?
    let value: Int64

    /// Nil if the setting could not be read.
    init?(_ situation: Situation) {
        guard let setting = situation.setting("net.ipv4.tcp_max_tw_buckets"),
            let value = setting.numbers?.first
        else { return nil }
        self.value = value
        // The kernel's value is an int; a file may hold more.
        limit = value < 0 ? nil : Int(min(value, Int64(Int32.max)))
        let counted = situation.counter("sockstat.TCP", "tw").map { Int(clamping: $0) }
        sockets = min(max(0, counted ?? situation.now.states[.timeWait]), Int(Int32.max))
        assignment = setting.boot?.winner
        standard = situation.host.memory["MemTotal"].flatMap(Self.standard)
    }

    /// Share of the limit in use; nil if there is none, or if it is 0.
    var ratio: Double? {
        guard let limit, limit > 0 else { return nil }
        return Double(sockets) / Double(limit)
    }

    /// True if the limit is less than half of what the kernel would choose: somebody lowered it.
    var isLowered: Bool {
        guard let limit, let standard else { return false }
        return limit < standard / 2
    }

    var evidence: [String: Evidence] {
        var evidence: [String: Evidence] = ["limit_sockets": .count(Int(clamping: value))]
        evidence["time_wait_sockets"] = .count(sockets)
        evidence["used_ratio"] = ratio.map { .number($0) }
        evidence["standard_limit_sockets"] = standard.map { .count($0) }
        evidence["set_in"] = (assignment?.place).map { .text($0) }
        return evidence
    }

    /// Raises the limit to the kernel's default, or to twice what is in use.
    var raise: Remedy? {
        guard let limit else { return nil }
        let wanted = max(standard ?? 0, sockets * 2, limit * 2)
        return Remedy(
            .knob,
            "raise the limit" + (assignment.map { ", and remove the line from \($0.place)" } ?? ""),
            command: "sysctl -w net.ipv4.tcp_max_tw_buckets=\(wanted)",
            effect: "room for \(wanted.grouped) instead of \(limit.grouped), at most "
                + "\(Int64(clamping: wanted * Self.bytesEach).bytes) of memory",
            risk: "the memory, but only if that many connections close within a minute",
            undo: "sysctl -w net.ipv4.tcp_max_tw_buckets=\(value)")
    }

    static let proof =
        "net/ipv4/inet_timewait_sock.c:inet_twsk_alloc refuses the new socket and evicts none; "
        + "tcp_minisocks.c:tcp_time_wait then counts TCPTimeWaitOverflow and closes at once; "
        + "measured: 512 bytes each at the connecting end, 256 at the accepting end"

    /// What the kernel would choose on that host; nil if its memory was not seen.
    static func standard(of host: Host) -> Int? { host.memory["MemTotal"].flatMap(standard) }

    /// Half the slots of the table of connections: one for each 128 KiB of memory, a power of two, at most 524 288.
    private static func standard(memory: Int64) -> Int? {
        guard memory > 0 else { return nil }
        var slots = 1
        while slots < largestTable, Int64(slots) * 131_072 < memory { slots *= 2 }
        return slots / 2
    }
}
