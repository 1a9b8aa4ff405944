import Kernel
import Model
import Testbed

extension WireGround {
    /// When the timer of a side's TIME_WAIT runs out, in nanoseconds of CLOCK_MONOTONIC; nil where there is none.
    ///
    /// The end, unlike what is left, is the same however late it is looked at, until something moves it.
    func timeWaitEnd(
        _ side: PrivateNetwork.Side, client port: UInt16
    ) throws(KernelError) -> Int64? {
        let (here, there) = ends(side, client: port)
        return try wire.run(in: side) { () throws(KernelError) in
            let lookup = try SocketLookup.open()
            var end: Int64?
            var narrowest = Int64.max
            // A look that was interrupted says little: the best of a few.
            for _ in 0..<50 {
                let before = LoadClock.now
                let row = try lookup.row(from: here, to: there)
                let taken = LoadClock.now - before
                guard let row, row.state == .timeWait else { return nil }
                if taken < narrowest {
                    narrowest = taken
                    end = before + Int64(row.expires) * 1_000_000
                }
                if taken < 200_000 { break }
            }
            return end
        }
    }

    /// Seconds by which the end of a TIME_WAIT was put off.
    ///
    /// - Parameters: both as ``timeWaitEnd(_:client:)`` gives them.
    static func seconds(from before: Int64, to after: Int64) -> Double {
        Double(after - before) / 1e9
    }

    /// The counters of a side's namespace.
    func counters(_ side: PrivateNetwork.Side) throws(KernelError) -> Counters {
        try wire.run(in: side) { TrialGround.counters() }
    }

    /// What a side's kernel sent after so many passages.
    func sent(by side: PrivateNetwork.Side, after count: Int) -> [Segment] {
        record.passages.dropFirst(count).filter { $0.from == side && $0.origin == .sent }
            .map(\.segment)
    }
}

extension WireRecord {
    /// When segments with a flag arrived, in nanoseconds of CLOCK_MONOTONIC, after so many passages.
    func arrivals(of flag: Segment.Flags, from side: Side, since count: Int) -> [Int64] {
        passages.dropFirst(count).filter { $0.from == side && $0.segment.flags.contains(flag) }
            .compactMap(\.arrived)
    }
}

extension ArraySlice<WireRecord.Passage> {
    /// True where TIME_WAIT has answered a SYN, has got the client's reset, and two more have come in vain: at once and after a second.
    var isShutOut: Bool {
        count { $0.from == .client && $0.segment.flags == .syn && $0.arrived != nil } >= 3
            && !contains { $0.from == .server && !$0.segment.isBareAck }
    }

    /// True where the client repeated a SYN that was not answered yet, or had been granted: the machine was too slow.
    var isHurried: Bool {
        zip(self, dropFirst()).contains { one, next in
            next.from == .client && next.segment.flags == .syn
                && one.segment.flags.contains(.syn)
        }
    }
}
