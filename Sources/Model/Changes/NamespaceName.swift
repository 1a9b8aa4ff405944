/// Which network namespace the values belong to.
public struct NamespaceName: Sendable, Hashable {
    public var inode: UInt64
    public var name: String
    /// See `NamespaceCookie`; nil on a kernel before 5.14, where an inode that is used again cannot be told apart.
    public var cookie: UInt64?
    /// The file that was named to enter it by; nil where none was.
    public var path: String?
    /// The PID namespace in which it was named (`ProcessNamespace.name`); nil where that is not known.
    public var processes: String?

    public init(
        inode: UInt64, name: String, cookie: UInt64? = nil, path: String? = nil,
        processes: String? = nil
    ) {
        self.inode = inode
        self.name = name
        self.cookie = cookie
        self.path = path
        self.processes = processes
    }

    /// Whether both are one namespace, in one boot.
    public func isSame(as other: NamespaceName) -> Bool {
        if let cookie, let theirs = other.cookie { return cookie == theirs }
        return inode == other.inode
    }
}
