import Glibc

extension FileDescriptor {
    /// One read(2) into a buffer that is kept; the number of bytes it gave.
    func readOnce(into buffer: inout [UInt8], subject: String) throws(KernelError) -> Int {
        try systemCall("read", subject) {
            unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe read(number, bytes.baseAddress, bytes.count)
            }
        }
    }

    /// What one read(2) gives; room that it does not fill is never touched, so that much of it costs little.
    func readOnce(room: Int, subject: String) throws(KernelError) -> [UInt8] {
        var failure: KernelError?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            do throws(KernelError) {
                count = try systemCall("read", subject) {
                    unsafe read(number, buffer.baseAddress, buffer.count)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// The bytes up to the end of the file or to a limit, whichever comes first.
    func readUp(to limit: Int, subject: String) throws(KernelError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: min(limit, 16384))
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let count = try readOnce(into: &buffer, subject: subject)
            if count == 0 { break }
            bytes.append(contentsOf: buffer.prefix(min(count, limit - bytes.count)))
        }
        return bytes
    }
}
