/// Tells keys that are, or were meant to be, about networking or file limits from those of other subsystems.
enum NetworkConcern {
    /// First parts of names that the kernel has beside `net`.
    private static let otherSubsystems: Set<String> = [
        "abi", "crypto", "debug", "dev", "fs", "kernel", "sunrpc", "user", "vm",
    ]
    /// Names that belong here whatever stands before them.
    private static let everywhere = ["conntrack", "file-max", "file_max", "nr_open", "nr-open"]
    /// Parts that betray a misspelt or shortened name: `ipv4.tcp_tw_reuse`, `tcp_tw_reuse`.
    private static let misspelt = [
        "net", "ipv4", "ipv6", "tcp_", "udp_", "somaxconn", "rmem", "wmem", "ip_local", "backlog",
    ]

    /// Whether the path, with slashes between its parts, is of interest; a malformed line counts by its words.
    static func holds(for path: String) -> Bool {
        let path = Array(path.utf8)
        let first = path.prefix { $0 != 0x2F && $0 != 0x2E && $0 != 0x20 }
        if first.elementsEqual("net".utf8) { return true }
        if everywhere.contains(where: { contains(path, $0) }) { return true }
        if otherSubsystems.contains(String(decoding: first, as: UTF8.self)) { return false }
        return misspelt.contains { contains(path, $0) }
    }

    private static func contains(_ text: [UInt8], _ part: String) -> Bool {
        guard let first = part.utf8.first else { return true }
        return text.indices.contains { index in
            text[index] == first && text[index...].starts(with: part.utf8)
        }
    }
}
