import ScratchFiles

/// Makes trees of sysctl.d files with every oddity that the two programs were seen to treat differently.
struct SysctlTreeGenerator {
    /// Every one belongs to its network namespace, and none changes another.
    static let keys: [String] =
        [
            "net/core/somaxconn", "net/ipv4/ip_local_port_range", "net/ipv4/tcp_fin_timeout",
            "net/ipv4/tcp_keepalive_intvl", "net/ipv4/tcp_keepalive_probes",
            "net/ipv4/tcp_keepalive_time", "net/ipv4/tcp_rmem", "net/ipv4/tcp_syncookies",
        ]
        + ["all", "default", "lo", "v0.1"].flatMap { device in
            ["accept_redirects", "rp_filter"].map { "net/ipv4/conf/\(device)/\($0)" }
        }

    private static let patterns = [
        "net.ipv4.conf.*.rp_filter", "net.ipv4.conf.*.accept_redirects", "net.ipv4.tcp_keepalive_*",
        "net/ipv4/conf/*/rp_filter", "/net/ipv4/conf/*/rp_filter", "net//ipv4/conf/*/rp_filter",
        "net.*.tcp_fin_timeout", "net/core/somaxcon?", "net.ipv4.conf.[adl]*.accept_redirects",
        "net.ipv4.conf.{all,lo}.rp_filte?", "net.ipv4.conf.\\a*.rp_filter", "*.core.somaxconn",
        "net.ipv4.conf.v*.rp_filter", "net.ipv4.conf.v?/1.rp_filter", "net.ipv4.conf.*.nothing",
        "net.ipv4.conf.[!a]*.rp_filter", "net.ipv4.conf.[v-z]*.rp_filter",
        "net.ipv4.tcp_fin_timeout[",
        "net.ipv4.conf.{all,d*}.rp_filter", "net/./ipv4/conf/*/rp_filter", "net.ipv4.con*",
        "net.ipv4.conf.[[:alpha:]]*.rp_filter",
    ]
    private static let values = [
        "1", "2", "3", "5", "7", "11", "30", "45", "60", "100", "0x10", "010", "20000 30000",
        "30000\t40000", "4096 8192 65536", "30 # why", "abc", "\"17\"", "", "5x", "0", "-1", "1 2",
        "99999999999", "1=2",
    ]
    private static let unknown = [
        "net.ipv4.tcp_tw_recycle", "net.ipv4.tcp_fin_timout", "tcp_fin_timeout", "net.ipv4",
        "proc.sys.net.core.somaxconn", "net.core/somaxconn", "net.ipv4.conf.{all,lo}.rp_filter",
        "net.ipv4.conf.v0.1.rp_filter",
    ]
    private static let names = [
        "10-a.conf", "50-b.conf", "60-c.conf", "90-d.conf", "99-sysctl.conf", "99-z.conf",
        "A.conf", "a.conf", ".hidden.conf", "[a].conf", "README", "b.conf.bak", "_.conf",
    ]
    static let directories = [
        "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d",
    ]

    private var random: SysctlRandom

    init(seed: UInt64) { random = SysctlRandom(seed: seed) }

    /// Fills the tree and tells what is in it, for the message of a test that fails.
    mutating func fill(_ tree: SysctlScratch, under prefix: String) throws -> String {
        var story = ""
        try tree.directory(prefix + "/usr/lib")
        try tree.link(prefix + "/lib", to: "usr/lib")
        for directory in Self.directories {
            try tree.directory(prefix + directory)
            for name in Self.names where random.once(in: 5) {
                story += try fill(tree, prefix, "\(directory)/\(name)")
            }
        }
        let main = text(lines: random.once(in: 3) ? 0 : 4)
        try tree.write(prefix + "/etc/sysctl.conf", main)
        return story
            + "/etc/sysctl.conf \(String(decoding: main, as: UTF8.self).debugDescription)\n"
    }

    private mutating func fill(
        _ tree: SysctlScratch, _ prefix: String, _ name: String
    ) throws -> String {
        if random.once(in: 12) {
            let target = random.pick(["/dev/null", "/nonexistent", "10-a.conf", "/etc/sysctl.conf"])
            try tree.link(prefix + name, to: target)
            return "\(name) -> \(target)\n"
        }
        if name.hasPrefix("/etc/sysctl.d/99-sysctl") && !random.once(in: 4) {
            try tree.link(prefix + name, to: "../sysctl.conf")
            return "\(name) -> ../sysctl.conf\n"
        }
        if random.once(in: 40) {
            try tree.directory(prefix + name)
            return "\(name)/\n"
        }
        let bytes = text(lines: 6)
        try tree.write(prefix + name, bytes)
        return "\(name) \(String(decoding: bytes, as: UTF8.self).debugDescription)\n"
    }

    private mutating func text(lines: Int) -> [UInt8] {
        var bytes: [UInt8] = random.once(in: 20) ? [0xEF, 0xBB, 0xBF] : []
        for _ in 0..<lines {
            bytes += line()
            switch Int.random(in: 0..<24, using: &random) {
            case 0: bytes += [0x0D, 0x0A]
            case 1: bytes += [0x0D]
            case 2: bytes += [0x00, 0x0A]
            case 3: bytes += [0x0B, 0x0A]
            case 4: bytes += [0x0A, 0x0A]
            default: bytes += [0x0A]
            }
        }
        if random.once(in: 6) { bytes = bytes.dropLast() }
        return bytes
    }

    private mutating func line() -> [UInt8] {
        let key = key()
        let value = random.pick(Self.values)
        let equals = random.pick(["=", " = ", "\t=\t", "= ", " =", "=\u{C}"])
        let front = random.pick(["", "", "", "", "", "", " ", "\t", "-", "-", " -", "- ", "--"])
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return Array("# \(key) = \(value)".utf8)
        case 1: return Array(" ;\(key)=\(value)".utf8)
        case 2: return Array("\(key) \(value)".utf8)
        case 3, 4: return Array("-\(key)".utf8)
        case 5: return Array("\(key)=\(value)".utf8) + [0xFF]
        default: return Array((front + key + equals + value).utf8)
        }
    }

    private mutating func key() -> String {
        if random.once(in: 4) { return random.pick(Self.patterns) }
        if random.once(in: 12) { return random.pick(Self.unknown) }
        let path = random.pick(Self.keys)
        let name = String(path.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
        switch Int.random(in: 0..<20, using: &random) {
        case 0: return "/" + path
        case 1: return "." + name
        case 2: return path.replacing("net/", with: "net//", maxReplacements: 1)
        case 3: return name.replacing("net.", with: "net..", maxReplacements: 1)
        case 4: return path.replacing("net/", with: "net/./", maxReplacements: 1)
        case 5: return "net/unix/../" + path.dropFirst(4)
        case 6: return name + "."
        case 7, 8, 9, 10: return path
        default: return name
        }
    }
}
