import Glibc

/// A file descriptor that results or messages are written to, every write checked.
package struct Output: Sendable {
    let descriptor: CInt
    let name: String

    package static let standard = Output(descriptor: 1, name: "standard output")
    package static let messages = Output(descriptor: 2, name: "standard error")

    /// Makes a write to a closed pipe an error (EPIPE) instead of the end of the process.
    package static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Fills the places of descriptors 0, 1 and 2 that the caller closed: a file of ours must not get such a number.
    ///
    /// They are open for reading alone, so that a result written there fails.
    package static func holdStandardPlaces() {
        for number in CInt(0)...2 where fcntl(number, F_GETFD) < 0 {
            unsafe _ = open("/dev/null", O_RDONLY)
        }
    }

    /// True where it is a terminal.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// True where standard input is a terminal.
    package static var inputIsTerminal: Bool { isatty(0) == 1 }

    /// How many columns the terminal has; nil where it is none, or does not tell.
    package var columns: Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Writes all of it.
    package func write(_ text: String) throws(KernelError) { try write(Array(text.utf8)) }

    package func write(_ bytes: [UInt8]) throws(KernelError) {
        // What the caller handed us may be closed, or open for reading alone: no mistake of ours.
        guard fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY else {
            throw KernelError("write to", name, code: EBADF, detail: "it is not open for writing")
        }
        var done = 0
        while done < bytes.count {
            done += try systemCall("write to", name) {
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe Glibc.write(
                        descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
                }
            }
        }
    }
}
