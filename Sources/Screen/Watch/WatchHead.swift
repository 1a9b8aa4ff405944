/// Whom the screen is about, and when.
package struct WatchHead: Sendable, Hashable {
    package var host: String
    /// `Linux 6.1.0`.
    package var kernel: String
    /// `init`, a name beneath /run/netns, a container; nil where there is but one.
    package var namespace: String?
    /// Its number among those that are watched, from 1 on, and how many those are.
    package var namespaceNumber: Int
    package var namespaceCount: Int
    /// All TCP sockets; nil until the first sample.
    package var sockets: Int?
    /// How many seconds ago the sockets were counted.
    package var sampleAge: Double?
    /// `14:28:47`.
    package var clock: String

    package init(
        host: String, kernel: String, namespace: String? = nil, namespaceNumber: Int = 1,
        namespaceCount: Int = 1, sockets: Int? = nil, sampleAge: Double? = nil, clock: String
    ) {
        self.host = host
        self.kernel = kernel
        self.namespace = namespace
        self.namespaceNumber = namespaceNumber
        self.namespaceCount = namespaceCount
        self.sockets = sockets
        self.sampleAge = sampleAge
        self.clock = clock
    }
}
