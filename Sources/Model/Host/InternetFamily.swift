/// The version of the Internet Protocol that carries a connection.
public enum InternetFamily: String, Sendable, Hashable, Codable, CaseIterable {
    case v4 = "ipv4"
    case v6 = "ipv6"

    /// As people write it.
    public var name: String { self == .v4 ? "IPv4" : "IPv6" }

    /// No address: what a server binds that listens on all of them.
    public var unspecified: IPAddress { self == .v4 ? .unspecifiedV4 : .unspecifiedV6 }
}
