extension NameResolution {
    /// One question put to one server, however often it was sent, and what came back.
    public struct Query: Sendable, Hashable {
        /// Address and port: `127.0.0.53:53`, `[2001:db8::1]:53`.
        public var server: String
        /// The name of the server, where one was looked up or referred to: `a.root-servers.net`.
        @Explicit public var serverName: String?
        public var leg: Leg
        /// The zone that the server was asked as an authority of, `.` for the root; nil where it was asked to recurse.
        @Explicit public var zone: String?
        /// Without a final dot, except for the root.
        public var name: String
        /// `A`, `AAAA`, or `TYPE65` where the number is all that is known.
        public var type: String
        public var transport: Transport
        /// When it was sent, and each time that it was sent again, in seconds from the beginning.
        public var sent: [Double]
        /// From the first sending until the answer was there, or was waited for no longer.
        public var seconds: Double
        public var recursionDesired: Bool
        /// Nil where nothing came that could be read.
        @Explicit public var response: Response?
        /// Why there is no response, or why it could not be used: `timed out`, `lame: …`.
        @Explicit public var failure: String?

        /// How often it was sent.
        public var attempts: Int { sent.count }
        /// From the last sending until the answer: a round trip and the server's work.
        ///
        /// Nil without an answer.
        public var roundTrip: Double? {
            guard response != nil, let first = sent.first, let last = sent.last else { return nil }
            return max(seconds - (last - first), 0)
        }

        public init(
            server: String, serverName: String? = nil, leg: Leg, zone: String? = nil,
            name: String, type: String, transport: Transport = .udp, sent: [Double] = [],
            seconds: Double = 0, recursionDesired: Bool, response: Response? = nil,
            failure: String? = nil
        ) {
            self.server = server
            self.serverName = serverName
            self.leg = leg
            self.zone = zone
            self.name = name
            self.type = type
            self.transport = transport
            self.sent = sent
            self.seconds = seconds
            self.recursionDesired = recursionDesired
            self.response = response
            self.failure = failure
        }
    }

    /// Who does the walking.
    public enum Leg: String, Sendable, Hashable, Codable {
        /// Host to its name server, which asks the others on the host's behalf.
        case recursive
        /// Server after server is asked for what it knows itself, each naming the next.
        case iterative
    }

    public enum Transport: String, Sendable, Hashable, Codable { case udp, tcp }

    /// What a server said.
    public struct Response: Sendable, Hashable {
        /// `NOERROR`, `NXDOMAIN`, `SERVFAIL`, or `RCODE23` where the number is all that is known.
        public var code: String
        public var recursionAvailable: Bool
        /// True where the server answered as an authority of the zone.
        public var authoritative: Bool
        /// True where it was cut to fit a datagram: the question goes out again over TCP.
        public var truncated: Bool
        public var bytes: Int
        public var answers: [Record]
        /// Who is to be asked instead; nil where the server answered itself.
        @Explicit public var referral: Referral?
        /// For how long a cache may keep that there is nothing (RFC 2308 §5); nil where there is something.
        @Explicit public var negativeLife: UInt32?

        public init(
            code: String, recursionAvailable: Bool = false, authoritative: Bool = false,
            truncated: Bool = false, bytes: Int = 0, answers: [Record] = [],
            referral: Referral? = nil, negativeLife: UInt32? = nil
        ) {
            self.code = code
            self.recursionAvailable = recursionAvailable
            self.authoritative = authoritative
            self.truncated = truncated
            self.bytes = bytes
            self.answers = answers
            self.referral = referral
            self.negativeLife = negativeLife
        }
    }

    public struct Record: Sendable, Hashable {
        /// Without a final dot, except for the root.
        public var name: String
        public var type: String
        /// Seconds for which a cache may keep it.
        public var life: UInt32
        /// As a zone file writes it; what is not known in words as RFC 3597 does: `\# 2 00ff`.
        public var data: String

        public init(name: String, type: String, life: UInt32, data: String) {
            self.name = name
            self.type = type
            self.life = life
            self.data = data
        }
    }

    /// The servers of a zone further down.
    public struct Referral: Sendable, Hashable, Codable {
        /// Without a final dot.
        public var zone: String
        /// Names of its servers.
        public var servers: [String]
        /// Addresses that came with them, for servers whose names lie in the zone itself or near it.
        public var glue: [Record]

        public init(zone: String, servers: [String], glue: [Record] = []) {
            self.zone = zone
            self.servers = servers
            self.glue = glue
        }
    }
}

extension NameResolution.Query: Codable {
    enum CodingKeys: String, CodingKey {
        case server, leg, zone, name, type, transport, seconds, response, failure, attempts
        case serverName = "server_name"
        case sent = "sent_at_seconds"
        case recursionDesired = "recursion_desired"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        server = try container.decode(String.self, forKey: .server)
        serverName = try container.decodeIfPresent(String.self, forKey: .serverName)
        leg = try container.decode(NameResolution.Leg.self, forKey: .leg)
        zone = try container.decodeIfPresent(String.self, forKey: .zone)
        name = try container.decode(String.self, forKey: .name)
        type = try container.decode(String.self, forKey: .type)
        transport = try container.decode(NameResolution.Transport.self, forKey: .transport)
        sent = try container.decode([Double].self, forKey: .sent)
        seconds = try container.decode(Double.self, forKey: .seconds)
        recursionDesired = try container.decode(Bool.self, forKey: .recursionDesired)
        response = try container.decodeIfPresent(
            NameResolution.Response.self, forKey: .response)
        failure = try container.decodeIfPresent(String.self, forKey: .failure)
    }

    // `attempts` is for readers of the JSON: it is the number of times in `sent_at_seconds`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(server, forKey: .server)
        try container.encode(serverName, forKey: .serverName)
        try container.encode(leg, forKey: .leg)
        try container.encode(zone, forKey: .zone)
        try container.encode(name, forKey: .name)
        try container.encode(type, forKey: .type)
        try container.encode(transport, forKey: .transport)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(sent, forKey: .sent)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(recursionDesired, forKey: .recursionDesired)
        try container.encode(response, forKey: .response)
        try container.encode(failure, forKey: .failure)
    }
}

extension NameResolution.Response: Codable {
    enum CodingKeys: String, CodingKey {
        case authoritative, truncated, bytes, answers, referral
        case code = "rcode"
        case recursionAvailable = "recursion_available"
        case negativeLife = "negative_ttl_seconds"
    }
}

extension NameResolution.Record: Codable {
    enum CodingKeys: String, CodingKey {
        case name, type, data
        case life = "ttl_seconds"
    }
}
