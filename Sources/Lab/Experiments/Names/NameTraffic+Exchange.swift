import Model
import Resolver

extension [NameTraffic.Passed] {
    /// As a sequence between those who took part.
    var exchange: Exchange {
        let first = first?.at ?? 0
        let seen = Set(flatMap { [$0.from, $0.to] })
        let parts = NameTree.actors.filter { !seen.isDisjoint(with: $0.addresses) }
        var places: [IPAddress: Int] = [:]
        for (place, part) in parts.enumerated() {
            for address in part.addresses { places[address] = place }
        }
        var exchange = Exchange(
            actors: parts.map { Exchange.Actor($0.name, detail: $0.addresses[0].description) })
        for (number, passed) in enumerated() {
            guard let from = places[passed.from], let to = places[passed.to] else { continue }
            let at = Double(passed.at - first) / 1e9
            if passed.message.isResponse, number > 0, self[number - 1].to == passed.from,
                passed.from == NameTree.nameServer
            {
                let text = "has it in its cache and asks no server"
                exchange.events.append(Exchange.Event(at: at, .note(actor: from, text)))
            }
            exchange.events.append(
                Exchange.Event(
                    at: at,
                    .message(
                        Exchange.Message(
                            from: from, to: to, passed.message.label, detail: passed.message.words)
                    )))
        }
        return exchange
    }
}

extension DNSMessage {
    /// Who is to be asked instead; nil where the message answers.
    var referral: NameResolution.Referral? {
        guard isResponse, answers.isEmpty, code == .noError else { return nil }
        let servers = authorities.filter { $0.type == .ns }
        guard let zone = servers.first?.name else { return nil }
        return NameResolution.Referral(
            zone: zone.text, servers: servers.compactMap { $0.target?.text },
            glue: additional.filter { $0.address != nil }.map(\.shown))
    }

    /// `A? www.example`, `192.0.2.1`, `ask the servers of example`.
    fileprivate var label: String {
        guard let question else { return isResponse ? "an answer" : "a query" }
        return isResponse
            ? shown(referral: referral).summary(type: question.type.description)
            : "\(question.type)? \(question.name)"
    }

    fileprivate var words: String? {
        guard isResponse else {
            return recursionDesired ? "recursion desired" : "recursion not desired"
        }
        let response = shown(referral: referral)
        guard let life = response.negativeLife, referral == nil else { return response.flags }
        return [response.flags, "may be cached for \(life) s"].compactMap(\.self).joined(
            separator: ", ")
    }
}
