import Kernel
import Model

/// An IPv6 address of this host's own, of which `/proc/net/if_inet6` tells without netlink.
///
/// Source: `net/ipv6/addrconf.c:if6_seq_show`: address, index, prefix, scope and flags in hexadecimal, and the interface.
struct OwnAddress: Sendable, Hashable {
    var prefix: Int
    var isDeprecated: Bool

    /// IFA_F_DEPRECATED of `include/uapi/linux/if_addr.h`.
    private static let deprecated: UInt32 = 0x20

    /// Those of the calling thread's network namespace; empty where there is no such file.
    static func all() -> [IPAddress: OwnAddress] {
        guard let text = try? Root.host.text("/proc/thread-self/net/if_inet6") else { return [:] }
        return parse(text)
    }

    static func parse(_ text: String) -> [IPAddress: OwnAddress] {
        var own: [IPAddress: OwnAddress] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 5, words[0].utf8.count == 32,
                let high = UInt64(words[0].prefix(16), radix: 16),
                let low = UInt64(words[0].suffix(16), radix: 16),
                let prefix = Int(words[2], radix: 16), let flags = UInt32(words[4], radix: 16)
            else { continue }
            own[IPAddress(high: high, low: low)] = OwnAddress(
                prefix: prefix, isDeprecated: flags & deprecated != 0)
        }
        return own
    }
}
