import Glibc

/// A listening socket with a name in the file system, for owner and group.
struct UnixListener {
    let path: String
    let descriptor: CInt
    private let device: dev_t
    private let inode: ino_t

    /// Reading and writing, which connecting asks for, of owner and group.
    static let mode: mode_t = 0o660

    /// Takes the place of an old socket on which nobody answers, and of nothing else.
    static func open(_ path: String, backlog: CInt) throws(WebError) -> UnixListener {
        let subject = "unix:" + path
        try clear(path, subject)
        let number = try Self.socket(subject)
        do throws(WebError) {
            // Before the file is there: what bind(2) makes has the socket's mode less the umask.
            _ = fchmod(number, mode)
            guard unsafe withAddress(path, { unsafe bind(number, $0, $1) }) == 0 else {
                throw WebError("listen on", subject, Errno.text())
            }
            guard unsafe chmod(path, mode) == 0, listen(number, backlog) == 0 else {
                throw WebError("listen on", subject, Errno.text())
            }
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else {
                throw WebError("listen on", subject, Errno.text())
            }
            return UnixListener(
                path: path, descriptor: number, device: status.st_dev, inode: status.st_ino)
        } catch {
            close(number)
            throw error
        }
    }

    /// Takes the name away, unless it is another's by now.
    func removeFile() {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_dev == device, status.st_ino == inode
        else { return }
        unsafe unlink(path)
    }

    private static func clear(_ path: String, _ subject: String) throws(WebError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw WebError("listen on", subject, "a file that is no socket is there")
        }
        let number = try socket(subject)
        defer { close(number) }
        if unsafe withAddress(path, { unsafe connect(number, $0, $1) }) == 0 {
            throw WebError("listen on", subject, "another program listens on it")
        }
        guard errno == ECONNREFUSED else { throw WebError("listen on", subject, Errno.text()) }
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw WebError("listen on", subject, Errno.text())
        }
    }

    private static func socket(_ subject: String) throws(WebError) -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_UNIX, kind | CInt(SOCK_NONBLOCK.rawValue), 0)
        guard number >= 0 else { throw WebError("listen on", subject, Errno.text()) }
        return number
    }

    private static func withAddress(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = path.utf8.prefix(MemoryLayout.size(ofValue: address.sun_path) - 1)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
