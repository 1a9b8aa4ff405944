import ArgumentParser
import Kernel
import Lab
import Model

/// The options that say whom to load.
struct LoadTargetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A server instead of the own one; may be given several times.",
            valueName: "address:port|url"))
    var to: [LoadTargetArgument] = []

    @Flag(help: "Speak TLS; an address of https does so by itself.")
    var tls = false

    @Option(
        help: ArgumentHelp(
            "With TLS: the name that the server is told, and that its certificate should have.",
            valueName: "name"))
    var tlsName: String?

    @Flag(help: "With TLS: resume the session of an earlier connection where the server allows it.")
    var tlsResume = false

    @Option(
        help: ArgumentHelp("Speak HTTP/1.1, and ask for this path.", valueName: "path"))
    var http: String?

    @Option(
        help: ArgumentHelp("Addresses of the own server.", valueName: "n"))
    var destinations = 1

    @Option(help: ArgumentHelp("What joins client and own server.", valueName: "kind"))
    var link: PrivateNetwork.Link = .veth

    @Option(
        help: ArgumentHelp("Backlog that the own server listens with.", valueName: "n"))
    var backlog: Int32 = 4096

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp(
            "A setting of the own namespaces; may be given several times.",
            valueName: "key=value"))
    var settings: [String] = []

    @Flag(help: "Allow a target that is not on this machine; needs --rate and --for.")
    var iOwnTheTarget = false

    func validate() throws {
        guard to.isEmpty || (settings.isEmpty && destinations == 1 && link == .veth) else {
            throw ValidationError(
                "--set, --link and --destinations are for the own server, not for --to.")
        }
        if let tlsName {
            guard HostName.ascii(of: tlsName) != nil else {
                throw ValidationError("--tls-name takes the name of a host.")
            }
        }
        if tlsName != nil || tlsResume, !tls, !to.contains(where: { $0.url?.scheme == .https }) {
            throw ValidationError(
                "\(tlsName != nil ? "--tls-name" : "--tls-resume") is for TLS: add --tls, or load an address of https."
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
        guard backlog >= 0 else { throw ValidationError("--backlog takes a number from 0 on.") }
        if let http {
            guard http.hasPrefix("/"), http.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                http.utf8.count <= 4096
            else { throw ValidationError("--http takes a path that begins with a slash.") }
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
