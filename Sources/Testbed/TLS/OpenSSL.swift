import Glibc

/// The functions of OpenSSL that are called, each as 1.1.1 and 3.x declare it.
///
/// Found by name at run time: who has no libssl lacks TLS and nothing else. Every object of the library is a pointer without a
/// type here; ssl(7) and crypto(7) say what each function takes, and whose what it gives is.
@safe
struct OpenSSL: Sendable {
    typealias Object = UnsafeMutableRawPointer
    typealias Bytes = UnsafePointer<UInt8>
    typealias Text = UnsafePointer<CChar>
    /// write_p, version, content_type, buf, len, ssl, arg: SSL_set_msg_callback(3).
    typealias Messages =
        @convention(c) @Sendable (
            CInt, CInt, CInt, UnsafeRawPointer?, Int, Object?, UnsafeMutableRawPointer?
        ) -> Void

    // libssl
    let OPENSSL_init_ssl: @convention(c) @Sendable (UInt64, Object?) -> CInt
    let TLS_client_method: @convention(c) @Sendable () -> Object?
    let SSL_CTX_new: @convention(c) @Sendable (Object?) -> Object?
    let SSL_CTX_free: @convention(c) @Sendable (Object?) -> Void
    let SSL_CTX_ctrl: @convention(c) @Sendable (Object?, CInt, Int, Object?) -> Int
    let SSL_CTX_set_default_verify_paths: @convention(c) @Sendable (Object?) -> CInt
    let SSL_new: @convention(c) @Sendable (Object?) -> Object?
    let SSL_free: @convention(c) @Sendable (Object?) -> Void
    let SSL_set_bio: @convention(c) @Sendable (Object?, Object?, Object?) -> Void
    let SSL_set_connect_state: @convention(c) @Sendable (Object?) -> Void
    let SSL_do_handshake: @convention(c) @Sendable (Object?) -> CInt
    let SSL_get_error: @convention(c) @Sendable (Object?, CInt) -> CInt
    let SSL_read: @convention(c) @Sendable (Object?, Object?, CInt) -> CInt
    let SSL_write: @convention(c) @Sendable (Object?, UnsafeRawPointer?, CInt) -> CInt
    let SSL_shutdown: @convention(c) @Sendable (Object?) -> CInt
    let SSL_ctrl: @convention(c) @Sendable (Object?, CInt, Int, Object?) -> Int
    let SSL_get0_param: @convention(c) @Sendable (Object?) -> Object?
    let SSL_set_alpn_protos: @convention(c) @Sendable (Object?, Bytes?, CUnsignedInt) -> CInt
    let SSL_get0_alpn_selected:
        @convention(c) @Sendable (
            Object?, UnsafeMutablePointer<Bytes?>?, UnsafeMutablePointer<CUnsignedInt>?
        ) -> Void
    let SSL_get_version: @convention(c) @Sendable (Object?) -> Text?
    let SSL_get_current_cipher: @convention(c) @Sendable (Object?) -> Object?
    let SSL_CIPHER_get_name: @convention(c) @Sendable (Object?) -> Text?
    let SSL_get_verify_result: @convention(c) @Sendable (Object?) -> Int
    let SSL_session_reused: @convention(c) @Sendable (Object?) -> CInt
    let SSL_get1_session: @convention(c) @Sendable (Object?) -> Object?
    let SSL_set_session: @convention(c) @Sendable (Object?, Object?) -> CInt
    let SSL_SESSION_free: @convention(c) @Sendable (Object?) -> Void
    let SSL_SESSION_is_resumable: @convention(c) @Sendable (Object?) -> CInt
    let SSL_get_peer_cert_chain: @convention(c) @Sendable (Object?) -> Object?
    let SSL_get0_verified_chain: @convention(c) @Sendable (Object?) -> Object?
    let SSL_set_msg_callback: @convention(c) @Sendable (Object?, Messages?) -> Void
    let SSL_alert_desc_string_long: @convention(c) @Sendable (CInt) -> Text?

    // libcrypto
    let OpenSSL_version: @convention(c) @Sendable (CInt) -> Text?
    let ERR_clear_error: @convention(c) @Sendable () -> Void
    let ERR_get_error: @convention(c) @Sendable () -> CUnsignedLong
    let ERR_reason_error_string: @convention(c) @Sendable (CUnsignedLong) -> Text?
    let BIO_s_mem: @convention(c) @Sendable () -> Object?
    let BIO_new: @convention(c) @Sendable (Object?) -> Object?
    let BIO_free: @convention(c) @Sendable (Object?) -> CInt
    let BIO_read: @convention(c) @Sendable (Object?, Object?, CInt) -> CInt
    let BIO_write: @convention(c) @Sendable (Object?, UnsafeRawPointer?, CInt) -> CInt
    let BIO_ctrl_pending: @convention(c) @Sendable (Object?) -> Int
    let X509_VERIFY_PARAM_set1_host: @convention(c) @Sendable (Object?, Text?, Int) -> CInt
    let X509_VERIFY_PARAM_set1_ip: @convention(c) @Sendable (Object?, Bytes?, Int) -> CInt
    let X509_verify_cert_error_string: @convention(c) @Sendable (Int) -> Text?
    let X509_check_host:
        @convention(c) @Sendable (Object?, Text?, Int, CUnsignedInt, Object?) -> CInt
    let X509_check_ip: @convention(c) @Sendable (Object?, Bytes?, Int, CUnsignedInt) -> CInt
    let X509_get_subject_name: @convention(c) @Sendable (Object?) -> Object?
    let X509_get_issuer_name: @convention(c) @Sendable (Object?) -> Object?
    let X509_get0_notBefore: @convention(c) @Sendable (Object?) -> Object?
    let X509_get0_notAfter: @convention(c) @Sendable (Object?) -> Object?
    let X509_get_ext_d2i:
        @convention(c) @Sendable (
            Object?, CInt, UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?
        ) -> Object?
    let X509_NAME_get_index_by_NID: @convention(c) @Sendable (Object?, CInt, CInt) -> CInt
    let X509_NAME_get_entry: @convention(c) @Sendable (Object?, CInt) -> Object?
    let X509_NAME_ENTRY_get_data: @convention(c) @Sendable (Object?) -> Object?
    let X509_NAME_oneline:
        @convention(c) @Sendable (Object?, UnsafeMutablePointer<CChar>?, CInt)
            -> UnsafeMutablePointer<CChar>?
    let GENERAL_NAME_get0_value:
        @convention(c) @Sendable (Object?, UnsafeMutablePointer<CInt>?) -> Object?
    let GENERAL_NAMES_free: @convention(c) @Sendable (Object?) -> Void
    let OPENSSL_sk_num: @convention(c) @Sendable (Object?) -> CInt
    let OPENSSL_sk_value: @convention(c) @Sendable (Object?, CInt) -> Object?
    let ASN1_STRING_to_UTF8:
        @convention(c) @Sendable (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?, Object?)
            -> CInt
    let ASN1_STRING_get0_data: @convention(c) @Sendable (Object?) -> Bytes?
    let ASN1_STRING_length: @convention(c) @Sendable (Object?) -> CInt
    let ASN1_STRING_free: @convention(c) @Sendable (Object?) -> Void
    let ASN1_TIME_set: @convention(c) @Sendable (Object?, time_t) -> Object?
    let ASN1_TIME_diff:
        @convention(c) @Sendable (
            UnsafeMutablePointer<CInt>?, UnsafeMutablePointer<CInt>?, Object?, Object?
        ) -> CInt
    let CRYPTO_free: @convention(c) @Sendable (Object?, Text?, CInt) -> Void

    /// What a library lacks.
    struct Missing: Error { let name: String }

    /// - Parameter handle: of libssl, whose own libraries are looked through, too (dlsym(3)).
    init(_ handle: UnsafeMutableRawPointer) throws(Missing) {
        func find<Function>(_ name: String) throws(Missing) -> Function {
            guard let place = unsafe dlsym(handle, name) else { throw Missing(name: name) }
            return unsafe unsafeBitCast(place, to: Function.self)
        }
        unsafe OPENSSL_init_ssl = try find("OPENSSL_init_ssl")
        unsafe TLS_client_method = try find("TLS_client_method")
        unsafe SSL_CTX_new = try find("SSL_CTX_new")
        unsafe SSL_CTX_free = try find("SSL_CTX_free")
        unsafe SSL_CTX_ctrl = try find("SSL_CTX_ctrl")
        unsafe SSL_CTX_set_default_verify_paths = try find("SSL_CTX_set_default_verify_paths")
        unsafe SSL_new = try find("SSL_new")
        unsafe SSL_free = try find("SSL_free")
        unsafe SSL_set_bio = try find("SSL_set_bio")
        unsafe SSL_set_connect_state = try find("SSL_set_connect_state")
        unsafe SSL_do_handshake = try find("SSL_do_handshake")
        unsafe SSL_get_error = try find("SSL_get_error")
        unsafe SSL_read = try find("SSL_read")
        unsafe SSL_write = try find("SSL_write")
        unsafe SSL_shutdown = try find("SSL_shutdown")
        unsafe SSL_ctrl = try find("SSL_ctrl")
        unsafe SSL_get0_param = try find("SSL_get0_param")
        unsafe SSL_set_alpn_protos = try find("SSL_set_alpn_protos")
        unsafe SSL_get0_alpn_selected = try find("SSL_get0_alpn_selected")
        unsafe SSL_get_version = try find("SSL_get_version")
        unsafe SSL_get_current_cipher = try find("SSL_get_current_cipher")
        unsafe SSL_CIPHER_get_name = try find("SSL_CIPHER_get_name")
        unsafe SSL_get_verify_result = try find("SSL_get_verify_result")
        unsafe SSL_session_reused = try find("SSL_session_reused")
        unsafe SSL_get1_session = try find("SSL_get1_session")
        unsafe SSL_set_session = try find("SSL_set_session")
        unsafe SSL_SESSION_free = try find("SSL_SESSION_free")
        unsafe SSL_SESSION_is_resumable = try find("SSL_SESSION_is_resumable")
        unsafe SSL_get_peer_cert_chain = try find("SSL_get_peer_cert_chain")
        unsafe SSL_get0_verified_chain = try find("SSL_get0_verified_chain")
        unsafe SSL_set_msg_callback = try find("SSL_set_msg_callback")
        unsafe SSL_alert_desc_string_long = try find("SSL_alert_desc_string_long")
        unsafe OpenSSL_version = try find("OpenSSL_version")
        ERR_clear_error = try find("ERR_clear_error")
        ERR_get_error = try find("ERR_get_error")
        unsafe ERR_reason_error_string = try find("ERR_reason_error_string")
        unsafe BIO_s_mem = try find("BIO_s_mem")
        unsafe BIO_new = try find("BIO_new")
        unsafe BIO_free = try find("BIO_free")
        unsafe BIO_read = try find("BIO_read")
        unsafe BIO_write = try find("BIO_write")
        unsafe BIO_ctrl_pending = try find("BIO_ctrl_pending")
        unsafe X509_VERIFY_PARAM_set1_host = try find("X509_VERIFY_PARAM_set1_host")
        unsafe X509_VERIFY_PARAM_set1_ip = try find("X509_VERIFY_PARAM_set1_ip")
        unsafe X509_verify_cert_error_string = try find("X509_verify_cert_error_string")
        unsafe X509_check_host = try find("X509_check_host")
        unsafe X509_check_ip = try find("X509_check_ip")
        unsafe X509_get_subject_name = try find("X509_get_subject_name")
        unsafe X509_get_issuer_name = try find("X509_get_issuer_name")
        unsafe X509_get0_notBefore = try find("X509_get0_notBefore")
        unsafe X509_get0_notAfter = try find("X509_get0_notAfter")
        unsafe X509_get_ext_d2i = try find("X509_get_ext_d2i")
        unsafe X509_NAME_get_index_by_NID = try find("X509_NAME_get_index_by_NID")
        unsafe X509_NAME_get_entry = try find("X509_NAME_get_entry")
        unsafe X509_NAME_ENTRY_get_data = try find("X509_NAME_ENTRY_get_data")
        unsafe X509_NAME_oneline = try find("X509_NAME_oneline")
        unsafe GENERAL_NAME_get0_value = try find("GENERAL_NAME_get0_value")
        unsafe GENERAL_NAMES_free = try find("GENERAL_NAMES_free")
        unsafe OPENSSL_sk_num = try find("OPENSSL_sk_num")
        unsafe OPENSSL_sk_value = try find("OPENSSL_sk_value")
        unsafe ASN1_STRING_to_UTF8 = try find("ASN1_STRING_to_UTF8")
        unsafe ASN1_STRING_get0_data = try find("ASN1_STRING_get0_data")
        unsafe ASN1_STRING_length = try find("ASN1_STRING_length")
        unsafe ASN1_STRING_free = try find("ASN1_STRING_free")
        unsafe ASN1_TIME_set = try find("ASN1_TIME_set")
        unsafe ASN1_TIME_diff = try find("ASN1_TIME_diff")
        unsafe CRYPTO_free = try find("CRYPTO_free")
    }
}
