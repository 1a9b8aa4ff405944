import Model

/// What an answer means to one who walks down from the root.
enum ServerVerdict: Hashable {
    /// The zone's authority has spoken: data, an alias, or that there is nothing.
    case settled
    /// Others are to be asked, of a zone further down.
    case referral(DNSName, servers: [DNSName])
    /// The server does not do what it was named for, and why: another one is asked.
    case lame(String)

    /// - Parameter zone: that the server was named for.
    init(_ message: DNSMessage, to question: DNSQuestion, in zone: DNSName) {
        let isAnswered = message.answers.contains {
            $0.name == question.name && ($0.type == question.type || $0.type == .cname)
        }
        switch message.code {
        case .noError, .noSuchName: break
        default:
            self = .lame("answered \(message.code)")
            return
        }
        if isAnswered || message.code == .noSuchName {
            // What it knows from elsewhere may be old, or made up.
            self =
                message.authoritative
                ? .settled : .lame("lame: it answers but is not an authority of \(zone)")
            return
        }
        let servers = message.authorities.filter { $0.type == .ns }
        let below = servers.first {
            $0.name.depth > zone.depth && $0.name.isWithin(zone)
                && question.name.isWithin($0.name)
        }
        if let below, !message.authorities.contains(where: { $0.type == .soa }) {
            var names: [DNSName] = []
            var known: Set<DNSName> = []
            for server in servers where server.name == below.name {
                if let name = server.target, known.insert(name).inserted { names.append(name) }
            }
            self = .referral(below.name, servers: names)
        } else if message.authoritative {
            self = .settled
        } else if let other = servers.first {
            self = .lame("lame: asked for \(zone), it refers to \(other.name)")
        } else {
            self = .lame("lame: it is not an authority of \(zone)")
        }
    }
}
