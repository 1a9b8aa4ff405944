import Audit
import Model
import Text

/// All that an audit says of one network namespace, in the names that scripts rely on.
struct NamespaceJSON: Encodable, Sendable {
    let namespace: Space
    @Explicit var time: String?
    @Explicit var timeSeconds: Double?
    let source: String
    @Explicit var dumpSeconds: Double?
    @Explicit var intervalSeconds: Double?
    let sockets: Int
    let states: StateCounts
    let severityCounts: [String: Int]
    let ports: PortsJSON
    let tuples: [TupleJSON]
    let tupleCount: Int
    let socketsInTuplesLeftOut: Int
    let listeners: [ListenerJSON]
    /// These eleven are null where they were not read.
    @Explicit var sourcePorts: [SourcePortsJSON]?
    @Explicit var bound: [BoundSocketsJSON]?
    @Explicit var formerListeners: [FormerListenerJSON]?
    @Explicit var unixListeners: UnixListenersJSON?
    @Explicit var selfConnected: [SelfConnectionJSON]?
    @Explicit var stateSamples: [StateSampleJSON]?
    @Explicit var goneAddresses: [GoneAddressJSON]?
    @Explicit var portBlocks: [PortBlockJSON]?
    @Explicit var unreadOutgoing: [UnreadPeerJSON]?
    @Explicit var stalledPeers: [StalledPeerJSON]?
    @Explicit var mptcp: MPTCPSocketsJSON?
    let processes: [ProcessJSON]
    let findings: [FindingJSON]
    let settings: [SettingJSON]
    let unseen: [Unseen]
    let coverage: CoverageJSON

    struct Space: Encodable, Sendable {
        let name: String
        let inode: UInt64
        @Explicit var isInit: Bool?
        @Explicit var processes: Int?

        enum CodingKeys: String, CodingKey {
            case name, inode, processes
            case isInit = "is_init"
        }
    }

    init(_ assessment: Assessment) {
        let situation = assessment.situation
        let now = situation.now
        namespace = Space(
            name: now.namespace.name, inode: now.namespace.inode, isInit: now.namespace.isInit,
            processes: now.namespace.processes)
        time = UTC.iso(now.time)
        timeSeconds = now.time.rounded4
        source = now.source.rawValue
        dumpSeconds = now.dumpSeconds.rounded4
        intervalSeconds = situation.interval?.rounded4
        sockets = now.states.total
        states = now.states
        severityCounts = Dictionary(
            uniqueKeysWithValues: Severity.allCases.map { severity in
                (severity.rawValue, assessment.findings.count { $0.severity == severity })
            })
        ports = PortsJSON(situation.budget)
        tuples = situation.tuples.map {
            TupleJSON($0, owner: situation.owner(of: $0.ledger))
        }
        tupleCount = now.tupleCount
        socketsInTuplesLeftOut = now.socketsInTuplesLeftOut
        let somaxconn = situation.number("net.core.somaxconn")
        listeners = now.listeners.map { ListenerJSON($0, somaxconn: somaxconn) }
        sourcePorts = now.sourcePorts?.map(SourcePortsJSON.init)
        bound = now.bound?.map(BoundSocketsJSON.init)
        formerListeners = now.formerListeners?.map(FormerListenerJSON.init)
        unixListeners = now.unixListeners.map(UnixListenersJSON.init)
        selfConnected = now.selfConnected?.map(SelfConnectionJSON.init)
        stateSamples = now.stateSamples?.map(StateSampleJSON.init)
        goneAddresses = now.goneAddresses?.map(GoneAddressJSON.init)
        portBlocks = now.portBlocks?.map(PortBlockJSON.init)
        unreadOutgoing = now.unreadOutgoing?.map(UnreadPeerJSON.init)
        stalledPeers = now.stalledPeers?.map(StalledPeerJSON.init)
        mptcp = now.mptcp.map(MPTCPSocketsJSON.init)
        processes = now.processes.map(ProcessJSON.init)
        findings = assessment.findings.map(FindingJSON.init)
        settings = now.settings.map(SettingJSON.init)
        unseen = now.unseen
        coverage = CoverageJSON(Coverage.of(situation))
    }

    enum CodingKeys: String, CodingKey {
        case namespace, time, source, sockets, states, ports, tuples, listeners, processes
        case findings, settings, unseen, coverage, bound, mptcp
        case goneAddresses = "gone_addresses"
        case portBlocks = "port_blocks"
        case unreadOutgoing = "unread_outgoing"
        case stalledPeers = "stalled_peers"
        case sourcePorts = "source_ports"
        case formerListeners = "former_listeners"
        case unixListeners = "unix_listeners"
        case selfConnected = "self_connected"
        case stateSamples = "state_samples"
        case timeSeconds = "time_seconds"
        case dumpSeconds = "dump_seconds"
        case intervalSeconds = "interval_seconds"
        case severityCounts = "severity_counts"
        case tupleCount = "tuple_count"
        case socketsInTuplesLeftOut = "sockets_in_tuples_left_out"
    }
}

/// The local ports that connect() may choose from.
struct PortsJSON: Encodable, Sendable {
    let low: Int
    let high: Int
    let reserved: Int
    let held: Int
    let usable: Int
    let isMeasured: Bool

    init(_ budget: PortBudget) {
        low = budget.range.lowerBound
        high = budget.range.upperBound
        reserved = budget.reserved
        held = budget.held
        usable = budget.usable
        isMeasured = budget.isMeasured
    }

    enum CodingKeys: String, CodingKey {
        case low, high, reserved, held, usable
        case isMeasured = "is_measured"
    }
}
