package import HostState

/// Looks names up as this host does: its files first, then its name servers, by its own configuration.
package struct NameResolver: Sendable {
    package struct Options: Sendable {
        /// Whose /etc is read.
        package var root = Root.host
        package var family = AddressFamily.any
        /// The port of the name servers, where it is another than 53.
        package var port: UInt16?

        package init() {}
    }

    package var options: Options

    package init(_ options: Options = Options()) { self.options = options }

    /// Never throws: what went wrong is part of what is to be shown (`failure`).
    package func resolve(_ host: String) -> NameResolution {
        if let address = IPAddress(host) {
            return NameResolution(
                name: host, asked: host, answeredBy: .address, addresses: [address])
        }
        return NameResolution(
            name: host, failure: NameResolution.Failure(.notAsked, "nobody was asked for \(host)"))
    }
}
