package import Kernel
import Model

/// The TIME_WAIT sockets of the namespace that the calling thread is in.
package enum TimeWaits {
    /// Seconds for which one of them stays; nil where there is none between these ends.
    package static func left(
        from source: SocketAddress, to destination: SocketAddress
    ) throws(KernelError) -> Double? {
        let row = try SocketLookup.open().row(from: source, to: destination)
        return row.flatMap { $0.state == .timeWait ? Double($0.expires) / 1000 : nil }
    }
}
