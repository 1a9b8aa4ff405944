import ArgumentParser
import Lab
import Model
import Resolver
import Testbed

/// The options that say whom to load.
struct LoadTargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A server to load instead of tcptune's own; can be repeated.",
            valueName: "address:port|url"))
    var to: [LoadTargetArgument] = []

    @Flag(help: "Use TLS; an https URL implies it.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "With TLS: the name to send to the server and to expect in its certificate.",
            valueName: "name"))
    var tlsName: String?

    @Flag(help: "With TLS: resume an earlier session if the server allows it.")
    var tlsResume = false

    @Option(
        help: ArgumentHelp("Use HTTP/1.1, and request this path.", valueName: "path"))
    var http: String?

    @Option(
        help: ArgumentHelp("Addresses of tcptune's own server.", valueName: "n"))
    var destinations = 1

    @Option(
        help: ArgumentHelp("Link between the client and tcptune's own server.", valueName: "kind"))
    var link: PrivateNetwork.Link = .veth

    @Option(
        help: ArgumentHelp("Listen backlog of tcptune's own server.", valueName: "n"))
    var backlog: Int32 = 4096

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A setting for the private namespaces; can be repeated.",
            valueName: "key=value"), completion: Completion.assignments)
    var settings: [String] = []

    @Flag(help: "Allow a target that is not on this machine; needs --rate and --for.")
    var iOwnTheTarget = false

    func validate() throws {
        guard to.isEmpty || (settings.isEmpty && destinations == 1 && link == .veth) else {
            throw ValidationError(
                "--set, --link and --destinations work only with tcptune's own server, not with --to."
            )
        }
        if let tlsName {
            guard HostName.ascii(of: tlsName) != nil else {
                throw ValidationError("--tls-name takes a host name.")
            }
        }
        if tlsName != nil || tlsResume, !tls, !to.contains(where: { $0.url?.scheme == .https }) {
            throw ValidationError(
                "\(tlsName != nil ? "--tls-name" : "--tls-resume") needs TLS: add --tls, or give an https URL."
            )
        }
        let places = to.compactMap(\.url).map { "\($0.scheme) \($0.authority()) \($0.target)" }
        guard places.isEmpty || places.count == to.count && Set(places).count == 1 else {
            throw ValidationError("--to takes one URL, or several addresses and ports.")
        }
        guard 1...PrivateNetwork.mostAddresses ~= destinations else {
            throw ValidationError(
                "--destinations takes a number from 1 to \(PrivateNetwork.mostAddresses).")
        }
        guard backlog >= 0 else { throw ValidationError("--backlog takes a number of 0 or more.") }
        if let http {
            guard http.hasPrefix("/"), http.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                http.utf8.count <= 4096
            else { throw ValidationError("--http takes a path that starts with a slash.") }
        }
    }

    func fill(_ plan: inout LoadPlan) throws {
        if tls {
            plan.tls = LoadTLS()
        }
        plan.httpPath = http
        if !to.isEmpty {
            plan.target = .addresses(try to.flatMap { try $0.addresses() })
            to.first?.fill(&plan)
        }
        if let tlsName = tlsName.flatMap(HostName.ascii) { plan.tls?.name = tlsName }
        if tlsResume { plan.tls?.resumes = true }
        plan.link = link
        plan.destinations = destinations
        plan.backlog = backlog
        plan.settings = try LoadPlan.Assignment.typed(settings)
    }
}

extension PrivateNetwork.Link: ExpressibleByArgument {}
