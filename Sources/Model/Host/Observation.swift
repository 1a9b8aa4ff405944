/// One or more namespaces of one host, each with an earlier snapshot where there was an interval.
///
/// This is what `--save` writes and `--from` reads.
public struct Observation: Sendable, Hashable, Codable {
    public var host: Host
    public var views: [View]

    /// One namespace now, and how it was before.
    public struct View: Sendable, Hashable, Codable {
        public var now: Snapshot
        public var earlier: Snapshot?

        public init(now: Snapshot, earlier: Snapshot? = nil) {
            self.now = now
            self.earlier = earlier
        }
    }

    public init(host: Host, views: [View]) {
        self.host = host
        self.views = views
    }
}
