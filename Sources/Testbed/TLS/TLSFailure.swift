/// Why TLS cannot go on.
package struct TLSFailure: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The peer said so.
        case alert
        /// What came is no TLS, or none that is allowed.
        case invalid
    }

    package var kind: Kind
    /// The library's words: `handshake failure`, `wrong version number`.
    package var words: String
    /// The number of the alert (RFC 8446 §6); nil where none came.
    package var alert: Int?
}

extension TLSFailure {
    /// Alerts are among the reasons of libssl from here on (ssl.h, SSL_AD_REASON_OFFSET).
    private static let firstAlert = 1000

    /// Takes what the library noted last in this thread.
    static func take(_ api: OpenSSL) -> TLSFailure {
        var failure: TLSFailure?
        while true {
            let code = api.ERR_get_error()
            guard code != 0 else { break }
            // The first is the cause; those behind it are of its callers. The number lies in the low bits in 1.1 and 3.
            guard failure == nil else { continue }
            let reason = Int(code & 0xFFF)
            if firstAlert...firstAlert + 255 ~= reason {
                let alert = reason - firstAlert
                failure = TLSFailure(kind: .alert, words: words(ofAlert: alert, api), alert: alert)
            } else {
                let words = unsafe api.ERR_reason_error_string(code).map {
                    unsafe String(cString: $0)
                }
                failure = TLSFailure(kind: .invalid, words: words ?? "error \(code)")
            }
        }
        return failure ?? TLSFailure(kind: .invalid, words: "OpenSSL gives no reason")
    }

    /// `handshake failure`.
    static func words(ofAlert number: Int, _ api: OpenSSL) -> String {
        if let name = TLSMessage.name(ofAlert: number) { return name.replacing("_", with: " ") }
        return unsafe api.SSL_alert_desc_string_long(CInt(truncatingIfNeeded: number)).map {
            unsafe String(cString: $0)
        } ?? "\(number)"
    }
}
