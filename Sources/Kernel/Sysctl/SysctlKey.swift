/// The name of one sysctl, as dots (`net.ipv4.tcp_tw_reuse`) and as the path beneath `/proc/sys`.
///
/// sysctl.d(5): the first separator decides. After a dot, dots part and a slash stands for a dot inside a part;
/// after a slash it is the other way round. So `net.ipv4.conf.eth0/100.rp_filter` and
/// `net/ipv4/conf/eth0.100/rp_filter` are one key.
public struct SysctlKey: Sendable, Hashable {
    /// Beneath `/proc/sys`, parted by slashes, with no part that is empty, `.` or `..`.
    public let path: String

    /// Takes a name in either spelling; nil where it names nothing that can be beneath `/proc/sys`.
    public init?(_ name: String) {
        self.init(path: Self.separated(name))
    }

    /// Takes a path beneath `/proc/sys`; nil where it is absolute, or leads or could lead elsewhere.
    public init?(path: String) {
        var isFirst = true
        for part in path.utf8.split(separator: 0x2F, omittingEmptySubsequences: false) {
            if part.isEmpty || part.contains(0) { return nil }
            if part.elementsEqual([0x2E]) || part.elementsEqual([0x2E, 0x2E]) { return nil }
            // A dot in the first part could not be told from a separator when the name is read back.
            if isFirst && part.contains(0x2E) { return nil }
            isFirst = false
        }
        self.path = path
    }

    /// With dots between the parts.
    public var name: String { Self.swapped(path) }

    /// The file from the root: `/proc/sys/net/ipv4/tcp_tw_reuse`.
    public var file: String { "/proc/sys/" + path }

    /// The name with slashes between its parts, by its first separator.
    static func separated(_ name: String) -> String {
        let first = name.utf8.first { $0 == 0x2E || $0 == 0x2F }
        return first == 0x2E ? swapped(name) : name
    }

    /// Every dot a slash and every slash a dot.
    static func swapped(_ name: String) -> String {
        String(
            decoding: name.utf8.map { byte in
                switch byte {
                case 0x2E: 0x2F
                case 0x2F: 0x2E
                default: byte
                }
            }, as: UTF8.self)
    }
}

extension SysctlKey: CustomStringConvertible {
    public var description: String { name }
}
