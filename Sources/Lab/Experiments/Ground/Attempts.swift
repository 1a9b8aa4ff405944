import Kernel
import Testbed

/// Clients that try to connect, and how far each has come.
struct Attempts {
    private var sockets: [TCPSocket]
    private var progress: [TCPSocket.Progress]
    private let target: SocketAddress

    init(_ sockets: [TCPSocket], to target: SocketAddress) {
        self.sockets = sockets
        self.target = target
        progress = []
    }

    /// Begins the next one, and looks how far it came.
    mutating func begin() {
        guard progress.count < sockets.count else { return }
        let first = sockets[progress.count].progress(to: target)
        progress.append(first)
    }

    mutating func beginAll() {
        while progress.count < sockets.count { begin() }
    }

    /// Looks at all that are under way.
    mutating func look() {
        for index in progress.indices where progress[index] == .waiting {
            progress[index] = sockets[index].progress(to: target)
        }
    }

    var count: Int { sockets.count }
    var hasLastConnected: Bool { progress.last == .connected }
    var waiting: Int { progress.count { $0 == .waiting } }
    var connected: Int { progress.count { $0 == .connected } }

    /// How many failed with an errno.
    func failed(_ code: Int32) -> Int { progress.count { $0 == .failed(code) } }

    /// Connections that were reset after they seemed to stand, too.
    func reset() -> Int {
        zip(sockets, progress).count { socket, progress in
            switch progress {
            case .connected: socket.isReset()
            case .failed(let code): code == TCPSocket.wasReset
            case .waiting: false
            }
        }
    }

    /// Throws away what the peer sends, from now on, and does not give up for two minutes.
    ///
    /// Who has given up answers the peer's SYN-ACK by a reset.
    func dropIncoming() throws(KernelError) {
        try each("filter") { $0.dropIncoming() }
        try each("have patience with") { $0.repeatSYN(times: 6) }
    }

    func acceptIncoming() throws(KernelError) { try each("stop to filter") { $0.acceptIncoming() } }

    private func each(
        _ verb: String, _ change: (TCPSocket) -> Int32
    ) throws(KernelError) {
        for socket in sockets {
            let code = change(socket)
            guard code >= 0 else { throw KernelError(verb, "a socket", code: -code) }
        }
    }
}
