import Kernel

/// A message of the handshake, or an alert, as the library saw it go or come.
package struct TLSMessage: Sendable, Hashable {
    /// On the clock of ``LoadClock``.
    package var time: Int64
    /// Whether this side sent it.
    package var isSent: Bool
    /// `ClientHello`, `close_notify`.
    package var name: String
    package var bytes: Int
    /// The number of an alert; nil of other messages.
    package var alert: Int?

    /// Nil of what is neither.
    init?(_ contentType: CInt, _ bytes: UnsafeRawBufferPointer, isSent: Bool) {
        switch contentType {
        case 21 where bytes.count == 2:
            alert = Int(unsafe bytes[1])
            name = unsafe Self.name(ofAlert: Int(bytes[1])) ?? "alert \(bytes[1])"
        case 22 where bytes.count > 0:
            name = unsafe Self.name(of: bytes)
        default: return nil
        }
        time = LoadClock.now
        self.isSent = isSent
        self.bytes = bytes.count
    }

    /// Of a handshake message, by its first byte (RFC 8446 §4, RFC 5246 §7.4).
    private static func name(of bytes: UnsafeRawBufferPointer) -> String {
        let kind = unsafe bytes[0]
        // A ServerHello with this in place of randomness asks for another ClientHello (RFC 8446 §4.1.3).
        if kind == 2, bytes.count >= 14,
            unsafe bytes[6..<14].elementsEqual(retry)
        {
            return "HelloRetryRequest"
        }
        return names[kind] ?? "handshake \(kind)"
    }

    private static let retry: [UInt8] = [0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11]

    private static let names: [UInt8: String] = [
        0: "HelloRequest", 1: "ClientHello", 2: "ServerHello", 4: "NewSessionTicket",
        5: "EndOfEarlyData", 8: "EncryptedExtensions", 11: "Certificate", 12: "ServerKeyExchange",
        13: "CertificateRequest", 14: "ServerHelloDone", 15: "CertificateVerify",
        16: "ClientKeyExchange", 20: "Finished", 22: "CertificateStatus", 24: "KeyUpdate",
        25: "CompressedCertificate",
    ]

    /// Nil of one that no RFC names.
    static func name(ofAlert number: Int) -> String? {
        UInt8(exactly: number).flatMap { alertNames[$0] }
    }

    /// RFC 8446 §6 and RFC 5246 §7.2.
    private static let alertNames: [UInt8: String] = [
        0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow",
        40: "handshake_failure", 42: "bad_certificate", 43: "unsupported_certificate",
        44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown",
        47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
        51: "decrypt_error", 70: "protocol_version", 71: "insufficient_security",
        80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled",
        100: "no_renegotiation", 109: "missing_extension", 110: "unsupported_extension",
        112: "unrecognized_name", 113: "bad_certificate_status_response",
        115: "unknown_psk_identity", 116: "certificate_required", 120: "no_application_protocol",
    ]
}

/// The messages of one connection.
final class TLSMessages {
    /// A server that sends tickets without end fills no memory.
    private static let most = 256

    private(set) var all: [TLSMessage] = []
    private(set) var leftOut = 0

    func add(_ message: TLSMessage) {
        if all.count < Self.most { all.append(message) } else { leftOut += 1 }
    }
}
