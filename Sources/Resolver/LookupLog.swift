import Kernel
package import Model

/// The questions of one lookup, as they are sent.
struct LookupLog {
    /// CLOCK_MONOTONIC at the beginning.
    let start = MonotonicClock.now
    private(set) var queries: [NameResolution.Query] = []
    private(set) var notes: [String] = []

    var elapsed: Double { MonotonicClock.now - start }

    /// To whom a question goes, and as what.
    struct Destination {
        var server: SocketAddress
        var name: String?
        /// Nil where it is asked to recurse.
        var zone: DNSName?
    }

    /// Adds a question; one that was sent again to the same server is one question with several attempts.
    ///
    /// - Parameters:
    ///   - patience: for how long it was to be waited for; it may have been less.
    ///   - failure: why an answer that came is of no use.
    mutating func add(
        _ question: DNSQuestion, to destination: Destination, _ outcome: ServerExchange.Outcome,
        patience: Double, referral: NameResolution.Referral? = nil, failure: String? = nil
    ) {
        let failure =
            failure
            ?? outcome.failure.map {
                $0.text(destination.server, patience: min(patience, outcome.seconds))
            }
        var query = NameResolution.Query(
            server: destination.server.description, serverName: destination.name,
            leg: destination.zone == nil ? .recursive : .iterative,
            zone: destination.zone?.text, name: question.name.text,
            type: question.type.description, transport: outcome.transport,
            sent: [outcome.sent - start], seconds: outcome.seconds,
            recursionDesired: question.recursionDesired,
            response: outcome.message.map { $0.shown(referral: referral) }, failure: failure)
        if let place = queries.lastIndex(where: {
            $0.name == query.name && $0.type == query.type && $0.zone == query.zone
        }), queries[place].server == query.server, queries[place].response == nil,
            queries[place].transport == query.transport
        {
            query.sent = queries[place].sent + query.sent
            query.seconds = outcome.ended - start - (query.sent.first ?? 0)
            queries[place] = query
        } else {
            queries.append(query)
        }
    }

    /// So many words are kept: servers can give cause for thousands.
    private static let mostNotes = 50

    /// Adds a word, once.
    mutating func note(_ text: String) {
        guard notes.count <= Self.mostNotes, !notes.contains(text) else { return }
        notes.append(notes.count < Self.mostNotes ? text : "more notes left out")
    }
}

extension DNSMessage {
    /// For those who look at it.
    package func shown(referral: NameResolution.Referral?) -> NameResolution.Response {
        let negative = authorities.compactMap { record -> UInt32? in
            guard case .authority(let life) = record.content else { return nil }
            return life
        }
        return NameResolution.Response(
            code: code.description, recursionAvailable: recursionAvailable,
            authoritative: authoritative, truncated: truncated, bytes: size,
            answers: answers.map(\.shown), referral: referral,
            negativeLife: answers.isEmpty ? negative.first : nil)
    }
}
