extension NameResolution {
    /// The questions and answers as a sequence between the host, the server that it asks, and the servers of each zone.
    ///
    /// What the host's server asks of others on its behalf is not seen, and so is not here.
    public var exchange: Exchange {
        var exchange = Exchange(actors: [Exchange.Actor("host")])
        var places: [String: Int] = [:]
        for query in queries {
            let actor = Self.actor(of: query)
            if let place = places[actor.name] {
                if exchange.actors[place].detail != actor.detail {
                    exchange.actors[place].detail = "several servers"
                }
            } else {
                places[actor.name] = exchange.actors.count
                exchange.actors.append(actor)
            }
            exchange.events += Self.events(of: query, with: places[actor.name] ?? 0)
        }
        if queries.isEmpty, let what = origin {
            exchange.events.append(Exchange.Event(at: seconds, .note(actor: 0, what)))
        }
        if let failure {
            exchange.events.append(Exchange.Event(at: seconds, .note(actor: 0, failure.text)))
        }
        // Questions that were out at the same time lie in each other.
        let order = exchange.events.indices.sorted {
            (exchange.events[$0].at, $0) < (exchange.events[$1].at, $1)
        }
        exchange.events = order.map { exchange.events[$0] }
        return exchange
    }

    /// Where the addresses come from, if no server was asked.
    private var origin: String? {
        switch answeredBy {
        case .address: "literal address, no lookup"
        case .hosts(let place): "found in \(place)"
        case .localhost: "localhost is this host"
        case .given: "given by --resolve"
        case .dns, nil: nil
        }
    }

    /// Root, top level and authority are told apart by the zone they are asked for.
    private static func actor(of query: Query) -> Exchange.Actor {
        let name =
            switch query.zone {
            case nil: "name server"
            case "."?: "root"
            case let zone? where !zone.contains("."): "top level \(zone)"
            case let zone?: "authority \(zone)"
            }
        let server = query.serverName.map { "\($0), \(query.server)" } ?? query.server
        // Each server that recurses is a column of its own.
        return query.zone == nil
            ? Exchange.Actor("\(name) \(query.server)") : Exchange.Actor(name, detail: server)
    }

    private static func events(of query: Query, with server: Int) -> [Exchange.Event] {
        let start = query.sent.first ?? 0
        let end = start + query.seconds
        let label = "\(query.type)? \(query.name)" + (query.transport == .tcp ? " (TCP)" : "")
        var events = query.sent.enumerated().map { number, at in
            let isAnswered = query.response != nil && number == query.sent.count - 1
            return Exchange.Event(
                at: at,
                .message(
                    Exchange.Message(
                        from: 0, to: server, label,
                        detail: query.recursionDesired
                            ? "recursion desired" : "recursion not desired",
                        // Sent and never answered: whether it or its answer was lost, nobody sees.
                        isLost: !isAnswered)))
        }
        if let response = query.response {
            events.append(
                Exchange.Event(
                    at: end,
                    .message(
                        Exchange.Message(
                            from: server, to: 0, response.summary(type: query.type),
                            detail: response.flags, arrives: end))))
        }
        if let failure = query.failure {
            events.append(Exchange.Event(at: end, .note(actor: 0, failure)))
        }
        return events
    }
}

extension NameResolution.Response {
    /// In a few words: `192.0.2.1`, `ask org.`, `NXDOMAIN`.
    public func summary(type: String) -> String {
        if truncated { return "truncated" }
        guard code == "NOERROR" else { return code }
        if let referral { return "ask the servers of \(referral.zone)" }
        let wanted = answers.filter { $0.type == type }
        if let first = wanted.first {
            return wanted.count == 1 ? first.data : "\(first.data) and \(wanted.count - 1) more"
        }
        if let alias = answers.last(where: { $0.type == "CNAME" }) {
            return "CNAME \(alias.data)"
        }
        return "no \(type)"
    }

    /// In words: `recursion available, authoritative`.
    public var flags: String? {
        var words: [String] = []
        if authoritative { words.append("authoritative") }
        if recursionAvailable { words.append("recursion available") }
        if let life = answers.map(\.life).min() { words.append("ttl \(life) s") }
        if let referral, !referral.glue.isEmpty {
            let count = referral.glue.count
            words.append("glue: \(count) \(count == 1 ? "address" : "addresses")")
        }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
