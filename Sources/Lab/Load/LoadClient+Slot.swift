import Kernel
import Testbed

extension LoadClient {
    /// A place for a connection.
    struct Slot {
        var phase = Phase.free
        var hasFirstByte = false
        /// Its events are waited for.
        var isWatched = false
        /// Begun after the warm-up.
        var counts = false
        var socket = TCPSocket(descriptor: -1)
        var requestsLeft: Int32 = 0
        var sent: Int32 = 0
        /// Bytes of the response that have not come, where it is no HTTP.
        var left: Int32 = 0
        /// How often this place has bound a port of the ring.
        var turn: Int32 = 0
        var begun: Int64 = 0
        var intended: Int64 = 0
        var http = HTTPResponseReader()
        /// Which address it goes to.
        var destination: Int32 = 0
        /// When its connection was there.
        var connected: Int64 = 0
        var tls: TLSEngine?
        /// Bytes of TLS that the socket had no room for yet.
        var unsent: [UInt8] = []
    }

    enum Phase: UInt8 {
        case free
        /// Waits to begin again after a failure.
        case resting
        case connecting
        /// Makes the handshake of TLS.
        case shaking
        case answering
        /// Waits until the next request.
        case thinking
        /// Stays open after its last response.
        case holding
        /// Waits for the server to close.
        case ending
        /// Stays open until the run ends.
        case kept
    }
}
