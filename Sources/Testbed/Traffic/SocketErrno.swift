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
    package static let refused = ECONNREFUSED
}

extension SocketErrno {
    /// Its name, or its number where it is none that a socket usually meets.
    package static func name(_ code: Int32) -> String {
        all.first { $0.code == code }?.name ?? "errno \(code)"
    }

    /// The C library's words for it: `Connection refused`.
    package static func words(_ name: String) -> String? {
        all.first { $0.name == name }.map { unsafe String(cString: strerror($0.code)) }
    }
}
