/// `/proc/PID/stat`, which every user may read.
///
/// https://docs.kernel.org/filesystems/proc.html (table 1-4)
enum ProcessStat {
    static func path(_ pid: Int32) -> String { "/proc/\(pid)/stat" }

    /// True for a kernel thread or a zombie: neither has descriptors, whoever asks.
    ///
    /// The name is in brackets and may itself hold brackets, so what follows is counted from the last one.
    static func hasNoDescriptors(_ bytes: Span<UInt8>) -> Bool? {
        var close = bytes.count
        while close > 0, bytes[close - 1] != 41 { close -= 1 }
        guard close > 0 else { return nil }
        var column = close
        guard let state = bytes.word(from: &column, to: bytes.count) else { return nil }
        if bytes.begins(state, with: "Z") || bytes.begins(state, with: "X") { return true }
        for _ in 0..<5 { _ = bytes.word(from: &column, to: bytes.count) }
        guard let word = bytes.word(from: &column, to: bytes.count),
            let flags = bytes.decimal(word)
        else { return nil }
        // PF_KTHREAD of include/linux/sched.h, the same bit since 2.6.
        return flags & 0x0020_0000 != 0
    }
}
