package import HostState

/// Where the servers of the root are: what a walk begins with.
package struct RootHints: Sendable, Hashable {
    package struct Server: Sendable, Hashable {
        /// `a.root-servers.net`
        package var name: String
        package var addresses: [IPAddress]

        package init(name: String, addresses: [IPAddress]) {
            self.name = name
            self.addresses = addresses
        }
    }

    package var servers: [Server]

    package init(_ servers: [Server]) { self.servers = servers }

    /// The thirteen of the public root.
    package static let builtin = RootHints([])
}
