import Kernel
import Model
import Resolver
import Testbed
import Text

extension TracedRequest {
    /// What speaks TLS; nil where it is not wanted, or there is none.
    mutating func engine() -> TLSEngine? {
        guard url.scheme == .https else { return nil }
        let context: TLSContext
        switch memory.context() {
        case .success(let made): context = made
        case .failure(let absence):
            note(
                "tcptune cannot show TLS: \(absence); it traces the TCP connection to port \(url.port)."
            )
            return nil
        }
        let (peer, began) = (peer, clock.now)
        let session = memory[url.place]
        let engine = TLSEngine(
            context, to: peer, protocols: Trace.TLS.protocols, session: session, isLogged: true)
        guard let engine else {
            note(
                "tcptune cannot show TLS: \(context.library.version) has no memory for a connection."
            )
            return nil
        }
        request.tls = Trace.TLS(
            began: began, library: context.library, peer: peer, offersSession: session != nil)
        return engine
    }

    private var peer: TLSPeer {
        if let address = url.address { return TLSPeer(address) }
        return TLSPeer(name: HostName.ascii(of: url.host) ?? url.host)
    }

    /// Makes the handshake; nil where the request can follow.
    mutating func secure(_ channel: TraceChannel) throws(KernelError) -> Conversation.End? {
        guard let engine = channel.engine else { return nil }
        let end = try channel.shakeHands()
        request.tls?.span.ended = clock.now
        request.tls?.note(engine, isOpen: end == .done)
        let what = "the handshake with \(url.authority()) did not complete"
        switch end {
        case .done: return trust()
        case .timedOut:
            let limit = options.timeout.duration
            fail(
                .tls,
                channel.firstBytes.isEmpty
                    ? "the server did not answer the ClientHello within the limit of \(limit) (--timeout)"
                    : "\(what) within the limit of \(limit) (--timeout)")
            return .timedOut
        case .ended(let at):
            fail(.tls, "\(what): the server closed the connection")
            return .peerEnded(at)
        case .reset(let at):
            fail(.tls, "\(what): the server reset the connection", "ECONNRESET")
            return .reset(at)
        case .failed(let name):
            fail(.tls, "\(what): \(SocketErrno.words(name) ?? name) (\(name))", name)
            return .failed(name)
        case .broken(let failure):
            fail(
                .tls,
                channel.firstBytes.starts(with: Array("HTTP/".utf8))
                    ? "the server speaks HTTP without TLS on port \(url.port): try http://\(url.authority())"
                    : "\(what): \(failure.text)"
                        + (failure.kind == .invalid ? Greeting(channel.firstBytes).words : "")
                        + channel.clientCertificateHint)
            return .broken(failure)
        }
    }

    /// Says what is wrong with the server's certificate; what is secret is not sent to a server that may be another one.
    private mutating func trust() -> Conversation.End? {
        let verification = request.tls?.verification
        guard verification?.isTrusted != true, !options.isInsecure else { return nil }
        let words = verification?.words ?? "it sent none"
        let reason =
            "the certificate of \(url.authority()) is not trusted: \(words)"
            + (request.tls.map(TrustAdvice.init)?.words ?? "")
        guard options.headers.isEmpty else {
            fail(
                .tls,
                reason
                    + "; tcptune sent no request: --header would go to a server that is not trusted (--insecure sends it)"
            )
            return .withheld
        }
        fail(.tls, reason)
        return nil
    }

    /// Notes how TLS ended, and keeps its session for the next connection.
    mutating func noteTLS(_ channel: TraceChannel, _ end: Conversation.End) {
        guard let engine = channel.engine else { return }
        var isPeers = false
        if case .peerEnded = end { isPeers = true }
        request.tls?.noteEnd(channel, peerEnded: isPeers)
        if let session = engine.session, channel.isOpen { memory[url.place] = session }
    }
}

extension Conversation.End {
    /// Whether a close_notify would be read by anybody.
    var leavesRoomForNotice: Bool {
        switch self {
        case .done, .notified, .timedOut, .bad, .withheld: true
        case .peerEnded, .reset, .failed, .broken: false
        }
    }
}

extension TraceChannel {
    /// What a server may miss that does not go on; empty where it asked for nothing.
    var clientCertificateHint: String {
        let isAsked = engine?.messages.all.contains { $0.name == "CertificateRequest" } == true
        return isAsked ? "; it had asked for a client certificate, and a trace has none" : ""
    }
}

extension TLSFailure {
    /// In words: `the server sent the alert handshake failure (40)`.
    var text: String {
        switch kind {
        case .alert: "the server sent the alert \(words)" + (alert.map { " (\($0))" } ?? "")
        case .invalid: "what the server sent is not TLS, or not TLS that is allowed here: \(words)"
        }
    }
}
