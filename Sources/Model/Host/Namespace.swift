/// A network namespace, as far as it can be told from others.
public struct Namespace: Sendable, Hashable, Codable {
    /// The inode of its `ns/net` file; 0 where it is not known.
    public var inode: UInt64
    /// `init` for the initial one, otherwise its name in /run/netns, or the name and pid of its first process.
    public var name: String
    /// Whether it is the one that the kernel booted with; nil where that could not be told.
    public var isInit: Bool?
    /// How many processes live in it; nil where they were not counted.
    public var processes: Int?
    /// How a command gets there from where tcptune was run; nil where that is not known, as in older files.
    public var entry: Entry?

    /// The way into a namespace.
    public enum Entry: Sendable, Hashable, Codable {
        /// A command typed where tcptune ran is in it already.
        case here
        /// A name in `/run/netns`: `ip netns exec NAME`.
        case named(String)
        /// A process in it: `nsenter -t PID -n`.
        case process(Int32)
        /// A file of nsfs: `nsenter --net=PATH`.
        case path(String)
        /// The files of a captured tree, or a snapshot of another time: no command reaches it from here.
        case elsewhere
    }

    public init(
        inode: UInt64, name: String, isInit: Bool? = nil, processes: Int? = nil,
        entry: Entry? = nil
    ) {
        self.inode = inode
        self.name = name
        self.isInit = isInit
        self.processes = processes
        self.entry = entry
    }
}
