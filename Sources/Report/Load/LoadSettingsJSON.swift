import Lab

/// What was asked for in a run, so that it can be repeated.
struct LoadSettingsJSON: Codable, Hashable, Sendable {
    /// Empty where the server was the program's own.
    let target: [String]
    /// What joined the own namespaces.
    @Explicit var link: String?
    let pace: String
    @Explicit var rateFrom: Double?
    @Explicit var rateTo: Double?
    @Explicit var seconds: Double?
    @Explicit var count: Int?
    let warmUp: Double
    let connections: Int
    let threads: Int
    let close: String
    @Explicit var linger: Double?
    let requests: Int
    let requestBytes: Int
    let responseBytes: Int
    @Explicit var path: String?
    /// Whether TLS is spoken; nil in documents of earlier versions.
    let tls: Bool?
    @Explicit var tlsName: String?
    let tlsResume: Bool?
    let think: Double
    let hold: Double
    let timeout: Double
    let fastOpen: Bool
    let ports: String
    @Explicit var sourcePorts: Int?
    let sources: Int
    let destinations: Int
    let backlog: Int
    /// By key, of the own namespaces.
    let sysctls: [String: String]
    let seed: UInt64

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

    init(_ plan: LoadPlan) {
        target = plan.targetNames
        _link = Explicit(wrappedValue: plan.linkName)
        switch plan.pace {
        case .closed: pace = "closed"
        case .open(let from, let to, let spacing):
            pace = spacing.rawValue
            _rateFrom = Explicit(wrappedValue: from)
            _rateTo = Explicit(wrappedValue: to)
        }
        _seconds = Explicit(wrappedValue: plan.seconds)
        _count = Explicit(wrappedValue: plan.count)
        warmUp = plan.warmUp
        connections = plan.connections
        threads = plan.threads
        close = plan.close.rawValue
        _linger = Explicit(wrappedValue: plan.linger)
        requests = plan.requestsPerConnection
        requestBytes = plan.requestBytes
        responseBytes = plan.responseBytes
        _path = Explicit(wrappedValue: plan.httpPath)
        tls = plan.tls != nil
        _tlsName = Explicit(wrappedValue: plan.tls?.name)
        tlsResume = plan.tls?.resumes ?? false
        think = plan.think
        hold = plan.hold
        timeout = plan.timeout
        fastOpen = plan.fastOpen
        switch plan.ports {
        case .kernel: ports = "kernel"
        case .bindFirst(let late): ports = late ? "bind-address-no-port" : "bind-first"
        case .range(let range): ports = "\(range.lowerBound)-\(range.upperBound)"
        case .inTurn(let range): ports = "in-turn \(range.lowerBound)-\(range.upperBound)"
        case .ring(let size):
            ports = "ring"
            _sourcePorts = Explicit(wrappedValue: size)
        }
        sources = plan.sources
        destinations = plan.destinations
        backlog = Int(plan.backlog)
        sysctls = plan.sysctls
        seed = plan.seed
    }
}
