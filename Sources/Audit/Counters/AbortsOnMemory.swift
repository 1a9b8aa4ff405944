import Model

/// `TCPAbortOnMemory`: connections reset for lack of memory, or because of too many orphans.
///
/// The kernel counts both together (`net/ipv4/tcp.c:tcp_check_oom`). For memory it takes more pages than the third
/// number of tcp_mem; on the way there TCP enters pressure, and leaves it only below the first. So if no pressure was
/// counted and few pages are in use, orphans are the reason for the resets.
struct AbortsOnMemory {
    let reading: CounterReading
    let areOfOrphans: Bool

    /// Nil if this kernel does not report the counter.
    init?(in situation: Situation) {
        guard let reading = situation.reading("TcpExt", "TCPAbortOnMemory") else { return nil }
        self.reading = reading
        guard let pressures = situation.reading("TcpExt", "TCPMemoryPressures"),
            let pages = situation.counter("sockstat.TCP", "mem"),
            let low = situation.number("net.ipv4.tcp_mem"), pages < low
        else {
            areOfOrphans = false
            return
        }
        areOfOrphans = reading.growth == nil ? pressures.total == 0 : !pressures.grows
    }
}
