/// A network namespace, as far as it can be told from others.
public struct Namespace: Sendable, Hashable, Codable {
    /// The inode of its `ns/net` file; 0 where it is not known.
    public var inode: UInt64
    /// `init` for that of PID 1, otherwise its name in /run/netns, or the name and pid of its first process.
    public var name: String
    /// Whether it is the one that PID 1 lives in; nil where that could not be read.
    public var isInit: Bool?
    /// How many processes live in it; nil where they were not counted.
    public var processes: Int?

    public init(inode: UInt64, name: String, isInit: Bool? = nil, processes: Int? = nil) {
        self.inode = inode
        self.name = name
        self.isInit = isInit
        self.processes = processes
    }
}
