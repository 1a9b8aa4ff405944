import Model

/// What is known of a tuple that matters: counts by state, ages of its TIME_WAIT, samples to tell its owner by.
struct TupleDetail: Sendable {
    /// So many live sockets are kept to find the owner by.
    static let sampleLimit = 4

    private(set) var total: UInt32
    private(set) var outsideRange: UInt32
    private var even: UInt32
    private var withoutInode: UInt32
    private var byState: InlineArray<14, UInt32> = .init(repeating: 0)
    private var closings = ClosingBuckets()
    private var heldFinWait2: UInt32
    private var retransmitting: UInt32
    /// SYN_SENT that were sent again.
    private var unanswered: UInt32 = 0
    /// The interface that its first socket is bound to, `.max` where none came yet; and how many are bound otherwise.
    private var interface = UInt32.max
    private var elsewhere: UInt32 = 0
    private var samples: InlineArray<4, SocketSample?> = .init(repeating: nil)
    private var sampleCount = 0
    /// Others, of all its live sockets.
    private var spread = SpreadSamples()
    /// The highest inode among the samples.
    private var youngest: UInt32 = 0

    /// Goes on from small counts.
    init(_ entry: TupleEntry) {
        total = UInt32(entry.total)
        outsideRange = UInt32(entry.outsideRange)
        even = UInt32(entry.even)
        withoutInode = UInt32(entry.withoutInode)
        heldFinWait2 = UInt32(entry.heldFinWait2)
        retransmitting = UInt32(entry.retransmitting)
        for state in TCPState.allCases { byState[Int(state.rawValue)] = UInt32(entry[state]) }
    }

    @inline(__always)
    mutating func count(_ row: SocketRow, isInRange: Bool, message: RawSpan) {
        total += 1
        byState[Int(row.state.rawValue)] += 1
        if !isInRange {
            outsideRange += 1
        } else if row.sourcePort & 1 == 0 {
            even += 1
        }
        if row.interface != interface { noteInterface(row.interface) }
        if row.state == .timeWait {
            closings.add(row)
            return
        }
        if row.retransmits > 0, row.state == .established, row.isRetransmitting {
            retransmitting += 1
        }
        if row.retransmits > 0, row.state == .synSent { unanswered += 1 }
        guard row.inode != 0 else {
            withoutInode += 1
            return
        }
        if row.state == .finWait2 { heldFinWait2 += 1 }
        if sampleCount < Self.sampleLimit || row.inode < youngest {
            sample(row, message: message)
        }
        spread.count(row, message: message)
    }

    private mutating func noteInterface(_ other: UInt32) {
        if interface == .max { interface = other } else { elsewhere += 1 }
    }

    /// Rare, and kept out of the way of what each socket asks for.
    @inline(never)
    private mutating func sample(_ row: SocketRow, message: RawSpan) {
        take(SocketSample(row, message: message))
    }

    private mutating func take(_ sample: SocketSample) {
        if sampleCount < Self.sampleLimit {
            keep(sample)
        } else if sample.inode < youngest {
            replaceYoungest(by: sample)
        }
    }

    private mutating func keep(_ sample: SocketSample) {
        samples[sampleCount] = sample
        sampleCount += 1
        youngest = max(youngest, sample.inode)
    }

    /// The oldest sockets are kept: a program has them at low descriptors, where its owner is found first.
    ///
    /// Inodes are handed out in order (`fs/inode.c:get_next_ino`, in batches for each processor).
    private mutating func replaceYoungest(by sample: SocketSample) {
        var highest: UInt32 = 0
        for index in samples.indices {
            if samples[index]?.inode == youngest { samples[index] = sample }
            highest = max(highest, samples[index]?.inode ?? 0)
        }
        youngest = highest
    }

    mutating func add(_ other: TupleDetail) {
        total += other.total
        outsideRange += other.outsideRange
        even += other.even
        withoutInode += other.withoutInode
        heldFinWait2 += other.heldFinWait2
        retransmitting += other.retransmitting
        unanswered += other.unanswered
        if interface == .max {
            (interface, elsewhere) = (other.interface, other.elsewhere)
        } else if other.interface != .max {
            elsewhere +=
                interface == other.interface ? other.elsewhere : other.total - other.elsewhere
        }
        spread.add(other.spread)
        for index in byState.indices { byState[index] += other.byState[index] }
        closings.add(other.closings)
        for index in 0..<other.sampleCount {
            if let sample = other.samples[index] { take(sample) }
        }
    }

    /// Whether a socket of it is in SYN_SENT.
    var isOpening: Bool { byState[Int(TCPState.synSent.rawValue)] > 0 }

    /// - Parameter aged: false where the ages of its TIME_WAIT were not kept.
    func ledger(of tuple: Tuple, aged: Bool) -> PortLedger {
        var states = StateCounts()
        for state in TCPState.allCases { states[state] = Int(byState[Int(state.rawValue)]) }
        var ledger = PortLedger(
            tuple: tuple, states: states, outsideRange: Int(outsideRange), evenPorts: Int(even),
            closings: aged ? closings.scaled(to: states[.timeWait]) : [],
            withoutInode: Int(withoutInode), samples: allSamples)
        ledger.heldFinWait2 = Int(heldFinWait2)
        ledger.retransmitting = Int(retransmitting)
        ledger.unanswered = aged ? Int(unanswered) : nil
        ledger.onOneInterface =
            elsewhere > 0 ? Int(max(elsewhere, total - min(total, elsewhere))) : nil
        return ledger
    }

    /// The oldest first, then those of the others that are not among them.
    private var allSamples: [SocketSample] {
        var all = (0..<sampleCount).compactMap { samples[$0] }
        for sample in spread.samples where !all.contains(where: { $0.inode == sample.inode }) {
            all.append(sample)
        }
        return all
    }
}

extension SocketSample {
    /// Keeps what tells a live socket's owner.
    init(_ row: SocketRow, message: RawSpan) {
        var row = row
        DiagRow.addAttributes(of: message, to: &row)
        self.init(
            inode: row.inode, uid: row.uid, cgroup: row.cgroup, localPort: row.sourcePort,
            state: row.state)
    }
}
