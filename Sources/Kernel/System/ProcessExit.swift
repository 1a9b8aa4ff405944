import Glibc

/// Ends the process.
package enum ProcessExit {
    package static func leave(with status: Int32) -> Never { exit(status) }
}
