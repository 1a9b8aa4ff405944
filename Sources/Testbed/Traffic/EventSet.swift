import CNetlink
import Glibc
package import Kernel

/// Sockets that are waited for together (epoll(7)), each with a number that says whose it is.
///
/// Edge-triggered: a socket is told of once for each change, so it must be read until it would wait.
@safe
package struct EventSet: ~Copyable {
    private let descriptor: FileDescriptor
    private let events: UnsafeMutableBufferPointer<epoll_event>

    private init(descriptor: consuming FileDescriptor) {
        self.descriptor = descriptor
        unsafe events = .allocate(capacity: 256)
        unsafe events.initialize(repeating: epoll_event())
    }

    package static func open() throws(KernelError) -> EventSet {
        EventSet(
            descriptor: FileDescriptor(
                owning: try systemCall("make", "a set of events") {
                    epoll_create1(CInt(EPOLL_CLOEXEC))
                }))
    }

    /// Waits for something to read, and where `writable` also for room to write; 0, or the errno below zero.
    package func add(_ socket: TCPSocket, token: UInt64, writable: Bool = false) -> Int32 {
        control(EPOLL_CTL_ADD, socket, token, writable)
    }

    package func change(_ socket: TCPSocket, token: UInt64, writable: Bool) -> Int32 {
        control(EPOLL_CTL_MOD, socket, token, writable)
    }

    /// Waits for connections, and is told of them again until all are accepted.
    package func addListener(_ socket: TCPSocket, token: UInt64) -> Int32 {
        control(EPOLL_CTL_ADD, socket.descriptor, EPOLLIN.rawValue, token)
    }

    /// Waits for something else.
    package func add(_ waitable: Waitable, token: UInt64) -> Int32 {
        control(EPOLL_CTL_ADD, waitable.descriptor, EPOLLIN.rawValue, token)
    }

    private func control(
        _ operation: CInt, _ socket: TCPSocket, _ token: UInt64, _ writable: Bool
    ) -> Int32 {
        var kinds = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        if writable { kinds |= EPOLLOUT.rawValue }
        return control(operation, socket.descriptor, kinds, token)
    }

    private func control(
        _ operation: CInt, _ number: CInt, _ kinds: UInt32, _ token: UInt64
    ) -> Int32 {
        var event = unsafe epoll_event()
        unsafe event.events = kinds
        unsafe event.data.u64 = token
        return unsafe epoll_ctl(descriptor.number, operation, number, &event) == 0 ? 0 : -errno
    }

    /// Waits so long at most; how many events there are.
    ///
    /// - Parameter nanoseconds: nil waits for ever, and costs no timer.
    package func wait(nanoseconds: Int64?) -> Int {
        let count = unsafe tcptune_epoll_wait(
            descriptor.number, events.baseAddress, CInt(events.count),
            nanoseconds.map { max($0, 0) } ?? -1)
        return max(Int(count), 0)
    }

    /// Whose event it is.
    package func token(_ index: Int) -> UInt64 {
        precondition(unsafe events.indices.contains(index))
        return unsafe events[index].data.u64
    }

    /// True where the connection failed or was reset.
    package func hasFailed(_ index: Int) -> Bool {
        precondition(unsafe events.indices.contains(index))
        return unsafe events[index].events & EPOLLERR.rawValue != 0
    }

    /// True where the peer sends no more, or the connection is gone.
    package func hasEnded(_ index: Int) -> Bool {
        precondition(unsafe events.indices.contains(index))
        let ends = EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
        return unsafe events[index].events & ends != 0
    }

    deinit { unsafe events.deallocate() }
}
