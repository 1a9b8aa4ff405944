import Text

/// All that was observed of one network namespace at one time.
public struct Snapshot: Sendable, Hashable, Codable {
    public var namespace: Namespace
    /// Seconds since 1970, UTC.
    public var time: Double
    /// CLOCK_BOOTTIME in seconds, for the distance between two snapshots.
    public var uptime: Double
    /// Where the sockets were read.
    public var source: Source
    /// How long reading the sockets took, in seconds.
    public var dumpSeconds: Double
    public var states: StateCounts
    /// Those of them that no process holds, TIME_WAIT aside: orphans, and connections not yet accepted.
    public var withoutInode: StateCounts
    /// Those of them that wait for an answer to something they sent more than once.
    public var retransmitting: StateCounts
    /// Sockets of all tuples and listeners that left for TIME_WAIT, by whole seconds ago: 61 buckets, or none.
    public var closings: [Int]
    /// The tuples with most ports in use, most first; see `tuplesLeftOut`.
    public var tuples: [PortLedger]
    /// All tuples seen, and how many sockets those hold that are not listed.
    public var tupleCount: Int
    public var socketsInTuplesLeftOut: Int
    public var listeners: [Listener]
    /// Local ports that are bound and neither listen nor are connected; nil where not asked for.
    public var boundPorts: [UInt16]?
    /// The same sockets by local address, most ports first; nil where not asked for.
    public var bound: [BoundSockets]?
    /// The source addresses with most distinct local ports in use, most first; nil where not counted.
    public var sourcePorts: [SourcePorts]?
    /// Server's sides of connections whose listener is gone, most sockets first; nil where not told apart.
    public var formerListeners: [FormerListener]?
    /// Sockets connected to themselves: one port of a range that connect() met itself on; nil where not counted.
    public var selfConnected: [SelfConnection]?
    /// Samples of states that a program, not the kernel, must end; nil where not taken.
    public var stateSamples: [StateSample]?
    /// Nil where the kernel could not be asked.
    public var unixListeners: UnixListeners?
    /// Local addresses of open connections that no interface has; nil where that was not asked.
    public var goneAddresses: [GoneAddress]?
    /// Blocks of consecutive local ports that are used to the last; nil where not looked for.
    public var portBlocks: [PortBlock]?
    /// Outgoing connections with unread data, by destination, most first; nil where not counted.
    public var unreadOutgoing: [UnreadPeer]?
    /// Destinations that do not acknowledge, or have no room for, what is sent there, most first; nil where not counted.
    public var stalledPeers: [StalledPeer]?
    /// Whether the loopback interface is up; nil where that was not asked.
    public var loopbackUp: Bool?
    /// Nil where no counter tells of MPTCP connections, or they could not be read.
    public var mptcp: MPTCPSockets?
    public var counters: Counters
    /// By key.
    public var settings: [Setting]
    /// Lines of the boot-time files that matter though no key of the catalogue is theirs: removed, misspelt, misread.
    public var strayAssignments: [StrayAssignment]
    public var processes: [ProcessInUse]
    /// Connections seen to end, from the kernel's destroy events, by tuple; empty without an interval.
    public var endings: [Ending]
    /// What could not be seen, and why.
    public var unseen: [Unseen]

    public enum Source: String, Sendable, Hashable, Codable { case diag, proc, none }

    public init(namespace: Namespace, time: Double, uptime: Double, source: Source) {
        self.namespace = namespace
        self.time = time
        self.uptime = uptime
        self.source = source
        dumpSeconds = 0
        states = StateCounts()
        withoutInode = StateCounts()
        retransmitting = StateCounts()
        closings = []
        tuples = []
        tupleCount = 0
        socketsInTuplesLeftOut = 0
        listeners = []
        boundPorts = nil
        counters = Counters()
        settings = []
        strayAssignments = []
        processes = []
        endings = []
        unseen = []
    }

    /// The setting of that key, if it was looked for.
    public subscript(key: String) -> Setting? { settings.first { $0.key == key } }
}

/// Sockets that are connected to their own address and port: SYN met SYN (RFC 9293, simultaneous open).
public struct SelfConnection: Sendable, Hashable, Codable {
    public var address: IPAddress
    public var port: UInt16
    public var sample: SocketSample?

    public init(address: IPAddress, port: UInt16, sample: SocketSample? = nil) {
        self.address = address
        self.port = port
        self.sample = sample
    }
}

/// A line of a boot-time file that does not do what its author believed.
public struct StrayAssignment: Sendable, Hashable, Codable {
    /// The key as written, with dots.
    public var key: String
    public var assignment: Assignment
    /// Whether the running kernel has a file for the key; nil where that was not asked (a captured tree without it).
    public var keyExists: Bool?
    /// What is wrong with the line itself; nil for a proper one.
    public var fault: Fault?

    public enum Fault: String, Sendable, Hashable, Codable {
        /// No `=`: nothing is written.
        case noEquals = "no_equals"
        /// A byte-order mark before the key makes it another, unknown key.
        case byteOrderMark = "byte_order_mark"
    }

    public init(
        key: String, assignment: Assignment, keyExists: Bool? = nil, fault: Fault? = nil
    ) {
        self.key = key
        self.assignment = assignment
        self.keyExists = keyExists
        self.fault = fault
    }
}

/// How many connections of one tuple were destroyed during an interval.
public struct Ending: Sendable, Hashable, Codable {
    public var tuple: Tuple
    public var count: Int

    public init(tuple: Tuple, count: Int) {
        self.tuple = tuple
        self.count = count
    }
}

/// Something that was looked for and not seen, and the reason: absent is not zero.
public struct Unseen: Sendable, Hashable, Codable {
    /// What: `owners of the sockets of other users`.
    public var what: String
    /// Why, and what to do about it: `run as root`.
    public var why: String

    public init(what: String, why: String) {
        self.what = what
        self.why = why
    }
}
