import Model

/// What can be done where a certificate is not trusted, as far as the certificates that came tell.
struct TrustAdvice {
    /// Empty where nothing is known; begins with `; ` or ` (`.
    let words: String

    // x509_vfy.h: X509_V_ERR_…
    private static let expired = 10
    private static let notYetValid = 9
    private static let selfSigned = [18, 19]
    private static let noIssuer = [2, 20, 21]
    private static let mismatches = [62, 64]

    init(_ tls: Trace.TLS) {
        let missing =
            tls.verification?.trustedElsewhere.map { $0.contains("cannot read") } ?? false
        guard let code = tls.verification?.code, let own = tls.certificates.first,
            let last = tls.certificates.last
        else {
            words = ""
            return
        }
        let elsewhere = missing ? " (\(tls.verification?.trustedElsewhere ?? ""))" : ""
        switch code {
        case _ where Self.mismatches.contains(code):
            let names = own.names.isEmpty ? [own.subject] : own.names
            let more = names.count > 4 ? " … and \(names.count - 4) more" : ""
            words =
                "; it is for \(names.prefix(4).joined(separator: ", "))\(more): use such a name, or give the server a certificate for "
                + (tls.serverName ?? "this address")
        case _ where Self.noIssuer.contains(code) && tls.certificates.count == 1:
            words =
                "; the server sent only its own certificate, signed by \(own.issuer), which this host does not know\(elsewhere): "
                + "if that is an intermediate certificate, the server must send it too (the whole chain in ssl_certificate of nginx); "
                + "if it is an authority of your own, name it with SSL_CERT_FILE"
        case _ where Self.noIssuer.contains(code):
            words =
                "; the last certificate it sent is signed by \(last.issuer), which this host does not know\(elsewhere): "
                + "name that authority with SSL_CERT_FILE, or let the server send the missing certificate"
        case _ where Self.selfSigned.contains(code):
            words =
                "; this host does not know \(last.subject)\(elsewhere): if it is yours, name it with SSL_CERT_FILE"
        case Self.expired: words = "; renew it on the server, and check this host's clock"
        case Self.notYetValid: words = "; compare this host's clock with the server's clock"
        default: words = elsewhere
        }
    }
}
