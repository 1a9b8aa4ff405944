/// A listening Unix socket (stream or seqpacket) whose accept queue holds connections.
///
/// connect() to a full one waits, or fails with EAGAIN where it does not block
/// (`net/unix/af_unix.c:unix_stream_connect`).
public struct UnixListener: Sendable, Hashable, Codable {
    /// Its path, untrusted text.
    ///
    /// An abstract name begins with `@`; empty for a socket without a name.
    public var path: String
    public var inode: UInt32
    /// Connections waiting to be accepted.
    public var queue: Int
    /// The effective backlog: min(listen()'s argument, somaxconn); it holds one more.
    public var backlog: Int
    public var owner: Owner

    public init(
        path: String, inode: UInt32, queue: Int, backlog: Int, owner: Owner = .unknown
    ) {
        self.path = path
        self.inode = inode
        self.queue = queue
        self.backlog = backlog
        self.owner = owner
    }
}

/// The Unix listeners of a namespace.
public struct UnixListeners: Sendable, Hashable, Codable {
    /// All of them.
    public var count: Int
    /// Those with a connection waiting, fullest first.
    public var waiting: [UnixListener]

    public init(count: Int, waiting: [UnixListener] = []) {
        self.count = count
        self.waiting = waiting
    }
}
