import Glibc

/// Small files, whole.
enum FileBytes {
    /// More than any configuration or certificate has, in bytes.
    static let limit = 1 << 20

    /// - Throws: what the kernel says, or that it is no file of a sensible size.
    static func read(_ path: String) throws(WebError) -> [UInt8] {
        // A pipe in the place of a file must not hold the server up.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw WebError("read", path, Errno.text()) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw WebError("read", path, Errno.text())
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw WebError("read", path, "it is not a regular file")
        }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw WebError("read", path, Errno.text()) }
            if count == 0 { return bytes }
            bytes += block[..<count]
            guard bytes.count <= limit else {
                throw WebError("read", path, "it is larger than 1 MiB")
            }
        }
    }
}
