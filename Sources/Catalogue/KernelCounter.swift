package import Model

/// A counter of the kernel, and what it precisely counts.
package struct KernelCounter: Sendable {
    /// The prefix of its line: `TcpExt`, `Tcp`, `sockstat.TCP`, `nf_conntrack`, `softnet`.
    package var group: String
    package var name: String
    package var meaning: String
    /// What a growing value means, and what to check next.
    package var reading: String
    /// A wrong reading of it, then what is true.
    package var myth: String?
    package var since: KernelRelease?
    package var until: KernelRelease?
    /// Where it is raised: `net/ipv4/tcp_input.c:tcp_conn_request`.
    package var source: [String]

    // See Knob.init.
    @inline(never)
    package init(
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
