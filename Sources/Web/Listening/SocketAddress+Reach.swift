import NIOCore

extension SocketAddress {
    /// Whether only this host reaches it: 127.0.0.0/8, ::1, or a socket in the file system.
    var isLocal: Bool {
        guard self.protocol != .unix else { return true }
        guard let text = ipAddress else { return false }
        // An address of IPv4 inside one of IPv6 (RFC 4291, 2.5.5.2).
        let plain = text.lowercased().hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
        return plain == "::1" || plain.hasPrefix("127.") && !plain.contains(":")
    }

    /// `127.0.0.1:9765`, `[::1]:9765`, `unix:/path`.
    var listenText: String {
        if let path = pathname, self.protocol == .unix { return "unix:" + path }
        return ListenAddress.tcp(host: ipAddress ?? "", port: port ?? 0).description
    }

    /// Which client it is of, as far as limits go: of IPv6 one has a whole network (/64).
    var source: String {
        guard let text = ipAddress else { return "unix" }
        guard case .v6 = self, !text.lowercased().hasPrefix("::ffff:") else { return text }
        // Behind family, port and flow label, 8 bytes, there are 16 of address (struct sockaddr_in6).
        let network = unsafe withSockAddr { address, length in
            let bytes = unsafe UnsafeRawBufferPointer(start: address, count: length)
            return unsafe Array(bytes.dropFirst(8).prefix(8))
        }
        return network.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
