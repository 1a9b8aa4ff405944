import Kernel
import Model

/// Which address and port a client's end of a connection gets.
struct SourceBinding {
    private let ports: LoadPlan.PortChoice
    /// At a time, of all threads together.
    private let connections: Int
    private let share: ClientShare
    private let sources: [SocketAddress]
    private var nextSource: Int
    /// Ports that were bound in turn.
    private var boundPorts = 0

    init(_ plan: LoadPlan, share: ClientShare, sources: [SocketAddress]) {
        ports = plan.ports
        connections = plan.connections
        self.share = share
        self.sources = sources
        // The threads go through the addresses together, not all from the first.
        nextSource = share.first(of: plan.connections) % max(sources.count, 1)
    }

    /// Binds as the plan says; 0, or the errno below zero.
    ///
    /// - Parameters:
    ///   - place: of the connection among those of its client.
    ///   - turn: how often that place has bound a port of the ring.
    mutating func bind(
        _ socket: TCPSocket, to destination: SocketAddress, for place: Int, turn: inout Int32
    ) -> Int32 {
        guard ports != .kernel || !sources.isEmpty else { return 0 }
        var source = SocketAddress(
            destination.isIPv6 ? .unspecifiedV6 : .unspecifiedV4, port: 0)
        if !sources.isEmpty {
            source = sources[nextSource]
            nextSource = nextSource + 1 == sources.count ? 0 : nextSource + 1
        }
        switch ports {
        case .kernel:
            let result = socket.chooseNoPortAtBind()
            return result == 0 ? socket.bind(to: source) : result
        case .bindFirst(let late):
            let result = late ? socket.chooseNoPortAtBind() : 0
            return result == 0 ? socket.bind(to: source) : result
        case .range(let range):
            let result = socket.choosePorts(from: range)
            guard result == 0, !sources.isEmpty else { return result }
            let late = socket.chooseNoPortAtBind()
            return late == 0 ? socket.bind(to: source) : late
        case .inTurn(let range):
            // Of several threads each has every so many-th.
            let port =
                Int(range.lowerBound) + (share.index + boundPorts * share.count) % range.count
            boundPorts += 1
            return socket.bind(to: SocketAddress(source.address, port: UInt16(port)))
        case .ring(let size):
            // Each place has its own part of the ring, so no two connections meet on a port.
            let turns = max(size / connections, 1)
            let first = LoadPlan.ringStart + share.first(of: connections) + place
            let port = first + connections * (Int(turn) % turns)
            turn &+= 1
            let result = socket.allowPortReuse()
            return result == 0
                ? socket.bind(to: SocketAddress(source.address, port: UInt16(port))) : result
        }
    }
}
