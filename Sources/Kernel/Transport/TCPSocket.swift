import CNetlink
import Glibc

/// A TCP socket that never waits, for thousands of them in fixed places.
///
/// A plain value: whoever has it closes it once. What a call gives is its result, or the errno below zero: an error with a
/// text would cost an allocation a connection.
@safe
package struct TCPSocket: Sendable, Hashable {
    package let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// The errno of what cannot be done at once.
    package static let wouldBlock = -EAGAIN
    package static let inProgress = -EINPROGRESS

    /// Opens a socket; its descriptor, or the errno below zero.
    package static func open(isIPv6: Bool) -> Int32 {
        let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let result = Glibc.socket(isIPv6 ? AF_INET6 : AF_INET, CInt(kind), 0)
        return result >= 0 ? result : -errno
    }

    package func connect(to address: SocketAddress) -> Int32 {
        unsafe address.with { unsafe Glibc.connect(descriptor, $0, $1) == 0 ? 0 : -errno }
    }

    package func bind(to address: SocketAddress) -> Int32 {
        unsafe address.with { unsafe Glibc.bind(descriptor, $0, $1) == 0 ? 0 : -errno }
    }

    package func listen(backlog: Int32) -> Int32 {
        Glibc.listen(descriptor, backlog) == 0 ? 0 : -errno
    }

    /// The descriptor of the next connection, or the errno below zero.
    package func accept() -> Int32 {
        let result = tcptune_accept(
            descriptor, CInt(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
        return result >= 0 ? result : -errno
    }

    /// Sends bytes of a range; how many went, or the errno below zero.
    ///
    /// - Parameter isJoined: whether a last segment that is not full waits for what comes behind it: more bytes, or a FIN, which
    ///   then goes with it (MSG_MORE, send(2)).
    package func send(
        _ bytes: [UInt8], from start: Int, to end: Int, isJoined: Bool = false
    ) -> Int {
        precondition(0 <= start && start <= end && end <= bytes.count)
        let flags = CInt(MSG_NOSIGNAL) | (isJoined ? CInt(MSG_MORE) : 0)
        return unsafe bytes.withUnsafeBytes { room in
            guard let base = room.baseAddress else { return 0 }
            let sent = unsafe Glibc.send(descriptor, base + start, end - start, flags)
            return sent >= 0 ? sent : -Int(errno)
        }
    }

    /// Reads what has come into the buffer; how many bytes, 0 at the end, or the errno below zero.
    package func receive(into buffer: inout [UInt8]) -> Int {
        unsafe buffer.withUnsafeMutableBytes { room in
            let count = unsafe Glibc.recv(descriptor, room.baseAddress, room.count, 0)
            return count >= 0 ? count : -Int(errno)
        }
    }

    package func shutdownSending() -> Int32 {
        Glibc.shutdown(descriptor, CInt(SHUT_WR)) == 0 ? 0 : -errno
    }

    package func close() { _ = Glibc.close(descriptor) }

    /// Closes with a reset: no TIME_WAIT stays, and what was not yet sent is lost (SO_LINGER of 0 s).
    package func reset() {
        _ = waitWhenClosing(seconds: 0)
        close()
    }

    /// Has close(2) wait for the end of sending so many seconds, and reset the connection then (SO_LINGER).
    package func waitWhenClosing(seconds: Int32) -> Int32 {
        set(SOL_SOCKET, SO_LINGER, to: linger(l_onoff: 1, l_linger: seconds))
    }

    /// Takes requests that come with the SYN, of so many connections at a time (TCP Fast Open).
    package func takeFastOpen(queue: Int32) -> Int32 {
        set(CInt(IPPROTO_TCP), CInt(TCPTUNE_TCP_FASTOPEN), to: queue)
    }

    /// Leaves the SYN to the first send(2), where a cookie of the server is known (since Linux 4.11).
    package func openFast() -> Int32 {
        set(CInt(IPPROTO_TCP), CInt(TCPTUNE_TCP_FASTOPEN_CONNECT), to: CInt(1))
    }

    /// Has the last step of the handshake go out with the first bytes that are sent, in one segment (TCP_QUICKACK of 0).
    package func joinLastStep() -> Int32 {
        set(CInt(IPPROTO_TCP), CInt(TCPTUNE_TCP_QUICKACK), to: CInt(0))
    }

    /// Sends what is written at once, though something sent before is not acknowledged yet (TCP_NODELAY).
    ///
    /// Source: `net/ipv4/tcp_output.c:tcp_nagle_check`.
    package func sendAtOnce() -> Int32 { set(CInt(IPPROTO_TCP), TCP_NODELAY, to: CInt(1)) }

    /// Acknowledges what has come at once (TCP_QUICKACK).
    ///
    /// Source: `net/ipv4/tcp.c:__tcp_sock_set_quickack`.
    package func acknowledgeAtOnce() -> Int32 {
        set(CInt(IPPROTO_TCP), CInt(TCPTUNE_TCP_QUICKACK), to: CInt(1))
    }

    /// Lets several sockets listen on one port, each with its share of the connections (SO_REUSEPORT).
    package func shareListening() -> Int32 { set(SOL_SOCKET, SO_REUSEPORT, to: CInt(1)) }

    /// Resets the connection and keeps the socket, as if it were new, for another one (connect(2) with AF_UNSPEC).
    ///
    /// The peer sees what it sees of ``reset()``. A port that the kernel chose is given back; one that was bound stays.
    /// Source: `net/ipv4/tcp.c:tcp_disconnect`.
    package func disconnect() -> Int32 {
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        let length = socklen_t(MemoryLayout<sockaddr>.size)
        return unsafe Glibc.connect(descriptor, &nowhere, length) == 0 ? 0 : -errno
    }

    /// Why the connection failed (SO_ERROR): 0 where it did not.
    package func takeError() -> Int32 {
        var code: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        let result = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return result == 0 ? code : errno
    }

    /// Lets its port be bound while an old connection of it waits (SO_REUSEADDR).
    package func allowPortReuse() -> Int32 { set(SOL_SOCKET, SO_REUSEADDR, to: CInt(1)) }

    /// Leaves the choice of a port to connect(2), which knows the destination (since Linux 4.2).
    package func chooseNoPortAtBind() -> Int32 {
        set(CInt(IPPROTO_IP), CInt(TCPTUNE_IP_BIND_ADDRESS_NO_PORT), to: CInt(1))
    }

    /// Narrows the ports that the kernel chooses from (since Linux 6.3).
    package func choosePorts(from range: ClosedRange<UInt16>) -> Int32 {
        let value = UInt32(range.lowerBound) | UInt32(range.upperBound) << 16
        return set(
            CInt(IPPROTO_IP), CInt(TCPTUNE_IP_LOCAL_PORT_RANGE), to: value)
    }

    /// Has the kernel note when bytes reach this host, for ``receiveStamped(into:atMost:)`` (SO_TIMESTAMPNS).
    package func stampArrivals() -> Int32 { set(SOL_SOCKET, SO_TIMESTAMPNS, to: CInt(1)) }

    /// Reads what has come into the buffer, and when the last of it reached this host, in nanoseconds of CLOCK_REALTIME; nil
    /// where the kernel did not note it.
    ///
    /// Of segments that the kernel has joined by then it is the time of the last one. Source: `net/ipv4/tcp.c:tcp_recv_timestamp`.
    package func receiveStamped(
        into buffer: inout [UInt8], atMost most: Int
    ) -> (count: Int, arrived: Int64?) {
        unsafe buffer.withUnsafeMutableBytes { room in
            var time: CLongLong = 0
            let count = unsafe tcptune_receive_stamped(
                descriptor, room.baseAddress, UInt(min(room.count, most)), &time)
            return (count >= 0 ? Int(count) : -Int(errno), time > 0 ? Int64(time) : nil)
        }
    }

    private func set<Value: BitwiseCopyable>(
        _ level: CInt, _ option: CInt, to value: Value
    ) -> Int32 {
        unsafe withUnsafeBytes(of: value) {
            unsafe setsockopt(descriptor, level, option, $0.baseAddress, socklen_t($0.count)) == 0
                ? 0 : -errno
        }
    }
}
