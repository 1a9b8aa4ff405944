/// Where a server listens: `127.0.0.1:9765`, `[::1]:9765`, `localhost:9765`, `:9765` for every address, or `unix:/path`.
package enum ListenAddress: Sendable, Equatable {
    /// An empty host means every address of this host; port 0 one that the kernel chooses.
    case tcp(host: String, port: Int)
    case unix(path: String)

    package init(_ text: String) throws(WebError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            // sun_path holds 108 bytes with the NUL (unix(7)).
            guard path.hasPrefix("/"), path.utf8.count < 108, !path.utf8.contains(0) else {
                throw WebError(
                    "listen on", text,
                    "a socket's path must begin with / and be shorter than 108 bytes")
            }
            self = .unix(path: path)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else {
            throw WebError(
                "listen on", text, "an address is HOST:PORT, [IPV6]:PORT, :PORT or unix:/PATH")
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw WebError(
                "listen on", text, "write an IPv6 address in brackets: [\(host)]:\(port)")
        }
        self = .tcp(host: String(host), port: Int(port))
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let host, let port): (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
        case .unix(let path): "unix:" + path
        }
    }
}
