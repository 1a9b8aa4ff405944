import Glibc
import Kernel

/// What the connections of one thread have in common: the certificates that this host trusts.
///
/// They are those of the system's OpenSSL, or what SSL_CERT_FILE and SSL_CERT_DIR name in their place. A certificate that is not
/// trusted ends no handshake: what the library found of it is told (SSL_CTX_set_verify(3), SSL_VERIFY_NONE).
@safe
package final class TLSContext {
    package let library: TLSLibrary
    let pointer: OpenSSL.Object

    /// SSL_CTRL_SET_SESS_CACHE_MODE.
    private static let setCacheMode: CInt = 44

    /// Nil where the library refuses.
    package init?(_ library: TLSLibrary) {
        let api = library.api
        guard let made = unsafe api.SSL_CTX_new(api.TLS_client_method()) else { return nil }
        self.library = library
        unsafe pointer = unsafe made
        _ = unsafe api.SSL_CTX_set_default_verify_paths(made)
        // Sessions are kept by whoever wants them.
        _ = unsafe api.SSL_CTX_ctrl(made, Self.setCacheMode, 0, nil)
    }

    /// What names other certificates than the system's; nil where nothing does.
    package static var trustedElsewhere: String? {
        let named = [
            ("SSL_CERT_FILE", Environment["SSL_CERT_FILE"], false),
            ("SSL_CERT_DIR", Environment["SSL_CERT_DIR"], true),
        ].compactMap { name, value, areSeveral in
            value.map { value in
                // Of directories one is enough.
                let places = areSeveral ? value.split(separator: ":").map(String.init) : [value]
                let isThere = places.contains { unsafe access($0, R_OK) == 0 }
                return "\(name)=\(value)" + (isThere ? "" : ", which tcptune cannot read")
            }
        }
        return named.isEmpty ? nil : named.joined(separator: ", ")
    }

    deinit { unsafe library.api.SSL_CTX_free(pointer) }
}

/// What a later connection can resume.
@safe
package final class TLSSession {
    private let library: TLSLibrary
    let pointer: OpenSSL.Object

    init(_ pointer: OpenSSL.Object, of library: TLSLibrary) {
        unsafe self.pointer = unsafe pointer
        self.library = library
    }

    deinit { unsafe library.api.SSL_SESSION_free(pointer) }
}
