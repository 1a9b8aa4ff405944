import Kernel

/// Which sources a host has for names, in which order: the line `hosts:` of nsswitch.conf(5).
struct NameServiceSwitch: Sendable, Hashable {
    static let path = "/etc/nsswitch.conf"

    struct Service: Sendable, Hashable {
        var name: String
        /// What ends the search where this one does not know the name: NOTFOUND, UNAVAIL, TRYAGAIN.
        var stopsAt: Set<Status> = []
    }

    enum Status: String, Sendable, Hashable, CaseIterable {
        case success = "SUCCESS"
        case notFound = "NOTFOUND"
        case unavailable = "UNAVAIL"
        case tryAgain = "TRYAGAIN"
    }

    var services: [Service]
    /// False where the file is missing or says nothing of hosts.
    var isConfigured: Bool

    /// What glibc does without a file (`nss/nss_database.c`, since 2.34: `files dns`).
    static let standard = NameServiceSwitch(
        services: [Service(name: "files"), Service(name: "dns")], isConfigured: false)

    static func read(_ root: Root) -> NameServiceSwitch {
        guard let text = try? root.text(path) else { return standard }
        return parse(text)
    }

    static func parse(_ text: String) -> NameServiceSwitch {
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.prefix { $0 != "#" }
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].split(whereSeparator: \.isWhitespace) == ["hosts"]
            else { continue }
            return NameServiceSwitch(
                services: services(line[line.index(after: colon)...]), isConfigured: true)
        }
        return standard
    }

    private static func services(_ text: Substring) -> [Service] {
        var services: [Service] = []
        var rest = text.drop(while: \.isWhitespace)
        while let first = rest.first {
            if first == "[" {
                let end = rest.firstIndex(of: "]") ?? rest.endIndex
                apply(rest[rest.index(after: rest.startIndex)..<end], to: &services)
                rest = end == rest.endIndex ? rest[end...] : rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && $0 != "[" }
                services.append(Service(name: String(word)))
                rest = rest[word.endIndex...]
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        return services
    }

    /// `NOTFOUND=return`, `!UNAVAIL=return`: for the service before it.
    private static func apply(_ text: Substring, to services: inout [Service]) {
        guard let last = services.indices.last else { return }
        for word in text.split(whereSeparator: \.isWhitespace) {
            let parts = word.split(separator: "=")
            guard parts.count == 2 else { continue }
            let isOthers = parts[0].hasPrefix("!")
            let name = parts[0].drop { $0 == "!" }.uppercased()
            guard let status = Status(rawValue: name) else { continue }
            let meant = isOthers ? Set(Status.allCases).subtracting([status]) : [status]
            if parts[1].lowercased() == "return" {
                services[last].stopsAt.formUnion(meant)
            } else {
                services[last].stopsAt.subtract(meant)
            }
        }
    }
}
