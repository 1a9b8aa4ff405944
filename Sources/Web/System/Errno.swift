import Glibc

/// The error of the last system call of this thread.
enum Errno {
    /// In the library's words.
    static func text(_ code: CInt = errno) -> String { unsafe String(cString: strerror(code)) }
}
