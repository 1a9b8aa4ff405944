package import Model

/// What is kept of a minute of one network namespace.
package struct MinuteRecord: Sendable, Hashable {
    /// Minutes since 1970.
    package let minute: Int64
    package let netns: String
    /// The seconds of which it is known what closed.
    package var known = SecondMask.none
    /// The seconds in which counters and listeners were read.
    package var sampled = SecondMask.none
    /// How often every socket was looked at.
    package var looks = 0
    /// Ports for a destination that no socket leads to; nil without a look at every socket.
    package var usable: Int?
    /// Connections that were found in TIME_WAIT, by the second in which they closed: those of listeners are among them.
    package var found = MinuteSeries()
    package var tuples: [Tuple: TupleMinute] = [:]
    /// Those that have no row of their own.
    package var others = Others()
    package var listeners: [ListenerPlace: ListenerMinute] = [:]
    /// Counters grow by so much in each second, gauges stand so high at its end.
    package var counters: [FollowedCounter: MinuteSeries] = [:]

    package struct Key: Sendable, Hashable {
        package let minute: Int64
        package let netns: String
    }

    package var key: Key { Key(minute: minute, netns: netns) }

    package struct Others: Sendable, Hashable {
        package var tuples = 0
        package var used = 0
        package var closings = MinuteSeries()

        package init() {}
    }

    package init(minute: Int64, netns: String) {
        self.minute = minute
        self.netns = netns
    }

    /// With what another record of the same minute has besides: what this one knows is kept.
    ///
    /// So it is for a minute that was begun before the agent was started again, and for one that comes twice, where the clock was
    /// set back. Of ports and queues the higher is kept.
    package func completed(by other: MinuteRecord) -> MinuteRecord {
        var whole = self
        let newlyKnown = other.known.subtracting(known)
        let newlySampled = other.sampled.subtracting(sampled)
        whole.known = known.union(other.known)
        whole.sampled = sampled.union(other.sampled)
        whole.looks += other.looks
        whole.usable = usable ?? other.usable
        whole.found.take(newlyKnown, of: other.found)
        whole.others.tuples = max(others.tuples, other.others.tuples)
        whole.others.used = max(others.used, other.others.used)
        whole.others.closings.take(newlyKnown, of: other.others.closings)
        for (tuple, row) in other.tuples {
            whole.tuples[tuple, default: TupleMinute()].complete(by: row, newlyKnown)
        }
        for (place, row) in other.listeners {
            whole.listeners[place, default: ListenerMinute()].complete(by: row, newlySampled)
        }
        for (counter, series) in other.counters {
            whole.counters[counter, default: MinuteSeries()].take(newlySampled, of: series)
        }
        return whole
    }
}

/// What is kept of a minute of one destination.
package struct TupleMinute: Sendable, Hashable {
    /// As of the look that found most ports in use; nil where no look told them.
    package var levels: TupleLevels?
    /// Connections that this host closed first, by second.
    package var closings = MinuteSeries()

    package init(levels: TupleLevels? = nil) { self.levels = levels }

    mutating func complete(by other: TupleMinute, _ seconds: SecondMask) {
        if let theirs = other.levels, theirs.used > levels?.used ?? -1 { levels = theirs }
        closings.take(seconds, of: other.closings)
    }
}

/// What one look found of a destination.
package struct TupleLevels: Sendable, Hashable {
    package var used: Int
    package var usable: Int
    package var established: Int
    package var timeWait: Int
    package var closeWait: Int
    /// The program or unit that the connections belong to; nil where it was not found.
    package var owner: String?

    package init(
        used: Int, usable: Int, established: Int = 0, timeWait: Int = 0, closeWait: Int = 0,
        owner: String? = nil
    ) {
        self.used = used
        self.usable = usable
        self.established = established
        self.timeWait = timeWait
        self.closeWait = closeWait
        self.owner = owner
    }

    package var usedRatio: Double { usable > 0 ? Double(used) / Double(usable) : 0 }
}

/// A listening address and port.
package struct ListenerPlace: Sendable, Hashable {
    package let address: IPAddress
    package let port: UInt16

    package init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    package var text: String { address.with(port: port) }
}

/// What is kept of a minute of one listener.
package struct ListenerMinute: Sendable, Hashable {
    package var backlog: Int?
    /// Connections that wait to be accepted, by second.
    package var queue = MinuteSeries()
    /// Connection requests that were dropped, by second.
    package var drops = MinuteSeries()

    package init(backlog: Int? = nil) { self.backlog = backlog }

    mutating func complete(by other: ListenerMinute, _ seconds: SecondMask) {
        backlog = backlog ?? other.backlog
        queue.take(seconds, of: other.queue)
        drops.take(seconds, of: other.drops)
    }
}
