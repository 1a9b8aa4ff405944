/// Whom a host asks for names, and how: resolv.conf(5).
public struct ResolverConfiguration: Sendable, Hashable {
    public var servers: [Server]
    /// Domains in which a short name is looked for, in this order.
    public var search: [String]
    /// A name with so many dots is asked for as it is before it is looked for in them.
    public var dots: Int
    /// How long the first server is waited for, in seconds.
    public var timeout: Int
    /// How often the list of servers is gone through.
    public var attempts: Int
    /// True where each lookup begins with another server (`rotate`).
    public var rotates: Bool
    /// True where only TCP is used (`use-vc`).
    public var usesTCP: Bool
    /// True where A and AAAA are asked for one after the other (`single-request`).
    public var asksOneByOne: Bool
    /// True where longer answers than 512 bytes may come by UDP (`edns0`).
    public var extends: Bool
    /// True where AAAA is never asked for (`no-aaaa`, since glibc 2.36).
    public var leavesOutAAAA: Bool
    /// True where nscd listens at /run/nscd/socket: programs that use getaddrinfo(3) ask it, and its cache, first.
    public var hasNameServiceCache: Bool

    public init(
        servers: [Server], search: [String] = [], dots: Int = 1, timeout: Int = 5,
        attempts: Int = 2, rotates: Bool = false, usesTCP: Bool = false,
        asksOneByOne: Bool = false, extends: Bool = false, leavesOutAAAA: Bool = false,
        hasNameServiceCache: Bool = false
    ) {
        self.servers = servers
        self.search = search
        self.dots = dots
        self.timeout = timeout
        self.attempts = attempts
        self.rotates = rotates
        self.usesTCP = usesTCP
        self.asksOneByOne = asksOneByOne
        self.extends = extends
        self.leavesOutAAAA = leavesOutAAAA
        self.hasNameServiceCache = hasNameServiceCache
    }

    public struct Server: Sendable, Hashable {
        public var address: IPAddress
        public var port: UInt16
        /// Of the interface, for a link-local address; 0 for all others.
        public var scope: UInt32
        /// What is known of it by its address: `systemd-resolved's stub`, `on this host`; nil of any other.
        @Explicit public var kind: Kind?

        public init(
            _ address: IPAddress, port: UInt16 = 53, scope: UInt32 = 0, kind: Kind? = nil
        ) {
            self.address = address
            self.port = port
            self.scope = scope
            self.kind = kind
        }
    }

    /// A server that answers on this host, and so may answer from a cache.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// 127.0.0.53 and 127.0.0.54: the stub of systemd-resolved.
        case systemdResolved = "systemd_resolved"
        /// Another one at a loopback address: dnsmasq, unbound.
        case local
    }
}

extension ResolverConfiguration: Codable {
    enum CodingKeys: String, CodingKey {
        case servers, search, attempts
        case dots = "ndots"
        case timeout = "timeout_seconds"
        case rotates = "rotate"
        case usesTCP = "use_vc"
        case asksOneByOne = "single_request"
        case extends = "edns0"
        case leavesOutAAAA = "no_aaaa"
        case hasNameServiceCache = "nscd"
    }
}

extension ResolverConfiguration.Server: Codable {
    enum CodingKeys: String, CodingKey { case address, port, scope, kind }
}
