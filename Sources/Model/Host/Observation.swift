/// One or more namespaces of one host, each with an earlier snapshot where there was an interval.
///
/// This is what `--save` writes and `--from` reads.
package struct Observation: Sendable, Hashable, Codable {
    package var host: Host
    package var views: [View]

    /// One namespace now, and how it was before.
    package struct View: Sendable, Hashable, Codable {
        package var now: Snapshot
        package var earlier: Snapshot?

        package init(now: Snapshot, earlier: Snapshot? = nil) {
            self.now = now
            self.earlier = earlier
        }
    }

    package init(host: Host, views: [View]) {
        self.host = host
        self.views = views
    }
}
