import Kernel
import Model
import Testbed

/// How a load speaks TLS.
package struct LoadTLS: Sendable {
    /// The name that the server is told, and that its certificate should have; nil for its address.
    package var name: String?
    /// Whether a connection offers the session of an earlier one; otherwise each makes a full handshake.
    package var resumes = false

    package init(name: String? = nil, resumes: Bool = false) {
        self.name = name
        self.resumes = resumes
    }

    func peer(_ destination: SocketAddress) -> TLSPeer {
        name.map { TLSPeer(name: $0) } ?? TLSPeer(destination.address)
    }
}

extension TLSTally {
    /// Notes a handshake that came to its end.
    mutating func note(_ engine: TLSEngine) {
        handshakes += 1
        if engine.isResumed { resumed += 1 }
        agreed["\(engine.version) \(engine.cipher ?? "without a cipher")", default: 0] += 1
        verified[engine.verification.words, default: 0] += 1
    }

    mutating func note(_ failure: TLSFailure) {
        let words = failure.kind == .alert ? "alert: \(failure.words)" : failure.words
        guard failures[words] != nil || failures.count < Self.mostKinds else { return }
        failures[words, default: 0] += 1
    }
}
