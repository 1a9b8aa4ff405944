import CNetlink
import Glibc
import Model

/// `/etc/resolv.conf`, of a host that is not the running one: there nobody but glibc is to be believed.
///
/// Read as glibc reads it (`resolv/res_init.c:res_vinit_1`), tried against it in the tests.
enum ResolvConf {
    static let path = "/etc/resolv.conf"
    private static let mostServers = 3
    private static let mostDomains = 6

    static func parse(_ text: String) -> ResolverConfiguration {
        var configuration = ResolverConfiguration(servers: [])
        // A carriage return ends no line: it makes a server's address one that nobody can read.
        for line in text.unicodeScalars.split(separator: "\n").map({ String($0) }) {
            // A keyword begins its line; what stands behind it is words.
            guard let first = line.first, first != ";", first != "#",
                let space = line.firstIndex(where: isBlank)
            else { continue }
            let words = line[space...].split(whereSeparator: isBlank).map(String.init)
            switch line[..<space] {
            case "nameserver":
                guard configuration.servers.count < mostServers,
                    let server = words.first.flatMap(server)
                else { continue }
                configuration.servers.append(server)
            case "domain":
                if let domain = words.first { configuration.search = [domain] }
            case "search": if !words.isEmpty { configuration.search = words }
            case "options": for word in words { configuration.take(option: word) }
            default: continue
            }
        }
        configuration.search = Array(configuration.search.prefix(mostDomains))
        if configuration.servers.isEmpty {
            configuration.servers = [ResolverConfiguration.Server(IPAddress(v4: 0x7F00_0001))]
        }
        configuration.nameKinds()
        return configuration
    }

    private static func isBlank(_ character: Character) -> Bool {
        character == " " || character == "\t"
    }

    private static func server(_ word: String) -> ResolverConfiguration.Server? {
        let parts = word.split(separator: "%", maxSplits: 1)
        guard let first = parts.first, let address = NumericHost.parse(String(first)) else {
            return nil
        }
        guard parts.count == 2 else { return ResolverConfiguration.Server(address) }
        let scope = unsafe UInt32(parts[1]) ?? if_nametoindex(String(parts[1]))
        return ResolverConfiguration.Server(address, scope: scope)
    }
}

extension ResolverConfiguration {
    /// One word of a line `options`.
    fileprivate mutating func take(option word: String) {
        func number(_ name: String, atMost most: Int) -> Int? {
            guard word.hasPrefix(name + ":") else { return nil }
            // As atoi(3) does it: as far as there are digits.
            let digits = word.dropFirst(name.utf8.count + 1).prefix { "0"..."9" ~= $0 }
            return min(Int(digits) ?? (digits.isEmpty ? 0 : most), most)
        }
        if let value = number("ndots", atMost: 15) {
            dots = value
        } else if let value = number("timeout", atMost: 30) {
            timeout = value
        } else if let value = number("attempts", atMost: 5) {
            attempts = value
        } else {
            // Nor is what stands behind the name of the others looked at.
            if word.hasPrefix("rotate") { rotates = true }
            if word.hasPrefix("use-vc") { usesTCP = true }
            if word.hasPrefix("single-request") { asksOneByOne = true }
            if word.hasPrefix("edns0") { extends = true }
            if word.hasPrefix("no-aaaa") { leavesOutAAAA = true }
        }
    }

    /// Says of servers on this host what they are.
    mutating func nameKinds() {
        for place in servers.indices {
            let address = servers[place].address
            let stub = address.v4.map { 0x7F00_0035...0x7F00_0036 ~= $0 } ?? false
            servers[place].kind = stub ? .systemdResolved : address.isLoopback ? .local : nil
        }
    }
}
