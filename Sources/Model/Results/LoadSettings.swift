/// What was asked for in a run, so that it can be repeated.
public struct LoadSettings: Codable, Hashable, Sendable {
    /// Empty where the server was the program's own.
    public let target: [String]
    /// What joined the own namespaces.
    @Explicit public var link: String?
    public let pace: String
    @Explicit public var rateFrom: Double?
    @Explicit public var rateTo: Double?
    @Explicit public var seconds: Double?
    @Explicit public var count: Int?
    public let warmUp: Double
    public let connections: Int
    public let threads: Int
    public let close: String
    @Explicit public var linger: Double?
    public let requests: Int
    public let requestBytes: Int
    public let responseBytes: Int
    @Explicit public var path: String?
    /// Whether TLS is spoken; nil in documents of earlier versions.
    public let tls: Bool?
    @Explicit public var tlsName: String?
    public let tlsResume: Bool?
    public let think: Double
    public let hold: Double
    public let timeout: Double
    public let fastOpen: Bool
    public let ports: String
    @Explicit public var sourcePorts: Int?
    public let sources: Int
    public let destinations: Int
    public let backlog: Int
    /// By key, of the own namespaces.
    public let sysctls: [String: String]
    public let seed: UInt64

    public init(
        target: [String],
        link: String? = nil,
        pace: String,
        rateFrom: Double? = nil,
        rateTo: Double? = nil,
        seconds: Double? = nil,
        count: Int? = nil,
        warmUp: Double,
        connections: Int,
        threads: Int,
        close: String,
        linger: Double? = nil,
        requests: Int,
        requestBytes: Int,
        responseBytes: Int,
        path: String? = nil,
        tls: Bool?,
        tlsName: String? = nil,
        tlsResume: Bool?,
        think: Double,
        hold: Double,
        timeout: Double,
        fastOpen: Bool,
        ports: String,
        sourcePorts: Int? = nil,
        sources: Int,
        destinations: Int,
        backlog: Int,
        sysctls: [String: String],
        seed: UInt64
    ) {
        self.target = target
        self.link = link
        self.pace = pace
        self.rateFrom = rateFrom
        self.rateTo = rateTo
        self.seconds = seconds
        self.count = count
        self.warmUp = warmUp
        self.connections = connections
        self.threads = threads
        self.close = close
        self.linger = linger
        self.requests = requests
        self.requestBytes = requestBytes
        self.responseBytes = responseBytes
        self.path = path
        self.tls = tls
        self.tlsName = tlsName
        self.tlsResume = tlsResume
        self.think = think
        self.hold = hold
        self.timeout = timeout
        self.fastOpen = fastOpen
        self.ports = ports
        self.sourcePorts = sourcePorts
        self.sources = sources
        self.destinations = destinations
        self.backlog = backlog
        self.sysctls = sysctls
        self.seed = seed
    }

    enum CodingKeys: String, CodingKey {
        case target, link, pace, count, connections, threads, close, requests, path, ports, sources
        case destinations, backlog, sysctls, seed
        case rateFrom = "rate_from_per_second"
        case rateTo = "rate_to_per_second"
        case seconds = "for_seconds"
        case warmUp = "warm_up_seconds"
        case linger = "linger_seconds"
        case requestBytes = "request_bytes"
        case responseBytes = "response_bytes"
        case think = "think_seconds"
        case hold = "hold_seconds"
        case timeout = "timeout_seconds"
        case tls
        case tlsName = "tls_name"
        case tlsResume = "tls_resume"
        case fastOpen = "fast_open"
        case sourcePorts = "source_ports"
    }
}
