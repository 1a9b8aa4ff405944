import Glibc

/// The errors that a socket meets, by the kernel's names.
package enum SocketErrno {
    package static let all: [(code: Int32, name: String)] = [
        (EADDRNOTAVAIL, "EADDRNOTAVAIL"), (EADDRINUSE, "EADDRINUSE"),
        (ECONNREFUSED, "ECONNREFUSED"), (ECONNRESET, "ECONNRESET"), (ETIMEDOUT, "ETIMEDOUT"),
        (EMFILE, "EMFILE"), (ENFILE, "ENFILE"), (EPIPE, "EPIPE"), (ECONNABORTED, "ECONNABORTED"),
        (EHOSTUNREACH, "EHOSTUNREACH"), (ENETUNREACH, "ENETUNREACH"), (ENOBUFS, "ENOBUFS"),
        (ENOMEM, "ENOMEM"), (EACCES, "EACCES"), (EPERM, "EPERM"), (EINVAL, "EINVAL"),
        (ENOPROTOOPT, "ENOPROTOOPT"), (ENOSPC, "ENOSPC"),
    ]

    /// Of an option that this kernel does not know.
    package static let noOption = ENOPROTOOPT
    package static let noAddress = EADDRNOTAVAIL
    package static let addressInUse = EADDRINUSE
    package static let reset = ECONNRESET
    package static let timedOut = ETIMEDOUT
}
