import Glibc

/// Which file stands at a path, and when it was changed last: another stamp means other contents.
struct FileStamp: Equatable {
    private var device: UInt64
    private var inode: UInt64
    private var size: Int64
    /// Nanoseconds since 1970; the kernel's clock for it advances every few milliseconds only.
    private var changed: Int64

    /// Nil where there is no file to look at.
    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        // The time of the inode's change cannot be set by anybody, the contents' can.
        changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
    }

    /// Whether a second change might still leave the same stamp: it is no older than some ticks.
    var isFresh: Bool {
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        let nanoseconds = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        return nanoseconds - changed < 100_000_000
    }
}
