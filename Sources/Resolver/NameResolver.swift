package import Kernel
package import Model

/// Looks names up as this host does: its files first, then its name servers, by its own configuration.
package struct NameResolver: Sendable {
    package struct Options: Sendable {
        /// Whose /etc is read.
        package var root = Root.host
        package var family = AddressFamily.any
        /// The port of the name servers, where it is another than 53.
        package var port: UInt16?
        /// Seconds after which no more is asked or waited for, whatever the host's own configuration allows.
        package var mostSeconds = Double.infinity

        package init() {}
    }

    package var options: Options

    package init(_ options: Options = Options()) { self.options = options }

    /// Never throws: what went wrong is part of what is to be shown (`failure`).
    package func resolve(_ host: String) -> NameResolution {
        let start = MonotonicClock.now
        var resolution = found(host, until: start + options.mostSeconds)
        resolution.seconds = MonotonicClock.now - start
        if resolution.addresses.count > 1, hasOwnOrder {
            resolution.notes.append(
                "\(Self.orderFile) changes the address order for programs that use getaddrinfo(3); tcptune uses the order of RFC 6724"
            )
        }
        return resolution
    }

    private static let orderFile = "/etc/gai.conf"

    /// Whether the host's gai.conf(5) says anything that changes the order of addresses.
    private var hasOwnOrder: Bool {
        guard let text = try? options.root.text(Self.orderFile) else { return false }
        return text.split(whereSeparator: \.isNewline).contains { line in
            ["label", "precedence", "scopev4"].contains {
                line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).first == $0
            }
        }
    }

    private func found(_ host: String, until end: Double) -> NameResolution {
        var resolution = NameResolution(name: host)
        if resolution.takeLiteral(options.family) { return resolution }
        let name: HostName
        switch HostName.parse(host) {
        case .success(let parsed): name = parsed
        case .failure(let refusal):
            resolution.failure = refusal.failure
            return resolution
        }
        resolution.asked = name.ascii
        let services = NameServiceSwitch.read(options.root)
        resolution.order = services.services.map(\.name)
        if !services.isConfigured {
            resolution.notes.append(
                "\(NameServiceSwitch.path) has no hosts line: tcptune uses files, then dns, like glibc"
            )
        }
        search(services, for: name, until: end, &resolution)
        return resolution
    }

    /// Goes through the sources until one knows the name, or says that nobody does.
    private func search(
        _ services: NameServiceSwitch, for name: HostName, until end: Double,
        _ resolution: inout NameResolution
    ) {
        for service in services.services {
            var status = NameServiceSwitch.Status.notFound
            switch service.name {
            case "files":
                if findInFile(name, &resolution) || findLocalhost(name, &resolution) { return }
            case "dns":
                ask(name, until: end, &resolution)
                switch resolution.failure?.reason {
                case nil: return
                case .noSuchName, .noData: break
                default: status = .tryAgain
                }
            default:
                // What others would say is not known, so nothing follows from it.
                resolution.notes.append(
                    "tcptune did not ask \(service.name), which \(NameServiceSwitch.path) names")
                continue
            }
            if service.stopsAt.contains(status) {
                resolution.failure =
                    resolution.failure
                    ?? NameResolution.Failure(
                        .noSuchName,
                        "\(name.ascii) is not in \(HostsFile.path), and \(NameServiceSwitch.path) ends the search there"
                    )
                return
            }
        }
        if resolution.failure == nil {
            let asked = services.services.contains { $0.name == "files" || $0.name == "dns" }
            resolution.failure = NameResolution.Failure(
                asked ? .noSuchName : .notAsked,
                asked
                    ? "\(name.ascii) is not in \(HostsFile.path), and \(NameServiceSwitch.path) does not use name servers"
                    : "\(NameServiceSwitch.path) uses neither files nor dns for hosts")
        }
    }

    private func findInFile(_ name: HostName, _ resolution: inout NameResolution) -> Bool {
        guard let text = try? options.root.text(HostsFile.path),
            let match = HostsFile.find(name.ascii, options.family, in: text)
        else { return false }
        resolution.answeredBy = .hosts(place: "\(HostsFile.path):\(match.line)")
        resolution.addresses = AddressOrder.sorted(match.addresses)
        resolution.aliases = match.canonical.map { [$0] } ?? []
        resolution.failure = nil
        return true
    }

    /// Names that never leave the host, whatever servers would say of them (RFC 6761 §6.3).
    private func findLocalhost(_ name: HostName, _ resolution: inout NameResolution) -> Bool {
        guard DNSName(name.ascii).isWithin(DNSName("localhost")) else { return false }
        resolution.answeredBy = .localhost
        resolution.addresses = AddressOrder.sorted(
            [IPAddress(v4: 0x7F00_0001), IPAddress(high: 0, low: 1)].filter(options.family.has))
        resolution.notes.append(
            "\(name.ascii) is not in \(HostsFile.path), but it means this host; no query sent"
        )
        return true
    }

    private func ask(
        _ name: HostName, until end: Double, _ resolution: inout NameResolution
    ) {
        let configuration: ResolverConfiguration
        do throws(KernelError) {
            configuration = try ResolverConfiguration.read(options.root)
        } catch {
            resolution.failure = NameResolution.Failure(.notAsked, error.description)
            return
        }
        resolution.configuration = configuration
        if configuration.hasNameServiceCache {
            resolution.notes.append(
                "nscd is running: programs that use getaddrinfo(3) ask its cache first; tcptune did not"
            )
        }
        var lookup = RecursiveLookup(
            configuration, port: options.port, family: options.family, until: end)
        let outcome = lookup.find(name)
        resolution.queries = lookup.log.queries
        resolution.notes += lookup.log.notes
        resolution.take(outcome, asked: name.ascii)
    }
}

extension NameResolution {
    /// True where the host is an address already, or looks like one that cannot be used.
    mutating func takeLiteral(_ family: AddressFamily) -> Bool {
        if let address = NumericHost.parse(name) {
            asked = address.description
            guard family.has(address) else {
                failure = Failure(.noData, "\(name) is not an \(family.noun)")
                return true
            }
            answeredBy = .address
            addresses = [address]
            if address.description != name {
                notes.append("\(name) is another way to write \(address)")
            }
            return true
        }
        let parts = name.split(separator: "%", maxSplits: 1)
        guard parts.count == 2, let address = IPAddress(String(parts[0])) else { return false }
        failure = Failure(
            .badName, "\(address) with the interface \(parts[1]) after it is not supported")
        return true
    }

    mutating func take(_ outcome: LookupOutcome, asked short: String) {
        asked = outcome.name.text
        aliases = outcome.aliases.map(\.text)
        addresses = AddressOrder.sorted(outcome.addresses)
        failure = outcome.failure
        if failure == nil { answeredBy = .dns }
        if failure == nil, outcome.name != DNSName(short) {
            notes.append("the search list found \(short) as \(outcome.name)")
        }
    }
}
