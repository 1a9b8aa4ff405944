import CNetlink
import Glibc
package import Kernel
package import Model
import Synchronization

/// A wire between a client and a server, each a network namespace of its own, that passes through this process.
///
/// Every segment takes a while, so that the states between can be seen; it may be lost, kept back and delivered later, or made
/// up. All else on the way, and the TCP at both ends, is the kernel's own.
package final class Wire: Sendable {
    package typealias Side = PrivateNetwork.Side

    /// What is done with a segment that comes by.
    package enum Action: Sendable, Hashable {
        case passes
        case isLost
        /// Passes, and a copy of it is kept.
        case isCopied
        /// Is kept and does not pass.
        case isKept
        /// Is kept, and arrives when it is released: a segment that is long on its way.
        case isDelayed
        /// Arrives as always, but at the experiment, which plays that side: its kernel does not get it.
        case isTaken
        /// Passes as another, as through a NAT in front of the client. The record has what the server's end has.
        case becomes(Segment)
    }

    /// A segment that was kept.
    package struct Kept: Sendable {
        package let segment: Segment
        package let from: Side
        let frame: [UInt8]
        let detail: String
        /// In the record, of one that is still on its way; nil of a copy.
        let passage: Int?
    }

    /// The address of a side.
    package static func address(_ side: Side, _ family: InternetFamily = .v4) -> IPAddress {
        PrivateNetwork.address(side, 0, family)
    }

    package var family: InternetFamily { network.family }

    struct Pending: Sendable {
        var due: Int64
        var from: Side
        var frame: [UInt8]
        /// In the record.
        var passage: Int
        /// Not to be handed to the kernel of the other side.
        var isTaken = false
        /// Its place in the record is among the notices.
        var isNotice = false
    }

    struct State: Sendable {
        var rule: (@Sendable (Segment, Side) -> Action)?
        var pending: [Pending] = []
        var kept: [Kept] = []
        var record = WireRecord()
        /// The first sequence numbers of each side of a connection, for details: the last is that of now.
        var origins: [Flow: [UInt32]] = [:]
        /// The ends of connections, and what their sockets were seen in last: the client's, the server's.
        var watched: [Watched] = []
        var isCut = false
        var failure: KernelError?
    }

    /// From one end to the other.
    struct Flow: Hashable, Sendable {
        var source: Segment.End
        var destination: Segment.End
    }

    struct Watched: Sendable {
        var client: Segment.End
        var server: Segment.End
        var states: [TCPState?] = [nil, nil]
        /// Whether either side's own socket was ever seen: a listener that is found later is found in its place.
        var wereThere = [false, false]
        /// When the last look at them began.
        var looked: Int64?
    }

    let state = Mutex(State())
    let network: WireNetwork
    let delay: Int64
    let signal: EventSignal

    private init(network: consuming WireNetwork, delay: Int64) throws(KernelError) {
        self.network = network
        self.delay = delay
        signal = try EventSignal()
        state.withLock { $0.record.family = self.network.family }
    }

    /// Lays a wire, runs the body beside it, and takes it up again.
    ///
    /// - Parameter delay: nanoseconds that a segment takes, each way.
    package static func run<Success>(
        _ family: InternetFamily = .v4, delay: Int64 = 20_000_000,
        _ body: (Wire) throws(KernelError) -> Success
    ) throws(KernelError) -> Success {
        let wire = try Wire(network: WireNetwork.make(family), delay: delay)
        let relay = try WireRelay.start(wire)
        let result: Result<Success, KernelError>
        do throws(KernelError) { result = .success(try body(wire)) } catch {
            result = .failure(error)
        }
        wire.state.withLock { $0.isCut = true }
        wire.signal.set()
        try relay.join()
        return try result.get()
    }

    /// Runs the body on a thread inside one of the sides, and waits for it.
    package func run<Inside: Sendable>(
        in side: Side, _ body: @escaping @Sendable () throws(KernelError) -> Inside
    ) throws(KernelError) -> Inside {
        try SystemThread.start { [self] () throws(KernelError) in
            try withExtendedLifetime(self) { () throws(KernelError) in
                try network.chain.enter(side == .client ? .client : .server)
            }
            return try body()
        }.join()
    }

    // MARK: what becomes of segments

    /// Decides from now on what becomes of each segment that a kernel sends; nil lets all pass.
    package func decide(_ rule: (@Sendable (Segment, _ from: Side) -> Action)?) {
        state.withLock { $0.rule = rule }
    }

    /// The segments that were kept, in their order.
    package var kept: [Kept] { state.withLock { $0.kept } }

    /// Puts a segment that was kept on the wire, as it was: an old duplicate, or the very one that was held up.
    ///
    /// - Parameter isTaken: true where the experiment plays the side at which it arrives.
    package func release(_ kept: Kept, isTaken: Bool = false) {
        if let passage = kept.passage {
            state.withLock { state in
                state.pending.append(
                    Pending(
                        due: LoadClock.now + delay, from: kept.from, frame: kept.frame,
                        passage: passage, isTaken: isTaken))
            }
            return signal.set()
        }
        enqueue(kept.frame, kept.segment, from: kept.from, .duplicate, detail: kept.detail)
    }

    /// Puts a segment that was kept on the wire, as it arrives through what now shifts the numbers of the sides.
    package func release(_ kept: Kept, as segment: Segment) {
        let detail = state.withLock { $0.detail(of: segment) }
        enqueue(
            Self.frame(segment, from: kept.from), segment, from: kept.from, .duplicate,
            detail: detail)
    }

    /// Puts a segment on the wire that nobody sent, in the name of its source.
    package func put(_ segment: Segment, from side: Side) {
        let detail = state.withLock { $0.detail(of: segment) }
        enqueue(
            Self.frame(segment, from: side), segment, from: side, .crafted, detail: detail)
    }

    /// In a frame as that side would send it.
    static func frame(_ segment: Segment, from side: Side) -> [UInt8] {
        let (client, server) = (WireNetwork.clientHardware, WireNetwork.serverHardware)
        return side == .client
            ? segment.frame(from: client, to: server) : segment.frame(from: server, to: client)
    }

    private func enqueue(
        _ frame: [UInt8], _ segment: Segment, from side: Side, _ origin: Exchange.Origin,
        detail: String
    ) {
        let now = LoadClock.now
        state.withLock { state in
            state.record.passages.append(
                WireRecord.Passage(
                    segment: segment, from: side, origin: origin, sent: now, arrived: nil,
                    isLost: false, detail: detail, frame: frame))
            state.pending.append(
                Pending(
                    due: now + delay, from: side, frame: frame,
                    passage: state.record.passages.count - 1))
        }
        signal.set()
    }

    // MARK: what was seen

    package var record: WireRecord { state.withLock { $0.record } }

    /// Writes down what is about to be done, for those who read the record.
    package func note(_ text: String, at side: Side? = nil) {
        state.withLock {
            $0.record.marks.append(WireRecord.Entry(at: LoadClock.now, mark: .note(side, text)))
        }
    }

    /// Waits until the record is so, or the time is over.
    ///
    /// - Returns: whether it is so.
    package func wait(
        seconds: Double, _ stop: () -> Bool = { false }, until isSo: (WireRecord) -> Bool
    ) throws(KernelError) -> Bool {
        let end = LoadClock.now + Int64(seconds * 1e9)
        while true {
            let (record, failure) = state.withLock { ($0.record, $0.failure) }
            if let failure { throw failure }
            if isSo(record) { return true }
            if LoadClock.now >= end || stop() { return false }
            LoadClock.rest(milliseconds: 2)
        }
    }

    /// Waits until all that is under way has arrived, and nothing has followed for a while.
    package func settle(_ stop: () -> Bool = { false }) throws(KernelError) {
        var last = -1
        while true {
            let (count, pending) = state.withLock { ($0.record.passages.count, $0.pending.count) }
            if pending == 0, count == last || stop() { return }
            last = pending == 0 ? count : -1
            LoadClock.rest(milliseconds: UInt32(max(delay / 1_000_000, 5)))
        }
    }
}

extension Wire.State {
    /// Beyond that a number is not of the same connection: no experiment sends as much.
    private static let far: UInt32 = 1 << 24

    /// Remembers where a connection begins, and says where in it a segment is.
    mutating func detail(of segment: Segment) -> String {
        let flow = Wire.Flow(source: segment.source, destination: segment.destination)
        let back = Wire.Flow(source: segment.destination, destination: segment.source)
        if segment.flags.contains(.syn), origins[flow]?.last != segment.sequence {
            origins[flow, default: []].append(segment.sequence)
        }
        var words = ["seq " + place(of: segment.sequence, in: flow)]
        if segment.flags.contains(.ack) {
            words.append("ack " + place(of: segment.acknowledgement, in: back))
        }
        if let timestamps = segment.options.timestamps {
            words.append("ts \(timestamps.value)/\(timestamps.echo)")
        }
        return words.joined(separator: ", ")
    }

    /// A number counted from the first of its side, of that connection of the same ends in which it lies.
    ///
    /// One that lies in none is told as it is.
    private func place(of number: UInt32, in flow: Wire.Flow) -> String {
        let known = origins[flow] ?? []
        // Of an answer to a SYN that nobody saw the answer of, the number is all that is known.
        guard let current = known.last else { return "\(number) (absolute)" }
        if number &- current < Self.far { return "\(number &- current)" }
        if let former = known.dropLast().last(where: { number &- $0 < Self.far }) {
            return "\(number &- former) of the connection before"
        }
        return "\(number) (absolute)"
    }
}
