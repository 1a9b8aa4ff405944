import Glibc
import HostState

extension PrivateNetwork {
    /// A port on which nobody listens: discard.
    private static let closedPort: UInt16 = 9
    /// Seconds in which the link comes up, or something is wrong that the traffic itself shows better.
    private static let patience = 3.0

    /// Waits until a packet of the client is answered by the server.
    ///
    /// The queue of a new link is put in place by another thread of the kernel (net/core/link_watch.c); on a busy machine
    /// that comes after the first packets, which are lost: the request for the neighbour's address is sent again
    /// after a second, and all connections wait for it (measured: 1 of about 70 networks at a load of 8).
    func awaitPath() throws(KernelError) {
        try run(in: .client) { () throws(KernelError) in
            let deadline = LoadClock.now + Int64(Self.patience * 1e9)
            let address = SocketAddress(Self.address(.server, 0), port: Self.closedPort)
            while LoadClock.now < deadline, try !Self.isRefused(by: address) {}
        }
    }

    /// Whether a connection there is answered with a reset; it leaves no state on either side.
    private static func isRefused(by address: SocketAddress) throws(KernelError) -> Bool {
        let number = TCPSocket.open(isIPv6: false)
        guard number >= 0 else {
            throw KernelError("open", "a socket", code: 0 &- number)
        }
        let socket = TCPSocket(descriptor: number)
        defer { socket.close() }
        let events = try EventSet.open()
        let result = socket.connect(to: address)
        if result == -ECONNREFUSED { return true }
        guard result == TCPSocket.inProgress, events.add(socket, token: 0, writable: true) == 0
        else { return false }
        guard events.wait(nanoseconds: 50_000_000) > 0 else { return false }
        return socket.takeError() == ECONNREFUSED
    }
}
