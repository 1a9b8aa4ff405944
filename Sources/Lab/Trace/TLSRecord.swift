import Kernel
import Model
import Testbed

/// What is kept of TLS on a connection.
extension Trace.TLS {
    init(began: Double, library: TLSLibrary, peer: TLSPeer, offersSession: Bool) {
        self.init(
            span: Trace.Span(began: began, ended: began), library: library.version,
            serverName: peer.name, offered: Self.protocols, certificates: [],
            session: Session(
                wasOffered: offersSession, isResumed: false, tickets: 0, isResumable: false),
            messages: [])
    }

    /// What is offered by ALPN (RFC 7301): no other is spoken here.
    static let protocols = ["http/1.1"]

    /// Notes what the handshake came to.
    mutating func note(_ engine: TLSEngine, isOpen: Bool) {
        certificates = engine.certificates.map { certificate in
            Certificate(
                subject: certificate.subject, issuer: certificate.issuer, names: certificate.names,
                notBefore: certificate.notBefore, notAfter: certificate.notAfter,
                daysLeft: certificate.notAfter.map {
                    ($0 - Double(LoadClock.timeOfDay) / 1e9) / 86_400
                })
        }
        if isOpen || !certificates.isEmpty {
            version = engine.version
            cipher = engine.cipher
        }
        if isOpen { chosen = engine.chosenProtocol }
        guard !certificates.isEmpty else { return }
        let (code, words) = engine.verification
        verification = Verification(
            code: code, words: words, isTrusted: code == 0, isForHost: engine.isForPeer,
            anchor: code == 0 ? engine.anchor : nil, trustedElsewhere: TLSContext.trustedElsewhere)
        session.isResumed = isOpen && engine.isResumed
    }

    /// Notes what came until the end, which may be long after the handshake.
    mutating func noteEnd(_ channel: TraceChannel, peerEnded: Bool) {
        guard let engine = channel.engine else { return }
        // One that only ended the session here was never sent.
        let sent = engine.messages.all.filter { message in
            !message.isSent || message.alert != 0 || channel.closeNotifySent != nil
        }
        messages = sent.map { message in
            Message(
                at: channel.clock.seconds(at: message.time), side: message.isSent ? .local : .peer,
                name: message.name, bytes: message.bytes, alert: message.alert,
                arrived: message.isSent ? nil : channel.arrival(ofReadBefore: message.time))
        }
        session.tickets = engine.messages.all.count { $0.name == "NewSessionTicket" && !$0.isSent }
        guard channel.isOpen else { return }
        session.isResumable = engine.session != nil
        close = Close(
            received: channel.closeNotified, sent: channel.closeNotifySent,
            isTruncated: peerEnded && channel.closeNotified == nil)
    }
}
