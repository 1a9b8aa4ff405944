import Kernel
import Model
import Text

/// Asks the host's own name servers, which ask others on its behalf, in the way of glibc's resolver.
///
/// The exchange itself is ours, for res_nsend(3) does not tell which server answered, nor when; its order, its time-outs and
/// what makes it go on to the next server are glibc's (`resolv/res_send.c`).
struct RecursiveLookup {
    let configuration: ResolverConfiguration
    /// Instead of the servers' own.
    let port: UInt16?
    let family: AddressFamily
    /// When all of it must be over, by CLOCK_MONOTONIC.
    let end: Double
    var log = LookupLog()

    init(
        _ configuration: ResolverConfiguration, port: UInt16?, family: AddressFamily,
        until end: Double = .infinity
    ) {
        self.configuration = configuration
        self.port = port
        self.family = family
        self.end = end
    }

    private var types: [DNSType] {
        family.types.filter { $0 != .aaaa || !configuration.leavesOutAAAA || family == .v6 }
    }

    /// Looks for a name, with the domains of the search list behind it where it is short.
    ///
    /// Source: `resolv/res_query.c:__res_context_search`.
    mutating func find(_ host: HostName) -> LookupOutcome {
        let name = DNSName(host.ascii)
        let dots = host.ascii.utf8.count { $0 == UInt8(ascii: ".") }
        var tried: [LookupOutcome] = []
        let isFirstAsIs = host.isAbsolute || dots >= configuration.dots
        if isFirstAsIs {
            let outcome = ask(name)
            if host.isAbsolute || !goesOn(after: outcome) { return outcome }
            tried.append(outcome)
        }
        for domain in configuration.search.map(DNSName.init) where !(domain.isRoot && isFirstAsIs) {
            let outcome = ask(name.below(domain))
            if !goesOn(after: outcome) { return outcome }
            tried.append(outcome)
        }
        if !isFirstAsIs, !configuration.search.map(DNSName.init).contains(.root) {
            let outcome = ask(name)
            if !goesOn(after: outcome) { return outcome }
            tried.append(outcome)
        }
        // Of all that failed, what tells most of the name itself.
        let telling = [NameResolution.Reason.noData, .serverFailure]
        for reason in telling {
            if let outcome = tried.first(where: { $0.failure?.reason == reason }) { return outcome }
        }
        return tried.first(where: { $0.name == name }) ?? tried.last ?? ask(name)
    }

    /// True where another domain may know it: of time-outs none knows more.
    private func goesOn(after outcome: LookupOutcome) -> Bool {
        guard let reason = outcome.failure?.reason else { return false }
        return [.noSuchName, .noData, .serverFailure].contains(reason)
    }

    /// Asks for all addresses of one whole name.
    private mutating func ask(_ name: DNSName) -> LookupOutcome {
        guard name.text.utf8.count <= HostName.mostBytes else {
            return LookupOutcome(
                name,
                failure: NameResolution.Failure(
                    .noSuchName, "\(name.text.prefix(60))… would be longer than a name can be"))
        }
        guard !configuration.servers.isEmpty else {
            return LookupOutcome(
                name, failure: NameResolution.Failure(.notAsked, "no name server is configured"))
        }
        let questions = types.map {
            DNSQuestion(
                name, $0, recursionDesired: true, room: configuration.extends ? Self.room : nil)
        }
        var open = questions.map { Open(question: $0) }
        if configuration.asksOneByOne {
            for place in open.indices {
                var one = [open[place]]
                ask(&one)
                open[place] = one[0]
            }
        } else {
            ask(&open)
        }
        let outcome = LookupOutcome(
            name, family: family, messages: open.compactMap(\.message),
            failures: open.compactMap { $0.failure(configuration) })
        if outcome.failure == nil {
            for one in open where one.message == nil {
                if let failure = one.failure(configuration) {
                    log.note("\(one.question.type): \(failure.text)")
                }
            }
        }
        return outcome
    }

    /// RESOLV_EDNS_BUFFER_SIZE of glibc, for `options edns0`.
    private static let room: UInt16 = 1200

    /// Puts the questions that are open to one server after the other, as often as is configured.
    private mutating func ask(_ open: inout [Open]) {
        let count = configuration.servers.count
        let first = configuration.rotates ? Int.random(in: 0..<count) : 0
        for _ in 0..<max(configuration.attempts, 1) {
            for step in 0..<count {
                guard open.contains(where: { $0.message == nil }), MonotonicClock.now < end else {
                    return
                }
                let server = configuration.servers[(first + step) % count]
                let patience = Self.patience(configuration.timeout, server: step, of: count)
                ask(server, &open, patience: patience)
            }
        }
    }

    /// `seconds = (statp->retrans << ns)`, and beyond the first server its share of that (`send_dg`).
    private static func patience(_ timeout: Int, server: Int, of count: Int) -> Double {
        let whole = timeout << server
        return Double(max(server > 0 ? whole / count : whole, 1))
    }

    private mutating func ask(
        _ server: ResolverConfiguration.Server, _ open: inout [Open], patience: Double
    ) {
        let address = SocketAddress(
            server.address, port: port ?? server.port, scope: server.scope)
        let exchange = ServerExchange(server: address, patience: patience, end: end)
        let places = open.indices.filter { open[$0].message == nil }
        var outcomes: [ServerExchange.Outcome] = []
        if configuration.usesTCP {
            outcomes = places.map { exchange.askByTCP(open[$0].question) }
        } else {
            outcomes = exchange.askByUDP(places.map { open[$0].question })
        }
        for (place, outcome) in zip(places, outcomes) {
            take(outcome, from: exchange, &open[place])
        }
    }

    /// Records what came, asks again by TCP where it was cut, and keeps it where it is of use.
    private mutating func take(
        _ outcome: ServerExchange.Outcome, from exchange: ServerExchange, _ one: inout Open
    ) {
        let useless = outcome.message.flatMap { Self.useless($0, from: exchange.server) }
        log.add(
            one.question, to: LookupLog.Destination(server: exchange.server), outcome,
            patience: exchange.patience, failure: useless)
        guard let message = outcome.message else {
            if let failure = outcome.failure { one.failures.append((exchange.server, failure)) }
            return
        }
        if message.truncated, outcome.transport == .udp {
            take(exchange.askByTCP(one.question), from: exchange, &one)
        } else if message.code == .formatError, one.question.room != nil {
            // A server that does not know of the extension is asked without it.
            one.question.room = nil
            if let again = exchange.askByUDP([one.question]).first {
                take(again, from: exchange, &one)
            }
        } else if let useless {
            one.refusals.append(useless)
        } else {
            one.message = message
            if !message.recursionAvailable, !message.authoritative {
                log.note("\(exchange.server) does not offer recursion")
            }
        }
    }

    /// Why another server is asked, though this one answered; nil where its answer counts.
    private static func useless(_ message: DNSMessage, from server: SocketAddress) -> String? {
        switch message.code {
        case .noError:
            let isReferral =
                message.answers.isEmpty && !message.authoritative && !message.recursionAvailable
                && !message.truncated
            return isReferral ? "\(server) neither knows it nor asks other servers" : nil
        case .noSuchName: return nil
        default: return "\(server) answered \(message.code)"
        }
    }
}

/// A question until it is answered.
private struct Open {
    var question: DNSQuestion
    var message: DNSMessage?
    /// Servers of which nothing came.
    var failures: [(server: SocketAddress, failure: ServerExchange.Failure)] = []
    /// Answers that were of no use.
    var refusals: [String] = []

    init(question: DNSQuestion) { self.question = question }

    /// Why there is no answer; nil where there is one.
    func failure(_ configuration: ResolverConfiguration) -> NameResolution.Failure? {
        guard message == nil else { return nil }
        if let refusal = refusals.last {
            return NameResolution.Failure(.serverFailure, refusal)
        }
        var servers: [String] = []
        for failure in failures where !servers.contains(failure.server.description) {
            servers.append(failure.server.description)
        }
        guard !servers.isEmpty else {
            return NameResolution.Failure(
                .timedOut, "no time was left to query \(question.name) \(question.type)")
        }
        let names = servers.joined(separator: ", ")
        if failures.allSatisfy({ if case .unreachable = $0.failure { true } else { false } }),
            case .unreachable(let code)? = failures.last?.failure
        {
            return NameResolution.Failure(
                .unreachable, "\(names) cannot be reached: \(KernelError.reason(code))")
        }
        if failures.contains(where: { $0.failure == .unreadable }) {
            return NameResolution.Failure(
                .serverFailure, "\(names) sent something that is not an answer")
        }
        return NameResolution.Failure(
            .timedOut,
            "\(names) did not answer (\(failures.count.counted("attempt")))"
        )
    }
}
