package import Kernel
package import Model

/// Where the servers of the root are: what a walk begins with.
package struct RootHints: Sendable, Hashable {
    package struct Server: Sendable, Hashable {
        /// Without a final dot: `a.root-servers.net`.
        package var name: String
        package var addresses: [IPAddress]

        package init(name: String, addresses: [IPAddress]) {
            self.name = name
            self.addresses = addresses
        }
    }

    package var servers: [Server]

    package init(_ servers: [Server]) { self.servers = servers }

    /// The public file has 3 KiB.
    static let mostBytes = 1 << 20
    /// A name as text, where each of its 255 bytes is escaped: a longer one is none, and no record of it is taken.
    private static let mostNameBytes = 4 * 255

    /// Reads a file in the format of `named.root` (https://www.internic.net/domain/named.root): a record a line.
    package static func read(_ path: String) throws(KernelError) -> RootHints {
        let bytes = try InputFile.read(path, limit: mostBytes)
        let hints = parse(String(decoding: bytes, as: UTF8.self))
        guard hints.servers.contains(where: { !$0.addresses.isEmpty }) else {
            throw KernelError(
                "read", path, code: KernelError.badMessage,
                detail: "it lists no root server with an address; use a file like named.root")
        }
        return hints
    }

    /// The servers that the text names for the root, with the addresses that it gives for them.
    package static func parse(_ text: String) -> RootHints {
        var names: [DNSName] = []
        var known: Set<DNSName> = []
        var addresses: [DNSName: [IPAddress]] = [:]
        var owner: DNSName? = DNSName.root
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.prefix { $0 != ";" }
            var words = line.split(whereSeparator: \.isWhitespace)[...]
            guard let first = words.first else { continue }
            // A line that begins with a blank goes on with the name before it (RFC 1035 §5.1).
            if line.first?.isWhitespace == false {
                words.removeFirst()
                owner = name(first)
            }
            // How long it may be kept and the class stand before the type, in either order, or not at all.
            words = words.drop { $0.uppercased() == "IN" || Int($0) != nil }
            guard let owner, let kind = words.first, let value = words.dropFirst().first else {
                continue
            }
            switch kind.uppercased() {
            case "NS" where owner.isRoot:
                if let name = name(value), known.insert(name).inserted { names.append(name) }
            case "A", "AAAA":
                if let address = IPAddress(String(value)) {
                    addresses[owner, default: []].append(address)
                }
            default: continue
            }
        }
        return RootHints(
            names.map { Server(name: $0.text.lowercased(), addresses: addresses[$0] ?? []) })
    }

    private static func name(_ word: Substring) -> DNSName? {
        word.utf8.count <= mostNameBytes ? DNSName(String(word)) : nil
    }

    /// The thirteen of the public root, as of 2024.
    package static let builtin = parse(
        """
        a.root-servers.net A 198.41.0.4
        a.root-servers.net AAAA 2001:503:ba3e::2:30
        b.root-servers.net A 170.247.170.2
        b.root-servers.net AAAA 2801:1b8:10::b
        c.root-servers.net A 192.33.4.12
        c.root-servers.net AAAA 2001:500:2::c
        d.root-servers.net A 199.7.91.13
        d.root-servers.net AAAA 2001:500:2d::d
        e.root-servers.net A 192.203.230.10
        e.root-servers.net AAAA 2001:500:a8::e
        f.root-servers.net A 192.5.5.241
        f.root-servers.net AAAA 2001:500:2f::f
        g.root-servers.net A 192.112.36.4
        g.root-servers.net AAAA 2001:500:12::d0d
        h.root-servers.net A 198.97.190.53
        h.root-servers.net AAAA 2001:500:1::53
        i.root-servers.net A 192.36.148.17
        i.root-servers.net AAAA 2001:7fe::53
        j.root-servers.net A 192.58.128.30
        j.root-servers.net AAAA 2001:503:c27::2:30
        k.root-servers.net A 193.0.14.129
        k.root-servers.net AAAA 2001:7fd::1
        l.root-servers.net A 199.7.83.42
        l.root-servers.net AAAA 2001:500:9f::42
        m.root-servers.net A 202.12.27.33
        m.root-servers.net AAAA 2001:dc3::35
        """ + "\n" + "abcdefghijklm".map { ". NS \($0).root-servers.net" }.joined(separator: "\n"))
}
