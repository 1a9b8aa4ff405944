import Glibc

/// Writing to a terminal that may be stuck, as over a connection that has stalled.
enum TerminalWriting {
    /// A terminal that could not be opened again may block; it hardly does so for this much when it is ready.
    private static let most = 512

    /// Writes until all is written, or something that goes before it is ready.
    ///
    /// - Returns: how many bytes were written.
    static func write(
        _ bytes: [UInt8], to descriptor: CInt, unless urgent: [Waitable]
    ) throws(KernelError) -> Int {
        var done = 0
        while done < bytes.count {
            let ready = try Waitable.wait(
                for: urgent + [Waitable(descriptor: descriptor, isWritten: true)])
            if ready.dropLast().contains(true) { return done }
            let count = min(bytes.count - done, most)
            let written = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), count)
            }
            if written >= 0 {
                done += written
            } else if errno != EAGAIN, errno != EINTR {
                throw KernelError("write to", "the terminal", code: errno)
            }
        }
        return done
    }
}
