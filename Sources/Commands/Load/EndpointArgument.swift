import ArgumentParser
import Model

/// An address and port as it is typed: `127.0.0.1:8080`, `[::1]:8080`.
struct EndpointArgument: ExpressibleByArgument {
    let address: IPAddress
    let port: UInt16

    init?(argument: String) {
        guard let colon = argument.lastIndex(of: ":"),
            let port = UInt16(argument[argument.index(after: colon)...]), port > 0
        else { return nil }
        var host = argument[..<colon]
        let hasBrackets = host.hasPrefix("[") && host.hasSuffix("]")
        if hasBrackets { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(String(host)), hasBrackets || address.isIPv4 else {
            return nil
        }
        self.address = address
        self.port = port
    }
}
