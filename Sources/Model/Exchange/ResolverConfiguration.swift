/// Whom a host asks for names, and how: resolv.conf(5).
package struct ResolverConfiguration: Sendable, Hashable {
    package var servers: [Server]
    /// Domains in which a short name is looked for, in this order.
    package var search: [String]
    /// A name with so many dots is asked for as it is before it is looked for in them.
    package var dots: Int
    /// How long the first server is waited for, in seconds.
    package var timeout: Int
    /// How often the list of servers is gone through.
    package var attempts: Int
    /// True where each lookup begins with another server (`rotate`).
    package var rotates: Bool
    /// True where only TCP is used (`use-vc`).
    package var usesTCP: Bool
    /// True where A and AAAA are asked for one after the other (`single-request`).
    package var asksOneByOne: Bool
    /// True where longer answers than 512 bytes may come by UDP (`edns0`).
    package var extends: Bool
    /// True where AAAA is never asked for (`no-aaaa`, since glibc 2.36).
    package var leavesOutAAAA: Bool
    /// True where nscd listens at /run/nscd/socket: programs that use getaddrinfo(3) ask it, and its cache, first.
    package var hasNameServiceCache: Bool

    package init(
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

    package struct Server: Sendable, Hashable {
        package var address: IPAddress
        package var port: UInt16
        /// Of the interface, for a link-local address; 0 for all others.
        package var scope: UInt32
        /// What is known of it by its address: `systemd-resolved's stub`, `on this host`; nil of any other.
        @Explicit package var kind: Kind?

        package init(
            _ address: IPAddress, port: UInt16 = 53, scope: UInt32 = 0, kind: Kind? = nil
        ) {
            self.address = address
            self.port = port
            self.scope = scope
            self.kind = kind
        }
    }

    /// A server that answers on this host, and so may answer from a cache.
    package enum Kind: String, Sendable, Hashable, Codable {
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
