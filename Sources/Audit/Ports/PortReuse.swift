import Catalogue
package import Model

/// Which ports in TIME_WAIT connect() may reuse, and after how long.
///
/// Source: `net/ipv4/tcp_ipv4.c:tcp_twsk_unique`: `tcp_tw_reuse` 1, or 2 if one of the addresses is a loopback address;
/// the old connection used timestamps; and it is older than `tcp_tw_reuse_delay` (before 6.14: not of the same second).
package struct PortReuse: Sendable, Hashable {
    package let mode: Int64
    package let timestamps: Bool
    /// The age in seconds from which connect() may reuse a port in TIME_WAIT.
    package let delay: Double
    /// Whether the kernel compares clock seconds, so that connect() may reuse a port before it is `delay` old.
    package let waitsForNextSecond: Bool
    /// Ports in TIME_WAIT that were reused in the namespace so far (TWRecycled); nil if not reported.
    let recycled: Int64?
    /// The same over the interval; nil without one.
    let recycledGrowth: Int64?

    init(
        settings: [String: Setting], kernel: KernelRelease?, recycled: Int64? = nil,
        recycledGrowth: Int64? = nil
    ) {
        self.recycled = recycled
        self.recycledGrowth = recycledGrowth
        let standard: Int64 = kernel.map { $0 >= KernelRelease(4, 19) } ?? true ? 2 : 0
        mode = settings["net.ipv4.tcp_tw_reuse"]?.numbers?.first ?? standard
        timestamps = settings["net.ipv4.tcp_timestamps"]?.numbers?.first != 0
        waitsForNextSecond =
            settings["net.ipv4.tcp_tw_reuse_delay"]?.value == nil
            && kernel.map { $0 < KernelRelease(6, 14) } ?? false
        let milliseconds = settings["net.ipv4.tcp_tw_reuse_delay"]?.numbers?.first ?? 1000
        delay = min(max(Double(milliseconds) / 1000, 0), Double(ClosingHistory.seconds))
    }

    /// Whether the settings let connections of this tuple reuse ports in TIME_WAIT, given that the peer uses timestamps.
    package func applies(to tuple: Tuple) -> Bool {
        timestamps && (mode == 1 || (mode == 2 && tuple.isLoopback))
    }
}
