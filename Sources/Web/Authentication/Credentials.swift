/// A name and a password, as a request brings them (RFC 7617).
struct Credentials: Equatable {
    var user: String
    var password: [UInt8]

    /// Reads the value of a header `Authorization`; nil for another scheme, and for what is no base 64.
    init?(_ header: String) {
        let scheme = header.prefix { $0 != " " }
        guard scheme.lowercased() == "basic",
            let bytes = Base64.decoded(header.dropFirst(scheme.count).drop { $0 == " " }.utf8),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let user = String(validating: bytes[..<colon], as: UTF8.self)
        else { return nil }
        self.user = user
        password = Array(bytes[(colon + 1)...])
    }
}
