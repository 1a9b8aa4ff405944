/// How a name became addresses: what was asked of whom, and what each of them said.
public struct NameResolution: Sendable, Hashable {
    /// As it was entered.
    public var name: String
    /// What was asked for: the ASCII form of the name (IDNA 2008), without a final dot; nil where it has none.
    @Explicit public var asked: String?
    /// Nil where nothing gave an address.
    @Explicit public var answeredBy: Source?
    /// What nsswitch.conf has asked for hosts, in its order: `files`, `dns`.
    public var order: [String]
    /// Whom the host's own resolver asks; nil where nobody had to be looked up.
    @Explicit public var configuration: ResolverConfiguration?
    /// In the order in which they are to be tried.
    public var addresses: [IPAddress]
    /// The names that the one asked for stands for, the last of them the true one (CNAME); empty where it is that itself.
    public var aliases: [String]
    /// Every question that was sent, in the order of sending.
    public var queries: [Query]
    /// How long all of it took.
    public var seconds: Double
    /// What is to be known beside it: sources that were not asked, servers that were passed over.
    public var notes: [String]
    /// Why there is no address; nil where there is one.
    @Explicit public var failure: Failure?

    public init(
        name: String, asked: String? = nil, answeredBy: Source? = nil, order: [String] = [],
        configuration: ResolverConfiguration? = nil, addresses: [IPAddress] = [],
        aliases: [String] = [], queries: [Query] = [], seconds: Double = 0, notes: [String] = [],
        failure: Failure? = nil
    ) {
        self.name = name
        self.asked = asked
        self.answeredBy = answeredBy
        self.order = order
        self.configuration = configuration
        self.addresses = addresses
        self.aliases = aliases
        self.queries = queries
        self.seconds = seconds
        self.notes = notes
        self.failure = failure
    }

    /// What knew the addresses.
    public enum Source: Sendable, Hashable {
        /// Nothing was asked: the name is an address.
        case address
        /// A file of the host's, and its line: `/etc/hosts:3`.
        case hosts(place: String)
        /// `localhost` and what ends in it, where no file and no server had to be asked (RFC 6761 §6.3).
        case localhost
        /// A name server.
        case dns
        /// Nothing was asked: the user gave the addresses (`--resolve`).
        case given
    }

    /// Why there is no address.
    public struct Failure: Sendable, Hashable, Codable {
        public var reason: Reason
        /// What was tried, on whom, why it failed.
        public var text: String

        public init(_ reason: Reason, _ text: String) {
            self.reason = reason
            self.text = text
        }
    }

    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        /// No name can look like that: an empty label, a label of more than 63 bytes, more than 253 in all.
        case badName = "bad_name"
        /// It is not in ASCII, and what would turn it into ASCII is missing or refuses it.
        case notASCII = "not_ascii"
        /// There is no such name (NXDOMAIN).
        case noSuchName = "no_such_name"
        /// The name is there, and has no address of the kind asked for.
        case noData = "no_data"
        /// Servers answered, none of them with a result: SERVFAIL, REFUSED, lame ones.
        case serverFailure = "server_failure"
        /// No server answered in time.
        case timedOut = "timed_out"
        /// No server could be reached at all.
        case unreachable
        /// Referrals or aliases that come to no end.
        case endless
        /// No source was left to ask: no `files` or `dns` in nsswitch.conf, no name server.
        case notAsked = "not_asked"
    }
}

extension NameResolution: Codable {
    enum CodingKeys: String, CodingKey {
        case name, order, configuration, addresses, aliases, queries, seconds, notes, failure
        case asked = "ascii"
        case answeredBy = "answered_by"
    }
}

extension NameResolution.Source: Codable {
    enum CodingKeys: String, CodingKey { case kind, place }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let word = try container.decode(String.self, forKey: .kind)
        switch word {
        case "address": self = .address
        case "hosts": self = .hosts(place: try container.decode(String.self, forKey: .place))
        case "localhost": self = .localhost
        case "dns": self = .dns
        case "given": self = .given
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "no source of names: \(word)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let kind: String
        var place: String?
        switch self {
        case .address: kind = "address"
        case .hosts(let line): (kind, place) = ("hosts", line)
        case .localhost: kind = "localhost"
        case .dns: kind = "dns"
        case .given: kind = "given"
        }
        try container.encode(kind, forKey: .kind)
        try container.encode(place, forKey: .place)
    }
}
