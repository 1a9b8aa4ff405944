import ArgumentParser
import Lab
import Resolver

/// The options that say what a trace asks, and where it goes for that.
struct TraceAskingOptions: ParsableArguments {
    @Option(
        name: [.customShort("H"), .long],
        help: ArgumentHelp(
            "Add a field to the request, replace one, or leave one out ('Name:'); can be repeated.",
            valueName: "name: value"))
    var header: [RequestHeader] = []

    @Flag(name: [.customShort("4"), .customLong("ipv4")], help: "Use IPv4 addresses only.")
    var isIPv4 = false

    @Flag(name: [.customShort("6"), .customLong("ipv6")], help: "Use IPv6 addresses only.")
    var isIPv6 = false

    @Option(
        name: .customLong("resolve"),
        help: ArgumentHelp(
            "Addresses of a host and port, instead of a lookup; can be repeated.",
            valueName: "host:port:address[,address]"))
    var fixed: [FixedAddresses] = []

    @Flag(help: "Do not fail if the certificate is not trusted, and still send --header.")
    var insecure = false

    func validate() throws {
        guard !isIPv4 || !isIPv6 else {
            throw ValidationError("--ipv4 contradicts --ipv6.")
        }
    }

    var family: AddressFamily { isIPv4 ? .v4 : isIPv6 ? .v6 : .any }

    func fill(_ options: inout Tracer.Options) {
        options.headers = header
        options.fixed = fixed
        options.family = family
        options.isInsecure = insecure
    }
}

extension RequestHeader: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension FixedAddresses: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
