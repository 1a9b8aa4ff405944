/// `/proc/PID/comm`: the name of a program, at most 15 bytes, whatever bytes it chose: untrusted text.
///
/// https://docs.kernel.org/filesystems/proc.html#proc-pid-comm-proc-pid-task-tid-comm
enum ProcessComm {
    static func path(_ pid: Int32) -> String { "/proc/\(pid)/comm" }

    /// Takes off the newline that the kernel adds, and none that belongs to the name.
    static func parse(_ bytes: Span<UInt8>) -> String {
        let end = bytes.count > 0 && bytes[bytes.count - 1] == 10 ? bytes.count - 1 : bytes.count
        return bytes.text(0..<end)
    }
}
