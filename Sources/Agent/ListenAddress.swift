import Model

/// Where the agent answers: an address and port, or a socket in the file system.
package enum ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// An empty host means every address.
    case host(String, UInt16)
    case socket(String)

    /// Reads `127.0.0.1:9765`, `:9765`, `[::1]:9765`, `localhost:9765` and `unix:/run/tcptune-agent/agent.sock`.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // sun_path holds 108 bytes with the zero at its end (unix(7)).
            guard path.hasPrefix("/"), path.utf8.count < 108 else { return nil }
            self = .socket(path)
            return
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ 48...57 ~= $0 }), let port = UInt16(digits)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        guard host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5B && $0 != 0x5D }) else {
            return nil
        }
        self = .host(host, port)
    }

    /// Whether only programs of this host reach it.
    package var isLocal: Bool {
        switch self {
        case .socket: true
        case .host("localhost", _): true
        case .host(let host, _): IPAddress(host)?.isLoopback ?? false
        }
    }

    package var description: String {
        switch self {
        case .host(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): "unix:\(path)"
        }
    }
}
