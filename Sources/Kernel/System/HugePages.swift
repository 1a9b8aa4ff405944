import Glibc

/// Pages of 2 MiB for memory that is about to be filled: one fault instead of 512, where the kernel grants them.
///
/// https://docs.kernel.org/admin-guide/mm/transhuge.html
enum HugePages {
    private static let size = 2 << 20

    /// Asks for them; whole ones within the memory only.
    static func ask(for memory: UnsafeMutableRawBufferPointer) {
        guard let base = memory.baseAddress else { return }
        let start = (Int(bitPattern: base) + size - 1) & ~(size - 1)
        let end = (Int(bitPattern: base) + memory.count) & ~(size - 1)
        guard start < end, let first = unsafe UnsafeMutableRawPointer(bitPattern: start) else {
            return
        }
        // Without them all goes on as before.
        unsafe _ = madvise(first, end - start, MADV_HUGEPAGE)
    }
}
