package import Model

/// Who holds certain local ports: a dump of the kernel's that only asks for those, and the processes behind it.
package enum LocalPortSearch {
    /// A socket on one of the ports, and whose it is.
    package struct Holder: Sendable {
        package let row: SocketRow
        package let owner: Owner
    }

    /// So many sockets of a port are kept: a server's may be many thousands.
    static let most = 256

    /// Looks in the namespace that an observation with these words reads first; nothing where it has none.
    ///
    /// - Parameter namespaces: as `SurveyOptions` takes them; nil for the namespace of the calling thread.
    package static func holders(
        of ports: [UInt16], namespaces: String?
    ) throws(KernelError) -> [Holder] {
        guard !ports.isEmpty else { return [] }
        let rows = try inside(namespaces) { () throws(KernelError) in try dump(ports) } ?? []
        let inodes = rows.map(\.inode).filter { $0 != 0 }
        var owners = KnownHolders(
            owners: SocketOwners.find(inodes, root: .host), root: .host)
        return rows.map { row in
            let sample = SocketSample(
                inode: row.inode, uid: row.uid, cgroup: row.cgroup, localPort: row.sourcePort,
                state: row.state)
            let owner =
                row.inode == 0
                ? nil
                : owners.owner(of: [sample], confidence: .certain, reason: "holds the socket")
            return Holder(row: row, owner: owner ?? .unknown)
        }
    }

    /// Those of some addresses that the namespace takes for its own.
    package static func own(
        among addresses: [IPAddress], namespaces: String?
    ) throws(KernelError) -> [IPAddress] {
        guard !addresses.isEmpty else { return [] }
        let missing = try inside(namespaces) { () throws(KernelError) in
            try LocalAddresses.open().missing(of: addresses)
        }
        return missing.map { missing in addresses.filter { !missing.contains($0) } } ?? []
    }

    /// Nil where an observation with these words reads no namespace.
    private static func inside<Value: Sendable>(
        _ namespaces: String?, _ body: @escaping @Sendable () throws(KernelError) -> Value
    ) throws(KernelError) -> Value? {
        guard let namespaces else { return try body() }
        let place = try NetworkNamespaces.select(namespaces, root: .host).0.first
        guard let path = place?.path else { return nil }
        return try NamespaceThread.run(inside: path, body)
    }

    private static func dump(_ ports: [UInt16]) throws(KernelError) -> [SocketRow] {
        var rows = PortRows()
        let socket = try SocketDump.open()
        for port in ports {
            let states =
                DiagRequest.listening | DiagRequest.connected | DiagRequest.boundInactive
            rows.left = most
            try SocketDump.run(
                DiagRequest(
                    states: states, filter: PortFilter(comparison: .sourceIs, port: port)),
                on: socket, into: &rows)
        }
        return rows.rows
    }
}

/// The first rows that come.
private struct PortRows: SocketRowSink {
    var rows: [SocketRow] = []
    var left = 0

    mutating func take(_ row: SocketRow, message: RawSpan) {
        guard left > 0 else { return }
        left -= 1
        rows.append(row)
    }
}
