/// TLS on the client's side of one connection, apart from any socket: what came is put in, what is to be sent is taken out.
///
/// So nothing here ever waits, and whoever has the socket keeps to its own time limits.
@safe
package final class TLSEngine {
    private let context: TLSContext
    private let ssl: OpenSSL.Object
    /// They are the connection's own (SSL_set_bio(3)).
    private let incoming: OpenSSL.Object
    private let outgoing: OpenSSL.Object
    private let log: TLSMessages?
    private let peer: TLSPeer

    private var api: OpenSSL { context.library.api }

    // ssl.h
    private static let setServerName: CInt = 55
    private static let setMessageArgument: CInt = 16
    private static let wantsRead: CInt = 2
    private static let wantsWrite: CInt = 3
    private static let zeroReturn: CInt = 6

    package enum Progress: Sendable, Hashable {
        case done
        /// More must come first.
        case waits
        case failed(TLSFailure)
    }

    package enum Reading: Sendable, Hashable {
        case bytes(Int)
        case waits
        /// The peer's close_notify has come: it sends no more.
        case closed
        case failed(TLSFailure)
    }

    /// Begins; nil where the library refuses, as for want of memory.
    ///
    /// - Parameters:
    ///   - protocols: what is offered by ALPN, in order of preference.
    ///   - session: what is offered to be resumed.
    ///   - isLogged: whether its messages are kept.
    package init?(
        _ context: TLSContext, to peer: TLSPeer, protocols: [String] = [],
        session: TLSSession? = nil, isLogged: Bool = false
    ) {
        let api = context.library.api
        guard let ssl = unsafe api.SSL_new(context.pointer) else { return nil }
        guard let incoming = unsafe api.BIO_new(api.BIO_s_mem()),
            let outgoing = unsafe api.BIO_new(api.BIO_s_mem())
        else {
            unsafe api.SSL_free(ssl)
            return nil
        }
        self.context = context
        self.peer = peer
        unsafe self.ssl = unsafe ssl
        unsafe self.incoming = unsafe incoming
        unsafe self.outgoing = unsafe outgoing
        log = isLogged ? TLSMessages() : nil
        unsafe api.SSL_set_bio(ssl, incoming, outgoing)
        unsafe api.SSL_set_connect_state(ssl)
        let parameters = unsafe api.SSL_get0_param(ssl)
        if let name = peer.name {
            var bytes = Array(name.utf8CString)
            _ = unsafe bytes.withUnsafeMutableBytes {
                unsafe api.SSL_ctrl(ssl, Self.setServerName, 0, $0.baseAddress)
            }
            _ = unsafe api.X509_VERIFY_PARAM_set1_host(parameters, name, name.utf8.count)
        } else if let bytes = peer.addressBytes {
            _ = unsafe api.X509_VERIFY_PARAM_set1_ip(parameters, bytes, bytes.count)
        }
        let offered = protocols.flatMap { [UInt8(clamping: $0.utf8.count)] + Array($0.utf8) }
        if !offered.isEmpty {
            _ = unsafe api.SSL_set_alpn_protos(ssl, offered, CUnsignedInt(offered.count))
        }
        if let session { _ = unsafe api.SSL_set_session(ssl, session.pointer) }
        guard let log else { return }
        let place = unsafe Unmanaged.passUnretained(log).toOpaque()
        _ = unsafe api.SSL_ctrl(ssl, Self.setMessageArgument, 0, place)
        unsafe api.SSL_set_msg_callback(ssl) { isSent, _, contentType, bytes, count, _, place in
            guard let place = unsafe place else { return }
            let log = unsafe Unmanaged<TLSMessages>.fromOpaque(place).takeUnretainedValue()
            let room = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
            if let message = unsafe TLSMessage(contentType, room, isSent: isSent != 0) {
                log.add(message)
            }
        }
    }

    deinit { unsafe api.SSL_free(ssl) }

    // MARK: bytes

    /// Takes what came over the connection.
    package func take(_ bytes: [UInt8], count: Int) {
        precondition(count <= bytes.count)
        guard count > 0 else { return }
        _ = unsafe bytes.withUnsafeBytes {
            unsafe api.BIO_write(incoming, $0.baseAddress, CInt(count))
        }
    }

    /// Adds what is to be sent over the connection.
    package func give(to bytes: inout [UInt8]) {
        let count = unsafe api.BIO_ctrl_pending(outgoing)
        guard count > 0 else { return }
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        let taken = unsafe bytes.withUnsafeMutableBytes { room in
            let base = unsafe room.baseAddress.map { unsafe $0 + start }
            return unsafe api.BIO_read(outgoing, base, CInt(count))
        }
        bytes.removeLast(count - max(Int(taken), 0))
    }

    // MARK: steps

    package func shakeHands() -> Progress {
        api.ERR_clear_error()
        let result = unsafe api.SSL_do_handshake(ssl)
        return result == 1 ? .done : progress(result)
    }

    private func progress(_ result: CInt) -> Progress {
        switch unsafe api.SSL_get_error(ssl, result) {
        case Self.wantsRead, Self.wantsWrite: .waits
        default: .failed(TLSFailure.take(api))
        }
    }

    /// Reads what the peer's program sent, into the beginning of the buffer.
    package func read(into buffer: inout [UInt8], atMost most: Int) -> Reading {
        api.ERR_clear_error()
        let room = CInt(clamping: min(buffer.count, most))
        let result = unsafe buffer.withUnsafeMutableBytes {
            unsafe api.SSL_read(ssl, $0.baseAddress, room)
        }
        guard result <= 0 else { return .bytes(Int(result)) }
        if unsafe api.SSL_get_error(ssl, result) == Self.zeroReturn { return .closed }
        return switch progress(result) {
        case .done, .waits: .waits
        case .failed(let failure): .failed(failure)
        }
    }

    /// Takes what this side's program sends, from a place on: all of it, unless something must come first.
    package func write(_ bytes: [UInt8], from start: Int) -> Progress {
        precondition(0 <= start && start < bytes.count)
        api.ERR_clear_error()
        let result = unsafe bytes.withUnsafeBytes { room in
            let base = unsafe room.baseAddress.map { unsafe $0 + start }
            return unsafe api.SSL_write(ssl, base, CInt(clamping: bytes.count - start))
        }
        return result > 0 ? .done : progress(result)
    }

    /// Has a close_notify sent, once; not to be called before the handshake is done.
    package func sayClose() {
        api.ERR_clear_error()
        _ = unsafe api.SSL_shutdown(ssl)
        api.ERR_clear_error()
    }

    // MARK: what came of it

    /// Messages up to now, and how many more there were than are kept.
    package var messages: (all: [TLSMessage], leftOut: Int) { (log?.all ?? [], log?.leftOut ?? 0) }

    /// `TLSv1.3`.
    package var version: String { unsafe text(api.SSL_get_version(ssl)) ?? "" }

    /// `TLS_AES_256_GCM_SHA384`; nil before it is agreed upon.
    package var cipher: String? {
        guard let cipher = unsafe api.SSL_get_current_cipher(ssl) else { return nil }
        return unsafe text(api.SSL_CIPHER_get_name(cipher))
    }

    /// The protocol that the server chose by ALPN; nil where it chose none.
    package var chosenProtocol: String? {
        var start: OpenSSL.Bytes?
        var count: CUnsignedInt = 0
        unsafe api.SSL_get0_alpn_selected(ssl, &start, &count)
        guard let start = unsafe start, count > 0 else { return nil }
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: Int(count)), as: UTF8.self)
    }

    /// Whether it went on where an earlier one was, without a new exchange of certificates.
    package var isResumed: Bool { unsafe api.SSL_session_reused(ssl) == 1 }

    /// What the library found of the server's certificate: 0 where it is trusted and for this name (X509_verify_cert(3)), and the
    /// words for it.
    package var verification: (code: Int, words: String) {
        let code = unsafe api.SSL_get_verify_result(ssl)
        return (code, unsafe text(api.X509_verify_cert_error_string(code)) ?? "error \(code)")
    }

    /// Of the server, its own first.
    package var certificates: [TLSCertificate] {
        unsafe CertificateReader(api).read(chain: api.SSL_get_peer_cert_chain(ssl))
    }

    /// The certificate of this host that the server's leads to; nil where it leads to none.
    package var anchor: String? {
        unsafe CertificateReader(api).end(of: api.SSL_get0_verified_chain(ssl))
    }

    /// Whether the server's certificate is for the name or address that is wanted, whatever else is wrong with it; nil where there
    /// is none.
    package var isForPeer: Bool? {
        guard let chain = unsafe api.SSL_get_peer_cert_chain(ssl),
            let own = unsafe api.OPENSSL_sk_value(chain, 0)
        else { return nil }
        if let name = peer.name {
            return unsafe api.X509_check_host(own, name, name.utf8.count, 0, nil) == 1
        }
        guard let bytes = peer.addressBytes else { return nil }
        return unsafe api.X509_check_ip(own, bytes, bytes.count, 0) == 1
    }

    /// What a later connection may resume; nil where the server offered nothing.
    package var session: TLSSession? {
        guard let session = unsafe api.SSL_get1_session(ssl) else { return nil }
        let kept = unsafe TLSSession(session, of: context.library)
        return unsafe api.SSL_SESSION_is_resumable(session) == 1 ? kept : nil
    }

    private func text(_ start: OpenSSL.Text?) -> String? {
        unsafe start.map { unsafe String(cString: $0) }
    }
}
