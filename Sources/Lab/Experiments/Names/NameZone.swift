import Model
import Resolver

/// A zone as its servers know it: its own addresses, and who serves the zones below it.
struct NameZone: Sendable {
    let name: DNSName
    private var addresses: [DNSName: IPAddress] = [:]
    private var below: [Delegation] = []
    /// Seconds for which its records may be kept; those that lead to other servers have ``day``.
    var life: UInt32

    /// Who serves a zone further down.
    struct Delegation: Sendable {
        let zone: DNSName
        let server: DNSName
        /// Nil where the server's name lies in no zone that this one can speak for.
        let glue: IPAddress?
    }

    static let day: UInt32 = 86_400
    /// For how long a cache may keep that there is nothing, in seconds.
    static let negativeLife: UInt32 = 60

    init(
        _ name: String, life: UInt32 = day, addresses: [String: IPAddress] = [:],
        below: [Delegation] = []
    ) {
        self.name = DNSName(name)
        self.life = life
        self.below = below
        for (name, address) in addresses { self.addresses[DNSName(name)] = address }
    }

    /// The answer of an authority (RFC 1034 §4.3.2): a referral, an address, or that there is none.
    ///
    /// It never asks others.
    func reply(to question: DNSMessage.Question) -> DNSReply {
        if let lower = below.first(where: { question.name.isWithin($0.zone) }) {
            var referral = DNSReply()
            referral.authorities = [.server(lower.server, of: lower.zone, life: Self.day)]
            if let glue = lower.glue {
                referral.additional = [.address(lower.server, glue, life: Self.day)]
            }
            return referral
        }
        var reply = DNSReply(isAuthoritative: true)
        let address = addresses[question.name]
        if let address, question.type == (address.isIPv4 ? .a : .aaaa) {
            reply.answers = [.address(question.name, address, life: life)]
            return reply
        }
        if address == nil, question.name != name { reply.code = .noSuchName }
        reply.authorities = [.authority(of: name, negativeLife: Self.negativeLife)]
        return reply
    }
}

extension [NameZone] {
    /// What a server of these zones answers; nil where the bytes ask nothing.
    func reply(to bytes: [UInt8]) -> [UInt8]? {
        guard let question = DNSMessage(bytes)?.question else { return nil }
        let zone = filter { question.name.isWithin($0.name) }.max { $0.name.depth < $1.name.depth }
        guard let zone else {
            var refusal = DNSReply()
            refusal.code = .refused
            return refusal.message(to: bytes)
        }
        return zone.reply(to: question).message(to: bytes)
    }
}
