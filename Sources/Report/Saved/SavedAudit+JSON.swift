import Model

/// Reads the data of `tcptune.audit/1`: the first namespace's fields, or all of `namespaces`.
extension SavedAudit: Decodable {
    private enum CodingKeys: String, CodingKey { case namespaces }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        spaces =
            try container.decodeIfPresent([Space].self, forKey: .namespaces)
            ?? [try Space(from: decoder)]
    }

    /// What no audit holds; nil where nothing is odd: sums of these must not overflow.
    var problem: String? {
        let counts = 0...(1 << 28)
        guard
            spaces.allSatisfy({ space in
                TCPState.allCases.allSatisfy { counts ~= space.states[$0] }
                    && space.tuples.allSatisfy { counts ~= $0.used && counts ~= $0.usable }
                    && space.listeners.allSatisfy {
                        counts ~= $0.queue && 0...Int(UInt32.max) ~= $0.backlog ?? 0
                    }
            })
        else { return "it has numbers that no kernel reports" }
        return spaces.isEmpty ? "it contains no namespace" : nil
    }
}

extension SavedAudit.Space: Decodable {
    private enum CodingKeys: String, CodingKey {
        case namespace, states, tuples, listeners, findings, settings
        case time = "time_seconds"
    }

    private struct Namespace: Decodable { let name: String }

    private struct Value: Decodable {
        let key: String
        let value: String?
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(Namespace.self, forKey: .namespace).name
        time = try container.decodeIfPresent(Double.self, forKey: .time)
        states = try container.decode(StateCounts.self, forKey: .states)
        tuples = try container.decode([Tuple].self, forKey: .tuples)
        listeners = try container.decode([Listener].self, forKey: .listeners)
        findings = try container.decode([SavedFinding].self, forKey: .findings)
        settings = Dictionary(
            try container.decode([Value].self, forKey: .settings)
                .compactMap { setting in setting.value.map { (setting.key, $0) } },
            uniquingKeysWith: { first, _ in first })
    }
}

extension SavedAudit.Space.Tuple: Decodable {
    private enum CodingKeys: String, CodingKey {
        case source, destination, port, used, usable
        case blockedRatio = "blocked_ratio"
        case closingPerSecond = "closing_per_second"
        case secondsToExhaustion = "seconds_to_exhaustion"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = TupleText.name(
            Model.Tuple(
                source: try container.decode(IPAddress.self, forKey: .source),
                destination: try container.decode(IPAddress.self, forKey: .destination),
                port: try container.decode(UInt16.self, forKey: .port)))
        used = try container.decode(Int.self, forKey: .used)
        usable = try container.decode(Int.self, forKey: .usable)
        blockedRatio = try container.decodeIfPresent(Double.self, forKey: .blockedRatio) ?? 0
        closingPerSecond = try container.decodeIfPresent(Double.self, forKey: .closingPerSecond)
        secondsToExhaustion = try container.decodeIfPresent(
            Double.self, forKey: .secondsToExhaustion)
    }
}

extension SavedAudit.Space.Listener: Decodable {
    private enum CodingKeys: String, CodingKey { case address, port, queue, backlog }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        address = try container.decode(IPAddress.self, forKey: .address)
            .with(port: try container.decode(UInt16.self, forKey: .port))
        queue = try container.decode(Int.self, forKey: .queue)
        backlog = try container.decodeIfPresent(Int.self, forKey: .backlog)
    }
}
