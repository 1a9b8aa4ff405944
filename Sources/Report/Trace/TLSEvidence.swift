import Audit
import Model
import Text

/// What tells how TLS went.
struct TLSEvidence {
    private let tls: Trace.TLS

    init(_ tls: Trace.TLS) { self.tls = tls }

    /// So many names of a certificate are shown.
    private static let mostNames = 6
    /// Fewer days left are worth a warning: a certificate that is renewed by a program has at least so many.
    private static let fewDays = 14.0

    var lines: [Phrase] {
        var lines: [Phrase] = []
        if let verification = tls.verification { lines.append(trust(verification)) }
        lines += tls.certificates.enumerated().map { place, certificate in
            Self.certificate(certificate, isOwn: place == 0)
        }
        if let version = tls.version {
            var line: Phrase = .strong(Self.name(of: version))
            if let cipher = tls.cipher { line += ", " + .code(cipher) }
            line += Phrase("; " + [alpn, sni].joined(separator: "; "))
            lines.append(line)
        } else {
            lines.append(Phrase(sni))
        }
        if tls.close != nil { lines.append(Phrase(session)) }
        if !tls.messages.isEmpty { lines += flights }
        lines.append(Phrase("library: \(tls.library)"))
        return lines
    }

    /// `TLS 1.3` of `TLSv1.3`.
    static func name(of version: String) -> String {
        version.hasPrefix("TLSv") ? "TLS " + version.dropFirst(4) : version
    }

    private func trust(_ verification: Trace.TLS.Verification) -> Phrase {
        let place = verification.trustedElsewhere.map { " (\($0))" } ?? ""
        if verification.isTrusted, tls.close == nil {
            // Anybody can send it: the handshake shows whether the server has its key.
            return Phrase(
                "the certificate would be trusted\(place), but the handshake, which proves that the server owns it, did not complete"
            )
        }
        if verification.isTrusted {
            let anchor = verification.anchor.map { " by " + $0 } ?? ""
            let when = tls.session.isResumed ? ", as in the resumed handshake" : ""
            return .good("trusted") + Phrase("\(anchor), for this \(typed)\(when)\(place)")
        }
        var words = "not trusted: \(verification.words)"
        // What the library met first need not be all.
        if verification.isForHost == false, !verification.words.contains("mismatch") {
            words += "; it is also not for this \(typed)"
        }
        return .severity(.warning, words) + Phrase(place)
    }

    private static func certificate(
        _ certificate: Trace.TLS.Certificate, isOwn: Bool
    ) -> Phrase {
        var line =
            Phrase(isOwn ? "certificate of " : "sent with it: ") + .strong(certificate.subject)
        let names = certificate.names.filter { $0 != certificate.subject || !isOwn }
        if isOwn, !certificate.names.isEmpty, !names.isEmpty {
            let more = names.count - mostNames
            line += Phrase(
                " for " + certificate.names.prefix(mostNames).joined(separator: ", ")
                    + (more > 0 ? " … and \(more.grouped) more" : ""))
        }
        line += Phrase(
            certificate.issuer == certificate.subject
                ? ", self-signed" : ", signed by \(certificate.issuer)")
        if let wait = certificate.daysUntilValid, wait > 0 {
            return line + .severity(.warning, ", not valid for another \(lasting(wait))")
        }
        guard let days = certificate.daysLeft else { return line }
        let text = ", " + life(days)
        return line + (days < fewDays ? .severity(.warning, text) : Phrase(text))
    }

    private static func life(_ days: Double) -> String {
        days < 0 ? "expired \(lasting(-days)) ago" : "\(lasting(days)) left"
    }

    private static func lasting(_ days: Double) -> String {
        let whole = Int(days.rounded(.down))
        return whole == 0
            ? (days * 86_400).duration : whole.counted("day")
    }

    /// What the certificate must be for.
    private var typed: String { tls.serverName == nil ? "address" : "name" }

    private var alpn: String {
        let offered = tls.offered.joined(separator: ", ")
        guard let chosen = tls.chosen else { return "ALPN \(offered) offered, no answer" }
        return "ALPN \(chosen)"
    }

    private var sni: String {
        tls.serverName.map { "this host sent the name \($0) (SNI)" }
            ?? "the URL has an address, so this host sent no name (SNI)"
    }

    private var session: String {
        let session = tls.session
        var words =
            session.isResumed
            ? "this host resumed the session of an earlier connection: the server sent no certificate"
            : session.wasOffered
                ? "this host offered a session, but the server made a full handshake"
                : "full handshake: this host had no session to offer"
        if session.tickets > 0 {
            words += "; the server sent \(session.tickets.counted("ticket"))"
        }
        words +=
            session.isResumable
            ? "; the next connection can resume it" : "; the next connection cannot resume it"
        return words
    }

    /// Whether the server asked for a certificate of the client.
    var asksForCertificate: Bool {
        tls.messages.contains { $0.side == .peer && $0.name == "CertificateRequest" }
    }

    /// `ClientHello 123 µs → ServerHello, Certificate, Finished 2 ms`.
    private var flights: [Phrase] {
        var parts: [(side: Trace.StateSeen.Side, names: [String], at: Double)] = []
        for message in tls.messages where message.at <= tls.span.ended && message.alert == nil {
            if parts.last?.side == message.side {
                parts[parts.count - 1].names.append(message.name)
                parts[parts.count - 1].at = message.at
            } else {
                parts.append((message.side, [message.name], message.at))
            }
        }
        let shaken = parts.map { part in
            (part.side == .local ? "sent " : "got ") + part.names.joined(separator: ", ")
                + " by \(part.at.latency)"
        }
        var lines = shaken.isEmpty ? [] : [Phrase(shaken.joined(separator: " → "))]
        // The close_notify of each side is told where the connection ends.
        for message in tls.messages {
            guard let alert = message.alert, alert != 0 else { continue }
            let side = message.side == .local ? "this host sent" : "the server sent"
            lines.append(
                .severity(
                    .warning,
                    "\(side) the alert \(message.name) (\(alert)) at \(message.at.latency)"))
        }
        if asksForCertificate {
            lines.append("the server asked for a client certificate, and a trace has none")
        }
        return lines
    }

    // MARK: the end

    /// How TLS ended, for the stage of the close; nil where it never began.
    var end: Phrase? {
        guard let close = tls.close else { return nil }
        if close.isTruncated {
            return .severity(
                .notice,
                "the server's FIN came without close_notify: TLS cannot show whether data was cut off"
            )
        }
        switch (close.received, close.sent) {
        case (let received?, let sent?) where received <= sent:
            return Phrase(
                "TLS: the server's close_notify at \(received.latency), this host's at \(sent.latency)"
            )
        case (let received?, let sent?):
            return Phrase(
                "TLS: this host's close_notify at \(sent.latency), the server's at \(received.latency)"
            )
        case (let received?, nil):
            return Phrase(
                "TLS: the server's close_notify at \(received.latency), before its FIN; this host sent none, because the server had closed"
            )
        case (nil, let sent?):
            return Phrase(
                "TLS: this host's close_notify at \(sent.latency); the server sent none"
            )
        case (nil, nil): return "TLS: neither side sent a close_notify"
        }
    }
}
