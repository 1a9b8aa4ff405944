/// An IPv4 or IPv6 address, 128 bits; IPv4 is kept as `::ffff:a.b.c.d`, so a v4-mapped socket *is* an IPv4 one.
public struct IPAddress: Hashable, Sendable {
    /// The first eight bytes, in host order.
    public var high: UInt64
    /// The last eight bytes, in host order.
    public var low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes an IPv4 address from its four bytes in host order: `0x7f000001` is 127.0.0.1.
    public init(v4: UInt32) {
        self.init(high: 0, low: 0x0000_ffff_0000_0000 | UInt64(v4))
    }

    /// The IPv4 address, in host order, or nil for IPv6.
    public var v4: UInt32? {
        high == 0 && low >> 32 == 0xffff ? UInt32(truncatingIfNeeded: low) : nil
    }

    public var isIPv4: Bool { v4 != nil }

    /// True for `0.0.0.0` and `::`.
    public var isUnspecified: Bool { (high == 0 && low == 0) || v4 == 0 }

    /// True for 127.0.0.0/8 and `::1`: the addresses for which `tcp_tw_reuse = 2` reuses ports.
    public var isLoopback: Bool {
        guard let v4 else { return high == 0 && low == 1 }
        return v4 >> 24 == 127
    }

    public static let unspecifiedV4 = IPAddress(v4: 0)
    public static let unspecifiedV6 = IPAddress(high: 0, low: 0)
}
