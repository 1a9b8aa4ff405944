import Model

/// What came of one name.
struct LookupOutcome {
    /// As it was asked for, with the domain that was tried behind it.
    var name: DNSName
    /// In the order of the answers.
    var addresses: [IPAddress] = []
    /// The names that it stands for, one leading to the next.
    var aliases: [DNSName] = []
    /// Nil where there is an address.
    var failure: NameResolution.Failure?

    /// Takes the answers to the questions for one name together.
    ///
    /// - Parameter failures: why there is no answer to a question.
    init(
        _ name: DNSName, family: AddressFamily, messages: [DNSMessage],
        failures: [NameResolution.Failure]
    ) {
        self.name = name
        var known: Set<IPAddress> = []
        for message in messages {
            let chain = AliasChain(from: name, in: message.answers)
            if chain.isCircle {
                failure = NameResolution.Failure(
                    .endless, "the aliases of \(name) form a loop (CNAME)")
            }
            if chain.aliases.count > aliases.count { aliases = chain.aliases }
            let type = message.question?.type
            for record in message.answers where record.name == chain.end && record.type == type {
                if let address = record.address, known.insert(address).inserted {
                    addresses.append(address)
                }
            }
        }
        guard addresses.isEmpty, failure == nil else { return }
        // A name that is not there is not there for any type; that it has no data is said of one alone.
        if messages.contains(where: { $0.code == .noSuchName }) {
            failure = NameResolution.Failure(
                .noSuchName, "the name \((aliases.last ?? name).text) does not exist (NXDOMAIN)")
        } else {
            failure =
                failures.first
                ?? NameResolution.Failure(
                    .noData, "\(name.text) exists but has no \(family.noun)")
        }
    }

    init(_ name: DNSName, failure: NameResolution.Failure) {
        self.name = name
        self.failure = failure
    }
}

/// Where a name leads by the CNAMEs of an answer.
struct AliasChain {
    var aliases: [DNSName] = []
    var end: DNSName
    /// True where they lead in a circle.
    var isCircle = false

    init(from name: DNSName, in records: [DNSRecord]) {
        end = name
        let targets = Dictionary(
            records.compactMap { record in
                record.type == .cname ? record.target.map { (record.name, $0) } : nil
            }, uniquingKeysWith: { first, _ in first })
        var seen: Set<DNSName> = [name]
        while let next = targets[end] {
            guard seen.insert(next).inserted else {
                isCircle = true
                return
            }
            aliases.append(next)
            end = next
        }
    }
}
