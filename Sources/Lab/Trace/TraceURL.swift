package import Model

/// An address as it is entered into a browser, taken apart (RFC 3986, of schemes http and https).
package struct TraceURL: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable, CaseIterable {
        case http, https

        package var port: UInt16 { self == .http ? 80 : 443 }
    }

    package var scheme: Scheme
    /// A name as it was written, in small letters where it is ASCII; an IPv6 address without its brackets.
    package var host: String
    /// The interface behind the % of an IPv6 address: `[fe80::1%25eth0]` (RFC 6874), or with the bare % that people write.
    package var zone: String?
    package var port: UInt16
    /// Path and query as they go into the request, as curl sends them: begins with a slash, all of it printable ASCII.
    package var target: String

    /// The address that stands in place of a name; nil of a name.
    package var address: IPAddress? { IPAddress(host) }

    /// Host and port as the request names them; the port of the scheme is left out (RFC 9110 §7.2).
    ///
    /// - Parameter ascii: the name as it is looked up.
    package func authority(ascii: String? = nil) -> String {
        authority(host.contains(":") ? "[\(host)]" : ascii ?? host)
    }

    private func authority(_ name: String) -> String {
        port == scheme.port ? name : "\(name):\(port)"
    }

    /// Host and port as they stand in the address: what lies behind the % is this host's own, and no server's.
    var place: String {
        zone.map { authority("[\(host)%25\($0)]") } ?? authority()
    }
}

extension TraceURL: CustomStringConvertible {
    package var description: String { "\(scheme.rawValue)://\(place)\(target)" }
}

/// Why an address is none.
package struct TraceURLError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }
}
