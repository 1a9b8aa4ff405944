package import Model

extension WireRecord {
    /// True where a kernel sent a segment again although none was ever lost or held up: the machine was too slow for its timers.
    package var hasRepeatedInVain: Bool {
        guard !passages.contains(where: { $0.isLost || $0.isDelayed }) else { return false }
        var seen: Set<Claimed> = []
        return passages.contains { passage in
            let segment = passage.segment
            // What answers an old duplicate may be the same answer: a SYN cookie is.
            if passage.origin != .sent { seen = [] }
            guard passage.origin == .sent, segment.length > 0 else { return false }
            return !seen.insert(
                Claimed(
                    source: segment.source, destination: segment.destination,
                    sequence: segment.sequence, flags: segment.flags)
            ).inserted
        }
    }

    /// What a segment takes of the sequence space.
    private struct Claimed: Hashable {
        var source: Segment.End
        var destination: Segment.End
        var sequence: UInt32
        var flags: Segment.Flags
    }

    /// When the socket of a side was first seen in a state; nil where it never was.
    ///
    /// - Parameter client: the port of the connection's client; nil for all of them.
    package func time(
        of state: TCPState?, at side: Side, client port: UInt16? = nil
    ) -> Int64? {
        marks.first { entry in
            guard case .state(side, let client, _, state) = entry.mark else { return false }
            return port == nil || client.port == port
        }?.at
    }

    /// How many of the states were met in this order, without another between.
    ///
    /// - Parameter client: the port of the connection's client; nil for all of them.
    package func follows(
        _ states: [TCPState?], at side: Side, client port: UInt16? = nil
    ) -> Int {
        zip(self.states(of: side, client: port), states).prefix { $0 == $1 }.count
    }
}
