import Model

/// A certificate that a server sent, as far as it is shown.
package struct TLSCertificate: Sendable, Hashable {
    /// The common name, or all of the name where it has none: any text.
    package var subject: String
    package var issuer: String
    /// The names and addresses that it is for (subjectAltName).
    package var names: [String]
    /// Seconds since 1970.
    package var notBefore: Double?
    package var notAfter: Double?
}

/// Reads certificates.
struct CertificateReader {
    private let api: OpenSSL
    /// So many names of one certificate are read.
    private static let mostNames = 10_000
    /// So many certificates.
    private static let mostCertificates = 10

    // obj_mac.h
    private static let commonName: CInt = 13
    private static let alternativeNames: CInt = 85
    // x509v3.h
    private static let isDNS: CInt = 2
    private static let isAddress: CInt = 7

    init(_ api: OpenSSL) { self.api = api }

    /// Those of a chain.
    func read(chain: OpenSSL.Object?) -> [TLSCertificate] {
        guard let chain = unsafe chain else { return [] }
        let count = min(unsafe api.OPENSSL_sk_num(chain), CInt(Self.mostCertificates))
        return (0..<max(count, 0)).compactMap { place in
            unsafe api.OPENSSL_sk_value(chain, place).map { unsafe read($0) }
        }
    }

    /// The subject of the last of a chain; nil of an empty one.
    func end(of chain: OpenSSL.Object?) -> String? {
        guard let chain = unsafe chain else { return nil }
        let count = unsafe api.OPENSSL_sk_num(chain)
        guard count > 0, let last = unsafe api.OPENSSL_sk_value(chain, count - 1) else {
            return nil
        }
        return unsafe name(api.X509_get_subject_name(last))
    }

    private func read(_ certificate: OpenSSL.Object) -> TLSCertificate {
        unsafe TLSCertificate(
            subject: name(api.X509_get_subject_name(certificate)),
            issuer: name(api.X509_get_issuer_name(certificate)), names: names(certificate),
            notBefore: seconds(api.X509_get0_notBefore(certificate)),
            notAfter: seconds(api.X509_get0_notAfter(certificate)))
    }

    private func name(_ name: OpenSSL.Object?) -> String {
        guard let name = unsafe name else { return "" }
        let place = unsafe api.X509_NAME_get_index_by_NID(name, Self.commonName, -1)
        if place >= 0, let entry = unsafe api.X509_NAME_get_entry(name, place),
            let text = unsafe text(api.X509_NAME_ENTRY_get_data(entry))
        {
            return text
        }
        var line = [CChar](repeating: 0, count: 1024)
        guard unsafe api.X509_NAME_oneline(name, &line, CInt(line.count)) != nil else { return "" }
        return String(
            decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// In whatever alphabet it was written.
    private func text(_ string: OpenSSL.Object?) -> String? {
        var bytes: UnsafeMutablePointer<UInt8>?
        let length = unsafe api.ASN1_STRING_to_UTF8(&bytes, string)
        guard length >= 0, let start = unsafe bytes else { return nil }
        defer { unsafe api.CRYPTO_free(start, nil, 0) }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }

    private func names(_ certificate: OpenSSL.Object) -> [String] {
        guard
            let list = unsafe api.X509_get_ext_d2i(certificate, Self.alternativeNames, nil, nil)
        else { return [] }
        defer { unsafe api.GENERAL_NAMES_free(list) }
        let count = min(unsafe api.OPENSSL_sk_num(list), CInt(Self.mostNames))
        return (0..<max(count, 0)).compactMap { place in
            var kind: CInt = 0
            guard let entry = unsafe api.OPENSSL_sk_value(list, place),
                let value = unsafe api.GENERAL_NAME_get0_value(entry, &kind),
                kind == Self.isDNS || kind == Self.isAddress
            else { return nil }
            let length = Int(unsafe api.ASN1_STRING_length(value))
            guard length >= 0, let start = unsafe api.ASN1_STRING_get0_data(value) else {
                return nil
            }
            let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: length))
            return kind == Self.isDNS
                ? String(decoding: bytes, as: UTF8.self) : Self.address(bytes)
        }
    }

    private static func address(_ bytes: [UInt8]) -> String? {
        func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 << 8 | UInt64($1) }
        }
        return switch bytes.count {
        case 4: IPAddress(v4: UInt32(number(bytes))).description
        case 16: IPAddress(high: number(bytes.prefix(8)), low: number(bytes.suffix(8))).description
        default: nil
        }
    }

    /// Seconds since 1970; nil of a time that is none.
    private func seconds(_ time: OpenSSL.Object?) -> Double? {
        guard let time = unsafe time, let beginning = unsafe api.ASN1_TIME_set(nil, 0) else {
            return nil
        }
        defer { unsafe api.ASN1_STRING_free(beginning) }
        var (days, rest): (CInt, CInt) = (0, 0)
        guard unsafe api.ASN1_TIME_diff(&days, &rest, beginning, time) == 1 else { return nil }
        return Double(days) * 86_400 + Double(rest)
    }
}
