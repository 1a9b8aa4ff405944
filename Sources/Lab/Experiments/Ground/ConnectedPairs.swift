import Kernel
import Testbed

/// Connections of which a trial holds both ends.
struct ConnectedPairs {
    private(set) var clients: [TCPSocket]
    private(set) var servers: [TCPSocket]

    /// Opens so many, each accepted before the next begins: the two ends of one have the same place.
    ///
    /// - Parameters:
    ///   - listener: listens at the address.
    ///   - address: as ``TrialGround/server`` has it.
    static func make(
        _ count: Int, from sockets: [TCPSocket], to listener: TCPSocket,
        at address: SocketAddress, _ stop: StopSign
    ) throws(KernelError) -> ConnectedPairs {
        var pairs = ConnectedPairs(clients: sockets, servers: [])
        do throws(KernelError) {
            for client in sockets.prefix(count) {
                _ = client.progress(to: address)
                let isAccepted = try TrialGround.wait(seconds: 10, every: 1, stop) {
                    let descriptor = listener.accept()
                    guard descriptor >= 0 else { return false }
                    pairs.servers.append(TCPSocket(descriptor: descriptor))
                    return true
                }
                guard isAccepted else {
                    throw KernelError("make", "a connection", code: TCPSocket.timedOut)
                }
            }
        } catch {
            pairs.close()
            throw error
        }
        return pairs
    }

    mutating func closeClients() {
        for client in clients { client.close() }
        clients = []
    }

    /// Closes the server's end of the first pair alone.
    mutating func closeFirstServer() { servers.removeFirst().close() }

    mutating func closeServers() {
        for server in servers { server.close() }
        servers = []
    }

    mutating func close() {
        closeClients()
        closeServers()
    }
}
