import CNetlink
import Glibc

/// What getaddrinfo(3) gives for a host and a port, for TCP.
@safe
struct AddressList: ~Copyable {
    private let first: UnsafeMutablePointer<addrinfo>?

    init(_ host: String, _ port: String, flags: CInt) throws(KernelError) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = flags
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, port, &hints, &list)
        guard code == 0 else {
            throw KernelError(
                "find", host, code: ENOENT, detail: unsafe String(cString: gai_strerror(code)))
        }
        unsafe first = list
    }

    func forEach(_ body: (addrinfo) -> Void) {
        var next = unsafe first
        while let address = unsafe next {
            unsafe body(address.pointee)
            unsafe next = address.pointee.ai_next
        }
    }

    deinit { unsafe freeaddrinfo(first) }
}
