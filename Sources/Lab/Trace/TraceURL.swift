package import HostState

/// An address as it is entered into a browser, taken apart (RFC 3986, of schemes http and https).
package struct TraceURL: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable, CaseIterable {
        case http, https

        package var port: UInt16 { self == .http ? 80 : 443 }
    }

    package var scheme: Scheme
    /// A name as it was written, in small letters where it is ASCII; an IPv6 address without its brackets.
    package var host: String
    package var port: UInt16
    /// Path and query as they go into the request: begins with a slash, all of it printable ASCII.
    package var target: String

    /// The address that stands in place of a name; nil of a name.
    package var address: IPAddress? { IPAddress(host) }

    /// Host and port as the request names them; the port of the scheme is left out (RFC 9110 §7.2).
    ///
    /// - Parameter ascii: the name as it is looked up.
    package func authority(ascii: String? = nil) -> String {
        let name = host.contains(":") ? "[\(host)]" : ascii ?? host
        return port == scheme.port ? name : "\(name):\(port)"
    }
}

extension TraceURL: CustomStringConvertible {
    package var description: String { "\(scheme.rawValue)://\(authority())\(target)" }
}

/// Why an address is none.
package struct TraceURLError: Error, Sendable, Hashable, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }
}
