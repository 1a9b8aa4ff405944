/// Ranges that many sysctls share, each checked by writing both ends and one beyond.
extension Knob.ValueType {
    /// A u8, whatever the documentation calls it: most "booleans" accept 0 to 255.
    static let byte: Self = .integer(0...255)
    /// A true boolean: the kernel refuses 2.
    static let flag: Self = .integer(0...1)
    /// Any int, negative ones too.
    static let anyInt: Self = .integer(-2_147_483_648...2_147_483_647)
    static let nonNegativeInt: Self = .integer(0...2_147_483_647)
    /// Seconds kept in jiffies (`kernel/sysctl.c:proc_dointvec_jiffies`): ± INT_MAX/HZ, here for HZ=100.
    static let secondsInJiffies: Self = .integer(-21_474_836...21_474_836)
    static let unsignedLong: Self = .integer(0...Int64.max)

    /// The whole numbers that it accepts, each for itself; nil if it is not made of numbers.
    package var range: ClosedRange<Int64>? {
        switch self {
        case .integer(let range), .vector(_, let range): range
        case .ports: 0...65535
        case .word: nil
        }
    }

    /// How many numbers it has; nil if that varies.
    package var arity: Int? {
        switch self {
        case .integer: 1
        case .vector(let count, _): count
        case .ports, .word: nil
        }
    }
}

extension Knob {
    /// The numbers that a kernel with this HZ accepts; nil if the value is not made of numbers.
    ///
    /// HZ is 100, 250, 300 or 1000, as the kernel was built. The limit is INT_MAX/HZ, or UINT_MAX/HZ
    /// for unsigned ones; measured at 250.
    package func range(ticksPerSecond: Int64) -> ClosedRange<Int64>? {
        guard let widest = type.range, countsJiffies, ticksPerSecond > 0 else { return type.range }
        let limit =
            widest.upperBound > Int64(Int32.max) / 100 ? Int64(UInt32.max) : Int64(Int32.max)
        return (widest.lowerBound < 0 ? -limit / ticksPerSecond : 0)...(limit / ticksPerSecond)
    }
}
