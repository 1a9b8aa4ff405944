import ArgumentParser
import Kernel
import Lab
import Model
import Resolver

/// Whom to load, as it is typed: `127.0.0.1:8080`, `[::1]:8080`, `https://localhost:8443/path`.
struct LoadTargetArgument: ExpressibleByArgument {
    private let endpoint: EndpointArgument?
    /// Nil of an address and port.
    let url: TraceURL?

    init?(argument: String) {
        endpoint = EndpointArgument(argument: argument)
        url = endpoint == nil ? try? TraceURL(argument) : nil
        guard endpoint != nil || url != nil else { return nil }
    }

    /// Its addresses; a name is looked up as this host does.
    func addresses() throws -> [SocketAddress] {
        if let endpoint { return [SocketAddress(endpoint.address, port: endpoint.port)] }
        guard let url else { return [] }
        var options = NameResolver.Options()
        options.mostSeconds = Self.mostSeconds
        let resolution = NameResolver(options).resolve(url.host)
        if let failure = resolution.failure {
            throw CommandFailure(status: .failed, message: "cannot load \(url): \(failure.text)")
        }
        let addresses = resolution.addresses.map { SocketAddress($0, port: url.port) }
        guard addresses.count == 1 else {
            // Which of them a client would take depends on which of them answer.
            let tls = url.scheme == .https ? " --tls --tls-name \(url.host)" : ""
            let choices = addresses.map { "--to \($0)\(tls) --http \(url.target)" }
            throw CommandFailure(
                status: .usage,
                message:
                    "\(url.host) has \(addresses.count) addresses; choose one:\n"
                    + choices.joined(separator: "\n"))
        }
        return addresses
    }

    /// Seconds that a lookup may take.
    private static let mostSeconds = 10.0

    /// What the plan says beside the addresses.
    func fill(_ plan: inout LoadPlan) {
        guard let url else { return }
        plan.httpPath = plan.httpPath ?? url.target
        plan.hostName = url.authority(ascii: HostName.ascii(of: url.host))
        if url.scheme == .https {
            plan.tls = plan.tls ?? LoadTLS()
            if url.address == nil, plan.tls?.name == nil {
                plan.tls?.name = HostName.ascii(of: url.host)
            }
        }
    }
}
