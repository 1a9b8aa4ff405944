/// A counter of the kernel, and what it precisely counts.
public struct KernelCounter: Sendable {
    /// The line prefix it stands under: `TcpExt`, `Tcp`, `sockstat.TCP`, `nf_conntrack`, `softnet`.
    public var group: String
    public var name: String
    public var meaning: String
    /// What a growing value tells, and what to look at next.
    public var reading: String
    /// What is wrongly read into it, then what is true.
    public var myth: String?
    public var since: KernelRelease?
    public var until: KernelRelease?
    /// Where it is raised: `net/ipv4/tcp_input.c:tcp_conn_request`.
    public var source: [String]

    // See Knob.init.
    @inline(never)
    public init(
        _ group: String, _ name: String, meaning: String, reading: String, myth: String? = nil,
        since: KernelRelease? = nil, until: KernelRelease? = nil, source: [String]
    ) {
        self.group = group
        self.name = name
        self.meaning = meaning
        self.reading = reading
        self.myth = myth
        self.since = since
        self.until = until
        self.source = source
    }
}
