import Kernel
import Model
import Text

/// One walk from the root: what was learned on the way, and what was asked.
struct IterativeWalk {
    let options: IterativeResolver
    var log = LookupLog()
    /// Servers of the zones that were come by.
    private var zones: [DNSName: [DNSName]] = [:]
    /// Addresses of servers; empty where none could be found.
    private var addresses: [DNSName: [IPAddress]] = [:]
    /// Servers whose addresses are being looked for: one that takes itself to be found is never found.
    private var sought: Set<DNSName> = []
    private var left: Int

    /// So many servers of a zone, and addresses of a server, are kept: the root has 13 servers of two addresses each.
    private static let mostServers = 64
    private static let mostAddresses = 16

    init(_ options: IterativeResolver) {
        self.options = options
        left = options.mostQuestions
        // The load is spread over the public servers; a root of one's own is asked in its own order.
        let hints =
            options.hints == .builtin ? options.hints.servers.shuffled() : options.hints.servers
        zones[.root] = kept(hints.map { DNSName($0.name) }, of: .root)
        for server in hints.prefix(Self.mostServers) where !server.addresses.isEmpty {
            keep(server.addresses, of: DNSName(server.name))
        }
    }

    private mutating func kept(_ servers: [DNSName], of zone: DNSName) -> [DNSName] {
        if servers.count > Self.mostServers {
            log.note(
                "\(zone) has \(servers.count) servers; tcptune considered only the first \(Self.mostServers)"
            )
        }
        return Array(servers.prefix(Self.mostServers))
    }

    private mutating func keep(_ own: [IPAddress], of server: DNSName) {
        if own.count > Self.mostAddresses {
            log.note(
                "\(server) has \(own.count) addresses; tcptune considered only the first \(Self.mostAddresses)"
            )
        }
        addresses[server] = Self.fourFirst(Array(own.prefix(Self.mostAddresses)))
    }

    /// Takes a server for one of that zone, as if the root had referred to it.
    mutating func begin(at zone: DNSName, server: DNSName) { zones[zone] = [server] }

    /// What a walk for one type came to.
    struct Result {
        var aliases: [DNSName] = []
        var addresses: [IPAddress] = []
        var failure: NameResolution.Failure?

        static func failed(_ reason: NameResolution.Reason, _ text: String) -> Result {
            Result(failure: NameResolution.Failure(reason, text))
        }
    }

    /// All addresses of a name.
    mutating func find(_ name: DNSName) -> LookupOutcome {
        var outcome = LookupOutcome(
            name, failure: NameResolution.Failure(.notAsked, "no query was sent"))
        var failures: [NameResolution.Failure] = []
        for type in options.family.types {
            let result = find(name, type, depth: 0)
            outcome.addresses += result.addresses
            if result.aliases.count > outcome.aliases.count { outcome.aliases = result.aliases }
            if let failure = result.failure { failures.append(failure) }
            // A name that is not there is not there for any type; and what does not end does not for another.
            if [.noSuchName, .endless].contains(result.failure?.reason) { break }
        }
        outcome.failure = nil
        guard outcome.addresses.isEmpty else {
            for failure in failures where failure.reason != .noData { log.note(failure.text) }
            return outcome
        }
        outcome.failure = failures.first { $0.reason != .noData }
        if outcome.failure == nil {
            outcome.failure = NameResolution.Failure(
                .noData, "\(name) exists but has no \(options.family.noun)")
        }
        return outcome
    }

    /// Follows referrals and aliases until there is an answer.
    private mutating func find(_ name: DNSName, _ type: DNSType, depth: Int) -> Result {
        var result = Result()
        var current = name
        var seen: Set<DNSName> = [name]
        while true {
            let (message, zone): (DNSMessage, DNSName)
            switch settle(current, type, depth: depth) {
            case .success(let settled): (message, zone) = settled
            case .failure(let refusal):
                result.failure = refusal.failure
                return result
            }
            // What lies outside of the zone, its servers cannot know.
            let known = message.answers.filter { $0.name.isWithin(zone) }
            let chain = AliasChain(from: current, in: known)
            let isEndless = chain.isCircle || chain.aliases.contains { !seen.insert($0).inserted }
            result.aliases += chain.aliases
            if isEndless || result.aliases.count > Self.mostAliases {
                return .failed(
                    .endless,
                    isEndless
                        ? "the aliases of \(name) form a loop (CNAME), at \(chain.end)"
                        : "\(name) has more than \(Self.mostAliases) aliases (CNAME)")
            }
            result.addresses = known.filter { $0.name == chain.end && $0.type == type }
                .compactMap(\.address)
            if !result.addresses.isEmpty { return result }
            let isElsewhere = !chain.end.isWithin(zone)
            if message.code == .noSuchName, !isElsewhere {
                result.failure = NameResolution.Failure(
                    .noSuchName, "the name \(chain.end) does not exist (NXDOMAIN)")
                return result
            }
            if chain.aliases.isEmpty {
                result.failure = NameResolution.Failure(
                    .noData, "\(current) exists but has no \(type)")
                return result
            }
            current = chain.end
        }
    }

    /// As many as resolvers go along with: unbound 11, BIND 16.
    private static let mostAliases = 16
    /// How deep the servers of servers are looked for.
    private static let mostDepth = 5

    /// Goes down from the nearest zone that is known to the one that has the name.
    private mutating func settle(
        _ name: DNSName, _ type: DNSType, depth: Int
    ) -> Swift.Result<(DNSMessage, DNSName), HostName.Refusal> {
        // The root is known, and every step leads further down, so that this ends.
        var zone =
            zones.keys.filter { name.isWithin($0) }.max { $0.depth < $1.depth } ?? DNSName.root
        while true {
            switch askServers(of: zone, name, type, depth: depth) {
            case .settled(let message): return .success((message, zone))
            case .referral(let next): zone = next
            case .failed(let failure):
                return .failure(HostName.Refusal(failure.reason, failure.text))
            }
        }
    }

    private enum Step {
        case settled(DNSMessage)
        case referral(DNSName)
        case failed(NameResolution.Failure)
    }

    /// Asks one server of a zone after the other, those that did not answer once more.
    private mutating func askServers(
        of zone: DNSName, _ name: DNSName, _ type: DNSType, depth: Int
    ) -> Step {
        let servers = zones[zone] ?? []
        // Those whose addresses are known first.
        let order =
            servers.filter { addresses[$0]?.isEmpty == false }
            + servers.filter { addresses[$0] == nil }
        var excuses: [NameResolution.Failure] = []
        var passedOver: Set<IPAddress> = []
        for _ in 0..<options.rounds {
            for server in order {
                if let end = exhausted(by: name) { return .failed(end) }
                for address in addressesFound(of: server, depth: depth)
                where !passedOver.contains(address) {
                    guard AddressOrder.isRouted(address) else {
                        passedOver.insert(address)
                        if !address.isIPv4 {
                            log.note("skipped servers with IPv6 addresses: no route")
                        }
                        continue
                    }
                    let destination = LookupLog.Destination(
                        server: SocketAddress(address, port: options.port), name: server.text,
                        zone: zone)
                    switch ask(destination, zone, name, type) {
                    case .settled(let message): return .settled(message)
                    case .referral(let next): return .referral(next)
                    case .failed(let excuse):
                        if excuse.reason == .endless { return .failed(excuse) }
                        if excuse.reason != .timedOut { passedOver.insert(address) }
                        if !excuses.contains(excuse) { excuses.append(excuse) }
                    }
                }
            }
        }
        // Servers' own addresses may have taken all the questions there were.
        if let end = exhausted(by: name) { return .failed(end) }
        guard let last = excuses.last else {
            return .failed(
                NameResolution.Failure(
                    .unreachable, "no server of \(zone) has a reachable address"))
        }
        let reason =
            excuses.allSatisfy { $0.reason == last.reason } ? last.reason : .serverFailure
        return .failed(
            NameResolution.Failure(
                reason,
                "no server of \(zone) answered: "
                    + excuses.map(\.text).joined(separator: "; ")))
    }

    /// Puts one question to one server.
    private mutating func ask(
        _ destination: LookupLog.Destination, _ zone: DNSName, _ name: DNSName, _ type: DNSType
    ) -> Step {
        var question = DNSQuestion(name, type, recursionDesired: false, room: Self.room)
        let exchange = ServerExchange(
            server: destination.server, patience: options.patience,
            end: log.start + options.mostSeconds)
        var isByTCP = false
        while true {
            if let end = exhausted(by: name) { return .failed(end) }
            left -= 1
            let outcome =
                isByTCP
                ? exchange.askByTCP(question)
                : exchange.askByUDP([question]).first ?? exchange.askByTCP(question)
            guard let message = outcome.message else {
                log.add(question, to: destination, outcome, patience: options.patience)
                return .failed(excuse(outcome, destination.server))
            }
            if message.truncated, !isByTCP {
                log.add(question, to: destination, outcome, patience: options.patience)
                isByTCP = true
                continue
            }
            if [.formatError, .notImplemented].contains(message.code), question.room != nil {
                log.add(
                    question, to: destination, outcome, patience: options.patience,
                    failure: "\(destination.server) answered \(message.code)")
                question.room = nil
                continue
            }
            return judge(outcome, message, question, destination, zone)
        }
    }

    /// Why nothing more is asked; nil where something may be.
    private func exhausted(by name: DNSName) -> NameResolution.Failure? {
        if left <= 0 {
            return NameResolution.Failure(
                .endless,
                "given up after \(options.mostQuestions) queries; the next was for \(name)")
        }
        return log.elapsed < options.mostSeconds
            ? nil
            : NameResolution.Failure(
                .endless, "given up after \(options.mostSeconds.duration)")
    }

    /// What is proposed for the internet (https://www.dnsflagday.net/2020/): it needs no fragments.
    private static let room: UInt16 = 1232

    private mutating func judge(
        _ outcome: ServerExchange.Outcome, _ message: DNSMessage, _ question: DNSQuestion,
        _ destination: LookupLog.Destination, _ zone: DNSName
    ) -> Step {
        switch ServerVerdict(message, to: question, in: zone) {
        case .settled:
            log.add(question, to: destination, outcome, patience: options.patience)
            return .settled(message)
        case .referral(let next, let servers):
            let glue = learn(next, servers, from: message, of: zone)
            log.add(
                question, to: destination, outcome, patience: options.patience,
                referral: NameResolution.Referral(
                    zone: next.text, servers: servers.map(\.text), glue: glue.map(\.shown)))
            return .referral(next)
        case .lame(let why):
            log.add(
                question, to: destination, outcome, patience: options.patience, failure: why)
            return .failed(
                NameResolution.Failure(
                    .serverFailure,
                    "\(destination.name.map { "\($0) (\(destination.server))" } ?? "\(destination.server)"): \(why)"
                ))
        }
    }

    /// Keeps the servers of a zone, and their addresses as far as the one that gave them can know them.
    private mutating func learn(
        _ next: DNSName, _ servers: [DNSName], from message: DNSMessage, of zone: DNSName
    ) -> [DNSRecord] {
        let named = Set(servers)
        let offered = message.additional.filter { $0.address != nil && named.contains($0.name) }
        // An address of another zone's name would let any server speak for any other.
        let glue = offered.filter { $0.name.isWithin(zone) }
        for record in offered where !record.name.isWithin(zone) {
            log.note(
                "ignored the address of \(record.name) from the servers of \(zone): the name is outside that zone"
            )
        }
        zones[next] = kept(servers, of: next)
        let owned = Dictionary(grouping: glue, by: \.name)
        for server in zones[next] ?? [] where addresses[server]?.isEmpty ?? true {
            if let own = owned[server] { keep(own.compactMap(\.address), of: server) }
        }
        return glue
    }

    /// Addresses of a server, looked for by a walk of their own where none came with its name.
    private mutating func addressesFound(of server: DNSName, depth: Int) -> [IPAddress] {
        if let known = addresses[server] { return known }
        guard exhausted(by: server) == nil else { return [] }
        guard depth < Self.mostDepth, sought.insert(server).inserted else {
            log.note(
                "only \(server) itself knows its address: the referral should have included it"
            )
            return []
        }
        defer { sought.remove(server) }
        var found: [IPAddress] = []
        for type in [DNSType.a, .aaaa] where found.isEmpty {
            found = find(server, type, depth: depth + 1).addresses
        }
        keep(found, of: server)
        return addresses[server] ?? []
    }

    private func excuse(
        _ outcome: ServerExchange.Outcome, _ server: SocketAddress
    ) -> NameResolution.Failure {
        let failure = outcome.failure ?? .unreadable
        let reason: NameResolution.Reason =
            switch failure {
            case .timedOut: .timedOut
            case .unreachable: .unreachable
            case .unreadable, .unaskable: .serverFailure
            }
        return NameResolution.Failure(
            reason, failure.text(server, patience: min(options.patience, outcome.seconds)))
    }

    private static func fourFirst(_ addresses: [IPAddress]) -> [IPAddress] {
        addresses.filter(\.isIPv4) + addresses.filter { !$0.isIPv4 }
    }
}
