/// `/proc/PID/stat`, which every user may read.
///
/// https://docs.kernel.org/filesystems/proc.html (table 1-4)
enum ProcessStat {
    static func path(_ pid: Int32) -> String { "/proc/\(pid)/stat" }

    /// True for a kernel thread or a zombie: neither has descriptors, whoever asks.
    static func hasNoDescriptors(_ bytes: Span<UInt8>) -> Bool? {
        stateAndFlags(bytes).map {
            $0.state == 90 || $0.state == 88 || $0.flags & kernelThread != 0
        }
    }

    static func isKernelThread(_ bytes: Span<UInt8>) -> Bool? {
        stateAndFlags(bytes).map { $0.flags & kernelThread != 0 }
    }

    /// PF_KTHREAD of `include/linux/sched.h`, the same bit since 2.6.
    private static let kernelThread: Int64 = 0x0020_0000

    /// When it started, in clock ticks since boot; nil for a zombie too.
    static func start(_ bytes: Span<UInt8>) -> Int64? {
        guard var column = endOfName(bytes), let state = bytes.word(from: &column, to: bytes.count),
            bytes[state.lowerBound] != 90, bytes[state.lowerBound] != 88
        else { return nil }
        for _ in 0..<18 { _ = bytes.word(from: &column, to: bytes.count) }
        return bytes.word(from: &column, to: bytes.count).flatMap { bytes.decimal($0) }
    }

    /// The name is in brackets and may itself hold brackets, so what follows is counted from the last one.
    private static func endOfName(_ bytes: Span<UInt8>) -> Int? {
        var close = bytes.count
        while close > 0, bytes[close - 1] != 41 { close -= 1 }
        return close > 0 ? close : nil
    }

    /// The state's letter (`Z` is a zombie, `X` dead) and the flags.
    private static func stateAndFlags(_ bytes: Span<UInt8>) -> (state: UInt8, flags: Int64)? {
        guard var column = endOfName(bytes), let state = bytes.word(from: &column, to: bytes.count)
        else { return nil }
        for _ in 0..<5 { _ = bytes.word(from: &column, to: bytes.count) }
        guard let word = bytes.word(from: &column, to: bytes.count),
            let flags = bytes.decimal(word)
        else { return nil }
        return (bytes[state.lowerBound], flags)
    }
}
