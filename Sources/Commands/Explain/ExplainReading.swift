import Audit
import Catalogue
import Kernel
import Model

/// What explaining a text needs beside an ordinary observation.
enum ExplainReading {
    /// Words that are about bound sockets, which an audit asks for only where there seem to be many.
    private static let aboutBoundSockets: Set<String> = [
        "EADDRNOTAVAIL", "EADDRINUSE", "BOUND_INACTIVE", "bind-before-connect",
    ]

    /// Whether one of the texts is about sockets that are bound and not connected.
    static func wantsBoundSockets(_ texts: [String]) -> Bool {
        texts.contains { text in
            guard let name = Topic.find(text)?.name else {
                return text.contains("bound") || aboutBoundSockets.contains(text)
            }
            return aboutBoundSockets.contains(name)
        }
    }

    /// Who holds the local ports that the text names; nil where the host is not read live, or the kernel did not say.
    static func portHolders(named text: String, _ reading: ReadingRequest) -> PortHolders? {
        guard reading.from == nil, reading.root == nil, reading.source != .proc else { return nil }
        let named = NamedEnds(text)
        let ports = named.ports
        guard !ports.isEmpty else { return nil }
        guard
            let holders = try? LocalPortSearch.holders(of: ports, namespaces: reading.netns)
        else { return nil }
        return PortHolders(
            ports: ports,
            sockets: holders.map {
                LocalSocket(
                    address: $0.row.source, port: $0.row.sourcePort, peer: $0.row.destination,
                    peerPort: $0.row.destinationPort, state: $0.row.state, owner: $0.owner)
            },
            own: (try? LocalPortSearch.own(
                among: named.ends.compactMap(\.address), namespaces: reading.netns)) ?? [])
    }
}
