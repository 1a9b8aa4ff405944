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
        var length = 0
        var dots = 0
        var isFirst = true
        for byte in path.utf8 {
            switch byte {
            case 0: return nil
            case 0x2F:
                if length == 0 || (dots == length && dots <= 2) { return nil }
                (length, dots, isFirst) = (0, 0, false)
            case 0x2E:
                // A dot in the first part could not be told from a separator when the name is read back.
                if isFirst { return nil }
                length += 1
                dots += 1
            default: length += 1
            }
        }
        if length == 0 || (dots == length && dots <= 2) { return nil }
        self.path = path
    }

    /// With dots between the parts.
    public var name: String { Self.swapped(path) }

    /// The file from the root: `/proc/sys/net/ipv4/tcp_tw_reuse`.
    public var file: String { "/proc/sys/" + path }

    /// The name with slashes between its parts, by its first separator.
    public static func separated(_ name: String) -> String {
        let first = name.utf8.first { $0 == 0x2E || $0 == 0x2F }
        return first == 0x2E ? swapped(name) : name
    }

    /// Every dot a slash and every slash a dot.
    public static func swapped(_ name: String) -> String {
        // An array's loop is several times as fast as a string's.
        var bytes = Array(name.utf8)
        for index in bytes.indices {
            switch bytes[index] {
            case 0x2E: bytes[index] = 0x2F
            case 0x2F: bytes[index] = 0x2E
            default: break
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SysctlKey: CustomStringConvertible {
    public var description: String { name }
}
