import Kernel
import Model
import Testbed

/// A client and a server with a gateway between them that tracks connections.
struct Gateway: Sendable {
    let network: RoutedNetwork
    private let scene: ConntrackFull.Case
    private let limit: Int

    static func make(
        _ scene: ConntrackFull.Case, limit: Int
    ) throws(KernelError) -> Gateway {
        let network = try RoutedNetwork.make(scene.arm.family)
        try network.run(in: .middle) { () throws(KernelError) in
            // First, for the settings of tracking are there only where it is.
            try ConnectionTracking.start(scene.arm.family)
            if scene.isExempt { try ConnectionTracking.exemptAll(scene.arm.family) }
        }
        for side in RoutedNetwork.Side.allCases {
            try network.run(in: side) { () throws(KernelError) in
                try TrialGround.hasten()
                try TrialGround.apply(scene.arm)
            }
        }
        return Gateway(network: network, scene: scene, limit: limit)
    }

    /// Fills the table as far as the arm wants it; how many entries it has.
    func fill(_ stop: StopSign) throws(KernelError) -> Int {
        let wanted = Int(Double(limit) * scene.fill)
        return try network.run(in: .middle) { () throws(KernelError) in
            try ConntrackTable.fill(to: wanted) { stop.isSet }
        }
    }

    /// Packets that the gateway's tracking dropped.
    func drops() throws(KernelError) -> Int64 {
        try network.run(in: .middle) { () throws(KernelError) in
            TrialGround.counters()["nf_conntrack", "drop"] ?? 0
        }
    }

    /// Has an open connection answer, then closes it, the client first; reads the timers of its entry and of its TIME_WAIT.
    ///
    /// What is not tracked has no entry, and so no timer of one.
    func lives(
        of pairs: inout ConnectedPairs, _ stop: StopSign
    ) throws(KernelError) -> [String: Double] {
        guard let client = pairs.clients.first, let server = pairs.servers.first,
            let port = client.localPort()
        else { return [:] }
        let end = SocketAddress(network.clientAddress, port: port)
        let listening = TrialGround.server(network.family)
        let tuple = ConntrackTable.Tuple(source: end, destination: listening)
        var values: [String: Double] = [:]

        var byte: [UInt8] = [0]
        _ = client.send([1], from: 0, to: 1)
        let hasAnswered = try TrialGround.wait(seconds: 20, stop) {
            server.receive(into: &byte) == 1
        }
        values["old_answers"] = hasAnswered ? 1 : 0
        values["entry_established_seconds"] = try timer(tuple, in: ["ESTABLISHED"], stop)

        _ = client.shutdownSending()
        _ = try TrialGround.wait(seconds: 20, stop) { server.receive(into: &byte) == 0 }
        values["entry_half_closed_seconds"] = try timer(tuple, in: ["CLOSE_WAIT"], stop)

        pairs.closeFirstServer()
        _ = try TrialGround.wait(seconds: 20, stop) { client.receive(into: &byte) == 0 }
        pairs.closeClients()
        values["entry_time_wait_seconds"] = try timer(tuple, in: ["TIME_WAIT"], stop)
        values["tcp_time_wait_seconds"] = try network.run(in: .client) {
            () throws(KernelError) in
            let row = try SocketLookup.open().row(from: end, to: listening)
            return row?.state == .timeWait ? row.map { Double($0.expires) / 1000 } : nil
        }
        return values
    }

    /// The seconds that an entry has left, once it is in one of the states; nil where it never is.
    private func timer(
        _ tuple: ConntrackTable.Tuple, in states: Set<String>, _ stop: StopSign
    ) throws(KernelError) -> Double? {
        guard !scene.isExempt else { return nil }
        return try network.run(in: .middle) { () throws(KernelError) in
            var left: UInt32?
            _ = try TrialGround.wait(seconds: 10, stop) { () throws(KernelError) in
                let entry = try ConntrackTable.entry(of: tuple)
                if let state = entry?.state, states.contains(state) { left = entry?.secondsLeft }
                return left != nil
            }
            return left.map { Double($0) }
        }
    }
}
