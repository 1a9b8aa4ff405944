package import Model

/// An address, a port, or both, that a pasted line names.
package struct NamedEnd: Sendable, Hashable {
    /// Nil if the line names only a port.
    package var address: IPAddress?
    package var port: UInt16?

    package init(address: IPAddress? = nil, port: UInt16? = nil) {
        self.address = address
        self.port = port
    }

    /// As it is typed: `10.0.0.9:5432`, `port 443`.
    package var text: String {
        switch (address, port) {
        case (let address?, let port?): address.with(port: port)
        case (let address?, nil): "\(address)"
        case (nil, let port?): "port \(port)"
        case (nil, nil): ""
        }
    }

    /// Whether a local address is meant: exactly this one, or any if none or the unspecified one is named.
    func covers(_ local: IPAddress) -> Bool {
        guard let address, !address.isUnspecified else { return true }
        return address == local
    }
}
