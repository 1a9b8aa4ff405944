import CNetlink
import Glibc

/// Something that becomes ready to be read, or to be written to.
package struct Waitable: Sendable {
    package let descriptor: CInt
    var isWritten = false

    /// Of a descriptor that stays open meanwhile.
    package init(descriptor: CInt, isWritten: Bool = false) {
        self.descriptor = descriptor
        self.isWritten = isWritten
    }

    /// Standard input.
    package static let input = Waitable(descriptor: 0)

    /// What standard input has for now; empty at its end, nil where it cannot be read.
    package static func readInput() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1024)
        guard
            let count = try? systemCall("read", "standard input", { unsafe read(0, &buffer, 1024) })
        else {
            return nil
        }
        return Array(buffer.prefix(count))
    }

    /// Waits until one of them is ready, or hung up; false where the time ran out first.
    ///
    /// - Parameter seconds: nil waits for ever.
    package static func wait(
        for waitables: [Waitable], atMost seconds: Double? = nil
    ) throws(KernelError) -> [Bool] {
        var descriptors = waitables.map {
            pollfd(
                fd: $0.descriptor, events: Int16($0.isWritten ? POLLOUT : POLLIN), revents: 0)
        }
        let count = nfds_t(descriptors.count)
        let milliseconds = seconds.map { CInt(min(max($0, 0) * 1000 + 0.999, 86_400_000)) } ?? -1
        _ = try systemCall("wait for", "events") {
            unsafe poll(&descriptors, count, milliseconds)
        }
        return descriptors.map { $0.revents != 0 }
    }
}

extension FileDescriptor {
    /// Reads away what is there, of a descriptor that does not block.
    func drain() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let got = unsafe read(number, &buffer, 4096)
            if got < 4096 { return }
        }
    }
}
