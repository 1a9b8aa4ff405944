package import Kernel
package import Model
package import Testbed

/// What traffic to make, and how.
package struct LoadPlan: Sendable {
    package var target = Target.ownPair
    /// What joins the own namespaces.
    package var link = PrivateNetwork.Link.veth
    /// What carries the connections between the own namespaces.
    package var family = InternetFamily.v4
    package var pace = Pace.closed
    /// Connections at a time at most.
    package var connections = 8
    /// How long connections are begun, without the warm-up; nil where a count says when to end.
    package var seconds: Double?
    /// How many requests are made; nil where the time says when to end.
    package var count: Int?
    /// Seconds at the beginning that are not counted.
    package var warmUp = 0.0
    package var close = CloseMode.client
    package var requestsPerConnection = 1
    package var requestBytes = 1
    package var responseBytes = 1
    /// The path that is asked for by HTTP/1.1; nil for bytes without a meaning.
    package var httpPath: String?
    /// Nil for bytes as they are.
    package var tls: LoadTLS?
    /// What HTTP names the server; nil for its address.
    package var hostName: String?
    /// Seconds between a response and the next request of its connection.
    package var think = 0.0
    /// Seconds for which a connection stays open after its last response.
    package var hold = 0.0
    /// Seconds after which an unanswered request is given up.
    package var timeout = 5.0
    package var ports = PortChoice.kernel
    /// Addresses of the client.
    package var sources = 1
    /// Addresses of the own server.
    package var destinations = 1
    /// The listen() argument of the own server.
    package var backlog: Int32 = 4096
    /// Seconds, in whole milliseconds, that the own server has to do something else before each accept().
    package var acceptDelay = 0.0
    /// The own server closes after the last response, also where the client closes never.
    package var serverLeaves = false
    /// Seconds by which one request in a hundred may be begun late; with more the run is void.
    package var latenessAllowed = SelfWatch.mostLag
    /// Void where the generator waited for a processor; where only counts are wanted, it does not matter.
    package var voidsStarved = false
    /// Settings of the own pair of namespaces, both sides.
    package var settings: [Assignment] = []
    package var seed: UInt64 = 1
    /// Seconds for which closing sends what is left, before it resets (SO_LINGER); nil without it.
    package var linger: Double?
    /// Sends the first request with the SYN where a cookie of the server is known (TCP Fast Open, RFC 7413).
    package var fastOpen = false
    /// Threads of the client at least, each with its share of connections and rate.
    package var threads = 1
    /// Looks at both sides' sockets every tenth of a second.
    package var isSampled = true

    package init() {}

    package enum Target: Sendable {
        /// A server of its own, in a namespace of its own.
        case ownPair
        case addresses([SocketAddress])
    }

    /// Who chooses the port of the client's end, and when.
    package enum PortChoice: Sendable, Hashable {
        /// The kernel, in connect().
        case kernel
        /// The kernel, in bind() before connect(); where `late`, only the address then (IP_BIND_ADDRESS_NO_PORT).
        case bindFirst(late: Bool)
        /// The kernel, from these (IP_LOCAL_PORT_RANGE).
        case range(ClosedRange<UInt16>)
        /// These, one after the other and from the first again, whether they are free or not.
        case inTurn(ClosedRange<UInt16>)
        /// A ring of so many ports of its own: hides that ports run out.
        case ring(Int)
    }

    package struct Assignment: Sendable {
        package var key: SysctlKey
        package var value: String

        package init(key: SysctlKey, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// The first port of a ring, below those from which the kernel chooses by itself.
    static let ringStart = 10_000
    /// Ports of a ring that each connection needs.
    ///
    /// Until the server's FIN has come the old connection is in FIN_WAIT2, and connect() refuses its port; with one port
    /// each a third failed so.
    package static let ringShare = 4
    /// Ports that a ring may have.
    package static let ringRoom = 20_000

    package var isOwnPair: Bool {
        if case .ownPair = target { return true }
        return false
    }

    /// The request goes out with the last step of the handshake: a segment less, a twentieth of a short connection.
    ///
    /// Not between two own namespaces, which are there to show each step.
    var joinsLastStep: Bool { !isOwnPair || link == .loopback }

    /// The client chooses its ports itself.
    var bindsPorts: Bool {
        switch ports {
        case .inTurn, .ring: true
        case .kernel, .bindFirst, .range: false
        }
    }

    /// What joins client and own server, in a word; nil where the server is another's.
    package var linkName: String? { isOwnPair ? link.rawValue : nil }

    /// `127.0.0.1:80`, `[::1]:80`; empty for the own server.
    package var targetNames: [String] {
        guard case .addresses(let addresses) = target else { return [] }
        return addresses.map {
            $0.isIPv6 ? "[\($0.address)]:\($0.port)" : "\($0.address):\($0.port)"
        }
    }

    /// The settings of the own namespaces, by key.
    package var sysctls: [String: String] {
        Dictionary(settings.map { ($0.key.name, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// What the client sends for one request.
    var request: [UInt8] { request(isLast: false) }

    /// What it sends for the last of a connection: a server that is not ours is told so, to close it.
    var lastRequest: [UInt8] { request(isLast: !isOwnPair && close == .server) }

    private func request(isLast: Bool) -> [UInt8] {
        guard let httpPath else { return [UInt8](repeating: 0x71, count: max(requestBytes, 1)) }
        let host = hostName ?? targetNames.first ?? "tcptune"
        return Array(
            ("GET \(httpPath) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: tcptune\r\n"
                + (isLast ? "Connection: close\r\n\r\n" : "\r\n")).utf8)
    }

    /// What the own server sends for one response.
    var response: [UInt8] {
        let body = [UInt8](repeating: 0x61, count: max(responseBytes, httpPath == nil ? 1 : 0))
        guard httpPath != nil else { return body }
        return Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
    }
}
