/// What a web configuration file says: the format of Prometheus' exporters (exporter-toolkit, docs/web-configuration.md).
///
/// Stricter than those where a file would leave the server unprotected or unreachable: `tls_server_config` without a
/// certificate, `RequireAndVerifyClientCert` without `client_ca_file`, and both of `cert` and `cert_file`, are refused.
/// `http2` is read and has no effect: the server speaks HTTP/1.1 only.
struct WebConfiguration: Equatable {
    /// Nil where connections are not encrypted.
    var tls: TLSSettings?
    /// Added to every response, whatever it says itself.
    var headers: [Header] = []
    /// Nobody needs a password where there are none.
    var users: [String: PasswordHash] = [:]
    /// Nil where every request is answered.
    var rate: RequestRate?

    struct Header: Equatable {
        var name: String
        var value: String
    }

    /// Whether everybody who is answered has shown who he is.
    var authenticates: Bool { !users.isEmpty || tls?.clientAuthentication == .requiredAndVerified }

    /// The reason for which this must not serve other hosts; nil where it may.
    var exposure: String? {
        switch (tls != nil, authenticates) {
        case (true, true): nil
        case (false, true): "passwords would cross the network unencrypted"
        case (true, false): "everybody could read what it serves"
        case (false, false): "everybody could read what it serves, and others on the way"
        }
    }
}
