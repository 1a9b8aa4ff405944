import Model

/// `/etc/hosts`: an address and its names a line, as hosts(5) has them.
enum HostsFile {
    static let path = "/etc/hosts"

    struct Match: Sendable, Hashable {
        var addresses: [IPAddress]
        /// Of the first of them, from 1.
        var line: Int
        /// The first name of that line, where it is another than the one looked for.
        var canonical: String?
    }

    /// All addresses of a name and of a family, in the order of the file; nil where it has none.
    ///
    /// glibc goes on behind the first line that fits, too (`nss/nss_files/files-hosts.c`, `multi on` for getaddrinfo).
    static func find(_ name: String, _ family: AddressFamily, in text: String) -> Match? {
        let wanted = DNSName(name)
        var match: Match?
        var known: Set<IPAddress> = []
        for (number, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, let address = IPAddress(String(first)),
                family.has(address),
                words.dropFirst().contains(where: { DNSName(String($0)) == wanted })
            else { continue }
            if match == nil {
                match = Match(
                    addresses: [], line: number + 1,
                    canonical: DNSName(String(words[1])) == wanted ? nil : String(words[1]))
            }
            if known.insert(address).inserted { match?.addresses.append(address) }
        }
        return match
    }
}
