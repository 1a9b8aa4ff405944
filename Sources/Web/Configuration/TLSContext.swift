import NIOCore
import NIOSSL
import Text

/// What each encrypted connection begins with: certificates that are parsed, and who may come.
struct TLSContext {
    private let context: NIOSSLContext
    private let settings: TLSSettings

    /// - Throws: where a certificate or a key is none, or where they do not belong together.
    init(_ settings: TLSSettings) throws(WebError) {
        self.settings = settings
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.certificates(settings.certificate).map { .certificate($0) },
            privateKey: .privateKey(
                try Self.parsed(settings.key, "private key") {
                    try NIOSSLPrivateKey(bytes: $0, format: .pem)
                }))
        configuration.minimumTLSVersion = settings.oldest
        configuration.maximumTLSVersion = settings.newest
        configuration.applicationProtocols = ["http/1.1"]
        if let ciphers = settings.ciphers {
            let older = ciphers.filter { !TLSSettings.isOfTLS13($0) }
            // Of 1.3 none can be turned off; where only such are wanted, older versions are not.
            if older.isEmpty { configuration.minimumTLSVersion = .tlsv13 }
            if !older.isEmpty { configuration.cipherSuiteValues = older }
        }
        configuration.curves = settings.curves
        // Without client_ca_file none is trusted: the system's would let in every owner of a public certificate.
        configuration.trustRoots = .certificates(
            try settings.clientAuthorities.map(Self.certificates) ?? [])
        configuration.certificateVerification =
            switch settings.clientAuthentication {
            case .none: .none
            case .requested, .verifiedIfGiven: .optionalVerification
            case .requiredAny, .requiredAndVerified: .noHostnameVerification
            }
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch {
            throw WebError(
                "use", settings.certificate.origin,
                "it does not go together with the key in \(settings.key.origin)")
        }
    }

    /// The handler of one connection.
    func handler() -> NIOSSLServerHandler {
        switch settings.clientAuthentication {
        case .requested, .requiredAny:
            NIOSSLServerHandler(
                context: context,
                customVerificationCallback: { $1.succeed(.certificateVerified) })
        case .none, .verifiedIfGiven, .requiredAndVerified: NIOSSLServerHandler(context: context)
        }
    }

    /// Whether a client with this certificate may come.
    func allows(_ certificate: NIOSSLCertificate?) -> Bool {
        guard let allowed = settings.allowedNames, let certificate else { return true }
        return certificate.alternativeNames.contains(where: allowed.contains)
    }

    private static func certificates(
        _ material: TLSSettings.Material
    ) throws(WebError) -> [NIOSSLCertificate] {
        let found = try parsed(material, "certificate") { try NIOSSLCertificate.fromPEMBytes($0) }
        guard !found.isEmpty else {
            throw WebError("use", material.origin, "it holds no certificate in PEM")
        }
        return found
    }

    private static func parsed<Value>(
        _ material: TLSSettings.Material, _ what: String, _ parse: ([UInt8]) throws -> Value
    ) throws(WebError) -> Value {
        do {
            return try parse(material.bytes)
        } catch {
            throw WebError("use", material.origin, "it holds no \(what) in PEM")
        }
    }
}

extension NIOSSLCertificate {
    /// Its Subject Alternative Names as text: names of hosts, addresses of mail, URIs and IP addresses.
    var alternativeNames: [String] {
        _subjectAlternativeNames().compactMap { name in
            switch name.nameType {
            case .dnsName, .email, .uri: String(validating: name.contents, as: UTF8.self)
            case .ipAddress:
                try? SocketAddress(packedIPAddress: ByteBuffer(bytes: name.contents), port: 0)
                    .ipAddress
            default: nil
            }
        }
    }
}
