/// A TCP connection that must come about: `tcp:HOST:PORT`.
public struct TCPProbe: Sendable, Hashable {
    /// A name or an address.
    public var host: String
    public var port: String
    /// What the name led to when it was looked up; an address is its own.
    ///
    /// One that answers is enough.
    public var addresses: [String] = []

    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0] == "tcp", let port = UInt16(parts[parts.count - 1]),
            port > 0
        else { return nil }
        var host = parts[1..<(parts.count - 1)].joined(separator: ":")
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard !host.isEmpty, host.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.host = host
        self.port = String(port)
    }

    /// Whether it is said by a name, which has to be looked up.
    public var hasName: Bool { addresses != [host] }
}

extension TCPProbe: CustomStringConvertible {
    public var description: String {
        host.contains(":") ? "tcp:[\(host)]:\(port)" : "tcp:\(host):\(port)"
    }
}
