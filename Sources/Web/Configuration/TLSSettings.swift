import NIOSSL

/// What `tls_server_config` says, with the certificates that it names.
struct TLSSettings: Equatable {
    /// What is asked of clients, named as in Go's crypto/tls.
    enum ClientAuthentication: Equatable {
        case none
        /// Asked for, and taken whoever signed it.
        case requested
        /// Must be there, and is taken whoever signed it.
        case requiredAny
        case verifiedIfGiven
        case requiredAndVerified
    }

    /// PEM, and where it comes from.
    struct Material: Equatable {
        var bytes: [UInt8]
        /// A path, or a file and its line.
        var origin: String
    }

    var certificate: Material
    var key: Material
    var clientAuthorities: Material?
    var clientAuthentication = ClientAuthentication.none
    /// A client's certificate must have one of them as a Subject Alternative Name; nil where any may come.
    var allowedNames: [String]?
    var oldest = TLSVersion.tlsv12
    var newest = TLSVersion.tlsv13
    /// Of TLS up to 1.2; nil for the library's own.
    var ciphers: [NIOTLSCipher]?
    /// The one liked best first; nil for the library's own.
    var curves: [NIOTLSCurve]?

    static let clientAuthentications: [(name: String, value: ClientAuthentication)] = [
        ("NoClientCert", .none), ("RequestClientCert", .requested),
        ("RequireAnyClientCert", .requiredAny), ("RequireClientCert", .requiredAny),
        ("VerifyClientCertIfGiven", .verifiedIfGiven),
        ("RequireAndVerifyClientCert", .requiredAndVerified),
    ]

    static let versions: [(name: String, value: TLSVersion)] = [
        ("TLS10", .tlsv1), ("TLS11", .tlsv11), ("TLS12", .tlsv12), ("TLS13", .tlsv13),
    ]

    static let curveNames: [(name: String, value: NIOTLSCurve)] = [
        ("CurveP256", .secp256r1), ("CurveP384", .secp384r1), ("CurveP521", .secp521r1),
        ("X25519", .x25519),
    ]

    /// Those that Go calls secure; of TLS 1.3 all are always on.
    static let cipherNames: [(name: String, value: NIOTLSCipher)] = [
        ("TLS_AES_128_GCM_SHA256", .TLS_AES_128_GCM_SHA256),
        ("TLS_AES_256_GCM_SHA384", .TLS_AES_256_GCM_SHA384),
        ("TLS_CHACHA20_POLY1305_SHA256", .TLS_CHACHA20_POLY1305_SHA256),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA),
        ("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA),
        ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA),
        ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA),
        ("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
        ("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
        ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
        ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
        (
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
        ),
        (
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        ),
    ]

    static func isOfTLS13(_ cipher: NIOTLSCipher) -> Bool { cipher.rawValue >> 8 == 0x13 }
}
