import Audit
import Model
import Text

/// What tells how the name became addresses.
struct NameEvidence {
    private let name: Trace.Name
    private var resolution: NameResolution { name.resolution }

    init(_ name: Trace.Name) { self.name = name }

    /// So many questions are told one by one.
    private static let mostQueries = 40

    var lines: [Phrase] {
        var lines: [Phrase] = []
        if let asked = resolution.asked, asked != resolution.name, resolution.answeredBy != .address
        {
            lines.append("looked up as " + .strong(asked))
        }
        switch resolution.answeredBy {
        case .address: lines.append(.strong(resolution.name) + " is a literal address: no lookup")
        case .hosts(let place): lines.append("found in " + .code(place) + ": no query sent")
        case .localhost: lines.append("localhost is this host: no query sent")
        case .given: lines.append("given by " + .code("--resolve") + ": no lookup")
        case .dns, nil: break
        }
        if !resolution.queries.isEmpty {
            lines.append(Phrase(legs))
            lines += caches.map { Phrase($0) }
        }
        lines += resolution.queries.prefix(Self.mostQueries).map(Self.query)
        let more = resolution.queries.count - Self.mostQueries
        if more > 0 {
            lines.append(Phrase("\(more.counted("more query", "more queries")) not shown"))
        }
        if !resolution.aliases.isEmpty {
            lines.append(
                Phrase("alias of " + resolution.aliases.joined(separator: ", then of ")))
        }
        if resolution.answeredBy != .address, !resolution.addresses.isEmpty {
            lines.append(
                Phrase("addresses: ")
                    + .strong(resolution.addresses.map(\.description).joined(separator: ", ")))
        }
        lines += resolution.notes.map { Phrase($0) }
        return lines
    }

    private var legs: String {
        name.isIterative
            ? "iterative: this host asks one server after another, and each names the next"
            : "recursive: this host asks one server, which asks the others; their queries are not visible here"
    }

    /// Servers on this host, which may answer from what they keep.
    private var caches: [String] {
        guard let configuration = resolution.configuration else { return [] }
        let asked = Set(resolution.queries.map(\.server))
        return configuration.servers.compactMap { server in
            let place = server.address.with(port: server.port)
            guard let kind = server.kind, asked.contains(place) else { return nil }
            switch kind {
            case .systemdResolved:
                return
                    "\(place) is the stub of systemd-resolved, which may answer from its cache"
            case .local: return "\(place) is on this host and may answer from a cache"
            }
        }
    }

    private static func query(_ query: NameResolution.Query) -> Phrase {
        let server = query.serverName.map { "\($0) (\(query.server))" } ?? query.server
        let zone = query.zone.map { $0 == "." ? "root" : $0 + "." }
        var line: Phrase =
            .code("\(query.type)? \(query.name)")
            + Phrase(
                " → "
                    + [zone, server].compactMap(\.self)
                    .joined(separator: " "))
        if query.transport == .tcp { line += " over TCP" }
        if query.attempts > 1 { line += Phrase(", sent \(query.attempts) times") }
        if let response = query.response {
            line += ": " + .strong(response.summary(type: query.type))
            let life = response.answers.map(\.life).min()
            let facts = [
                life.map { "TTL \($0) s" },
                response.truncated ? "truncated" : nil,
                response.authoritative ? "authoritative" : nil,
                query.recursionDesired
                    ? response.recursionAvailable
                        ? "recursion desired and available" : "recursion desired, not available"
                    : nil,
                response.referral.map { referral in
                    let count = referral.servers.count
                    return
                        "\(count.counted("server")), glue for \(referral.glue.count)"
                },
                query.seconds.latency,
            ].compactMap(\.self)
            line += Phrase(" (" + facts.joined(separator: ", ") + ")")
        }
        if let failure = query.failure {
            line += ": " + .severity(.warning, failure) + Phrase(" (\(query.seconds.latency))")
        }
        return line
    }
}
