import Glibc

/// The lines of a file of any length, through one buffer.
struct LineStream {
    private var buffer: [UInt8]
    /// How much of the buffer holds bytes.
    private var filled = 0
    private var isAtEnd = false
    private var isInsideTooLong = false
    /// Lines longer than the buffer, which are passed over.
    private(set) var linesTooLong = 0

    init(room: Int) { buffer = Array(repeating: 0, count: max(room, 256)) }

    /// Reads once more; false after the end.
    mutating func fill(
        from file: borrowing FileDescriptor, subject: String
    ) throws(KernelError) -> Bool {
        if isAtEnd { return false }
        let descriptor = file.number
        let start = filled
        let got = try systemCall("read", subject) {
            unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(
                    descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
            }
        }
        filled += got
        isAtEnd = got == 0
        return true
    }

    /// Hands over all whole lines that are there, and at the end also a last one without a newline.
    mutating func takeWholeLines(_ body: (Span<UInt8>) -> Void) {
        var end = filled
        if !isAtEnd { while end > 0, buffer[end - 1] != 10 { end -= 1 } }
        guard end > 0 else { return dropLineTooLong() }
        var start = 0
        if isInsideTooLong {
            while start < end, buffer[start] != 10 { start += 1 }
            start = min(start + 1, end)
            isInsideTooLong = false
        }
        body(buffer.span.extracting(start..<end))
        for index in end..<filled { buffer[index - end] = buffer[index] }
        filled -= end
    }

    private mutating func dropLineTooLong() {
        guard filled == buffer.count else { return }
        if !isInsideTooLong { linesTooLong += 1 }
        isInsideTooLong = true
        filled = 0
    }
}
