import Model
import Text

/// Sockets that are bound and idle, by local address.
struct BoundTally: SocketRowSink, Sendable {
    /// So many addresses are told apart.
    static let mostAddresses = 256

    private struct Entry {
        let address: IPAddress
        var sockets = 0
        var ports = PortSet()
        var samples = SpreadSamples()
    }

    let range: ClosedRange<UInt16>
    private(set) var sockets = 0
    private var ports = PortSet()
    private var entries: [Entry] = []
    private var places: [IPAddress: Int] = [:]

    init(range: ClosedRange<UInt16>) { self.range = range }

    mutating func take(_ row: SocketRow, message: RawSpan) {
        guard row.destinationPort == 0, row.sourcePort != 0 else { return }
        sockets += 1
        ports.insert(row.sourcePort)
        guard let place = place(of: row.source) else { return }
        entries[place].sockets += 1
        if range.contains(row.sourcePort) { entries[place].ports.insert(row.sourcePort) }
        entries[place].samples.count(row, message: message)
    }

    private mutating func place(of address: IPAddress) -> Int? {
        if let place = places[address] { return place }
        guard entries.count < Self.mostAddresses else { return nil }
        places[address] = entries.count
        entries.append(Entry(address: address))
        return entries.count - 1
    }

    /// Writes what was counted into a snapshot.
    func fill(_ snapshot: inout Snapshot) {
        snapshot.states[.boundInactive] = sockets
        snapshot.boundPorts = ports.members
        snapshot.bound = entries.map {
            BoundSockets(
                address: $0.address, sockets: $0.sockets, portsInRange: $0.ports.count,
                samples: $0.samples.samples)
        }.sorted {
            ($0.portsInRange, $0.sockets, $1.address.high, $1.address.low)
                > ($1.portsInRange, $1.sockets, $0.address.high, $0.address.low)
        }
        let told = entries.reduce(0) { $0 + $1.sockets }
        guard told < sockets else { return }
        snapshot.unseen.append(
            Unseen(
                what: "the local addresses of \((sockets - told).grouped) bound, idle sockets",
                why: "tcptune lists only the first \(Self.mostAddresses) addresses"))
    }
}
