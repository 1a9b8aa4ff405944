import Text

/// All that was observed of one network namespace at one time.
package struct Snapshot: Sendable, Hashable, Codable {
    package var namespace: Namespace
    /// Seconds since 1970, UTC.
    package var time: Double
    /// CLOCK_BOOTTIME in seconds, for the distance between two snapshots.
    package var uptime: Double
    /// Where the sockets were read.
    package var source: Source
    /// How long reading the sockets took, in seconds.
    package var dumpSeconds: Double
    package var states: StateCounts
    /// Those of them that no process holds, TIME_WAIT aside: orphans, and connections not yet accepted.
    package var withoutInode: StateCounts
    /// Those of them that wait for an answer to something they sent more than once.
    package var retransmitting: StateCounts
    /// Sockets of all tuples and listeners that left for TIME_WAIT, by whole seconds ago: 61 buckets, or none.
    package var closings: [Int]
    /// The tuples with most ports in use, most first; see `tuplesLeftOut`.
    package var tuples: [PortLedger]
    /// All tuples seen, and how many sockets those hold that are not listed.
    package var tupleCount: Int
    package var socketsInTuplesLeftOut: Int
    package var listeners: [Listener]
    /// Local ports that are bound and neither listen nor are connected; nil where not asked for.
    package var boundPorts: [UInt16]?
    /// The same sockets by local address, most ports first; nil where not asked for.
    package var bound: [BoundSockets]?
    /// The source addresses with most distinct local ports in use, most first; nil where not counted.
    package var sourcePorts: [SourcePorts]?
    /// Server's sides of connections whose listener is gone, most sockets first; nil where not told apart.
    package var formerListeners: [FormerListener]?
    /// Sockets connected to themselves: one port of a range that connect() met itself on; nil where not counted.
    package var selfConnected: [SelfConnection]?
    /// Samples of states that a program, not the kernel, must end; nil where not taken.
    package var stateSamples: [StateSample]?
    /// Nil where the kernel could not be asked.
    package var unixListeners: UnixListeners?
    /// Local addresses of open connections that no interface has; nil where that was not asked.
    package var goneAddresses: [GoneAddress]?
    /// Blocks of consecutive local ports that are used to the last; nil where not looked for.
    package var portBlocks: [PortBlock]?
    /// Outgoing connections with unread data, by destination, most first; nil where not counted.
    package var unreadOutgoing: [UnreadPeer]?
    /// Destinations that do not acknowledge, or have no room for, what is sent there, most first; nil where not counted.
    package var stalledPeers: [StalledPeer]?
    /// Whether the loopback interface is up; nil where that was not asked.
    package var loopbackUp: Bool?
    /// Nil where no counter tells of MPTCP connections, or they could not be read.
    package var mptcp: MPTCPSockets?
    package var counters: Counters
    /// By key.
    package var settings: [Setting]
    /// Lines of the boot-time files that matter though no key of the catalogue is theirs: removed, misspelt, misread.
    package var strayAssignments: [StrayAssignment]
    package var processes: [ProcessInUse]
    /// Connections seen to end, from the kernel's destroy events, by tuple; empty without an interval.
    package var endings: [Ending]
    /// What could not be seen, and why.
    package var unseen: [Unseen]

    package enum Source: String, Sendable, Hashable, Codable { case diag, proc, none }

    package init(namespace: Namespace, time: Double, uptime: Double, source: Source) {
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
    package subscript(key: String) -> Setting? { settings.first { $0.key == key } }
}

/// Sockets that are connected to their own address and port: SYN met SYN (RFC 9293, simultaneous open).
package struct SelfConnection: Sendable, Hashable, Codable {
    package var address: IPAddress
    package var port: UInt16
    package var sample: SocketSample?

    package init(address: IPAddress, port: UInt16, sample: SocketSample? = nil) {
        self.address = address
        self.port = port
        self.sample = sample
    }
}

/// A line of a boot-time file that does not do what its author believed.
package struct StrayAssignment: Sendable, Hashable, Codable {
    /// The key as written, with dots.
    package var key: String
    package var assignment: Assignment
    /// Whether the running kernel has a file for the key; nil where that was not asked (a captured tree without it).
    package var keyExists: Bool?
    /// What is wrong with the line itself; nil for a proper one.
    package var fault: Fault?

    package enum Fault: String, Sendable, Hashable, Codable {
        /// No `=`: nothing is written.
        case noEquals = "no_equals"
        /// A byte-order mark before the key makes it another, unknown key.
        case byteOrderMark = "byte_order_mark"
    }

    package init(
        key: String, assignment: Assignment, keyExists: Bool? = nil, fault: Fault? = nil
    ) {
        self.key = key
        self.assignment = assignment
        self.keyExists = keyExists
        self.fault = fault
    }
}

/// How many connections of one tuple were destroyed during an interval.
package struct Ending: Sendable, Hashable, Codable {
    package var tuple: Tuple
    package var count: Int

    package init(tuple: Tuple, count: Int) {
        self.tuple = tuple
        self.count = count
    }
}

/// Something that was looked for and not seen, and the reason: absent is not zero.
package struct Unseen: Sendable, Hashable, Codable {
    /// What: `owners of the sockets of other users`.
    package var what: String
    /// Why, and what to do about it: `run as root`.
    package var why: String

    package init(what: String, why: String) {
        self.what = what
        self.why = why
    }
}
