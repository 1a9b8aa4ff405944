/// Which seconds of a minute something is known of.
package struct SecondMask: Sendable, Hashable {
    /// Bit 0 is the first second.
    package private(set) var bits: UInt64

    package static let none = SecondMask(bits: 0)
    package static let all = SecondMask(bits: (1 << 60) - 1)

    package init(bits: UInt64) { self.bits = bits & ((1 << 60) - 1) }

    package var count: Int { bits.nonzeroBitCount }
    package var isEmpty: Bool { bits == 0 }

    package func contains(_ second: Int) -> Bool { bits >> UInt64(second) & 1 == 1 }
    package mutating func insert(_ second: Int) { bits |= 1 << UInt64(second) }
    package func union(_ other: SecondMask) -> SecondMask { SecondMask(bits: bits | other.bits) }
    package func subtracting(_ other: SecondMask) -> SecondMask {
        SecondMask(bits: bits & ~other.bits)
    }
}
