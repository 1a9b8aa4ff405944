import Glibc

/// The number that the kernel gives a network namespace for as long as it runs: no other of this boot ever has it.
///
/// An inode is used again as soon as its namespace is gone; this is not. SO_NETNS_COOKIE, Linux 5.14 and later
/// (`net/core/sock.c:sk_getsockopt`, `net/core/net_namespace.c:net_gen_cookie`).
package enum NamespaceCookie {
    /// `include/uapi/asm-generic/socket.h`; glibc's headers of 2.36 lack it.
    private static let option: CInt = 71

    /// That of the namespace that the calling thread is in; nil where the kernel gives none.
    ///
    /// What cannot be asked is no answer: without a cookie the values of a namespace would be looked for under another name.
    package static func read() throws(KernelError) -> UInt64? {
        let file = FileDescriptor(
            owning: try systemCall("make", "a socket") {
                socket(AF_INET, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
            })
        var cookie: UInt64 = 0
        var length = socklen_t(MemoryLayout<UInt64>.size)
        let number = file.number
        let status = unsafe getsockopt(number, SOL_SOCKET, option, &cookie, &length)
        return status == 0 ? cookie : nil
    }
}
