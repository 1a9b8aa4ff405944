import CNetlink
import Glibc
import HostState

extension PrivateNetwork {
    /// Waits until packets pass from the calling thread's namespace to the address and back.
    ///
    /// An interface that was just raised loses what it is given until a work queue has seen that its peer is up, too
    /// (`net/core/link_watch.c:linkwatch_do_dev`), which takes up to a second while many are made.
    ///
    /// - Throws: ETIMEDOUT after ten seconds.
    static func waitForPath(to address: IPAddress) throws(KernelError) {
        // The discard port: nobody listens, so the answer is a reset, and nothing is left of it.
        let target = SocketAddress(address, port: 9)
        let end = LoadClock.now + 10_000_000_000
        while LoadClock.now < end {
            let descriptor = TCPSocket.open(isIPv6: false)
            guard descriptor >= 0 else {
                throw KernelError("open", "a socket", code: -descriptor)
            }
            let socket = TCPSocket(descriptor: descriptor)
            defer { socket.close() }
            for _ in 0..<20 {
                if socket.progress(to: target) == .failed(ECONNREFUSED) { return }
                LoadClock.rest(milliseconds: 1)
            }
        }
        throw KernelError("reach", "\(address) in a private network", code: ETIMEDOUT)
    }
}
