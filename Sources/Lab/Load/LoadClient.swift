import Histogram
import Kernel
import Model
import Testbed

/// The client: begins connections at its pace, asks, reads, closes, and counts.
///
/// Each connection in flight has a fixed place; nothing is allocated for it.
struct LoadClient: ~Copyable {
    let plan: LoadPlan
    let share: ClientShare
    let count: Int?
    let destinations: [SocketAddress]
    let request: [UInt8]
    let lastRequest: [UInt8]
    let isHTTP: Bool
    /// A connection that is reset leaves its socket to the next one of its place: nothing is to be seen of that from outside,
    /// and it saves to make a socket and to wait for its events anew.
    let keepsSockets: Bool
    let stop: StopSign
    /// Nil without TLS.
    let secured: TLSContext?
    /// Sessions that may be resumed, by destination.
    var sessions: [TLSSession?]
    var ciphered = [UInt8](repeating: 0, count: 65536)
    /// Of the connection that is handled.
    var broken: TLSFailure?
    let events: EventSet
    let joinsLastStep: Bool
    var slots: [Slot]
    var free: [Int32]
    var buffer = [UInt8](repeating: 0, count: 65536)
    /// Places whose connection had more to read than was read at a time; they are told of no more by events.
    var unread: [Int32] = []
    /// So many times one connection is read before the others, and the clock, have their turn: 256 KiB.
    static let mostReads = 4
    var resting: TimerQueue
    var thinking: TimerQueue
    var holding: TimerQueue
    /// The place that is looked at next for what has waited too long.
    var swept = 0
    var nextDestination = 0
    var binding: SourceBinding
    /// Of the event that is handled: the server sends no more.
    var hasEnded = false
    /// Of the connection that is handled: all that the server sent has been read.
    var isAtEnd = false
    var inFlight = 0
    /// Connections that stay open.
    var kept = 0
    var countingFrom: Int64 = 0
    var isOver = false
    var tally = Tally()
    /// Of the counted time.
    var cpuNanoseconds: Int64 = 0
    var cpuBefore: Int64 = 0
    /// Of the counted time; nil where this kernel does not tell.
    var scheduled: ThreadSchedstat?
    var scheduledBefore: ThreadSchedstat?
    var elapsed: Int64 = 0

    /// How long a place of a closed loop waits after a failure: otherwise it would only fail faster.
    static let pause: Int64 = 10_000_000

    /// - Parameters:
    ///   - share: what of the plan is this client's.
    ///   - secured: what its connections of TLS have in common; nil where it speaks none.
    init(
        _ plan: LoadPlan, share: ClientShare = ClientShare(), destinations: [SocketAddress],
        sources: [SocketAddress], stop: StopSign, secured: TLSContext? = nil
    ) throws(KernelError) {
        self.plan = plan
        self.share = share
        count = plan.count.map(share.part)
        self.destinations = destinations
        binding = SourceBinding(plan, share: share, sources: sources)
        self.stop = stop
        request = plan.request
        lastRequest = plan.lastRequest
        isHTTP = plan.httpPath != nil
        keepsSockets =
            plan.ports == .kernel && sources.isEmpty && !plan.fastOpen
            && Set(destinations.map(\.isIPv6)).count == 1
        joinsLastStep = plan.joinsLastStep
        self.secured = secured
        sessions = Array(repeating: nil, count: destinations.count)
        events = try EventSet.open()
        let room = max(share.part(of: plan.connections), 1)
        slots = Array(repeating: Slot(), count: room)
        free = (0..<Int32(room)).reversed()
        resting = TimerQueue(room: room)
        thinking = TimerQueue(room: plan.think > 0 ? room : 1)
        holding = TimerQueue(room: plan.hold > 0 ? room : 1)
        // The threads go through the addresses together, not all from the first.
        nextDestination = share.first(of: plan.connections) % max(destinations.count, 1)
    }

    /// Ends what is still open.
    mutating func closeAll() {
        for slot in slots.indices where slots[slot].socket.descriptor >= 0 {
            slots[slot].socket.close()
            slots[slot].socket = TCPSocket(descriptor: -1)
        }
    }

    // MARK: failures

    mutating func fail(_ slot: Int, _ stage: Failure.Stage, errno code: Int32) {
        fail(slot, stage, Failure.kind(code))
    }

    mutating func fail(_ slot: Int, _ stage: Failure.Stage, _ kind: Int) {
        let now = LoadClock.now
        if slots[slot].counts { tally.fail(stage, kind, at: now - countingFrom) }
        if slots[slot].socket.descriptor >= 0 {
            // A connection that is given up must leave no state that would pass for an orderly end.
            if kind == Failure.timeout {
                slots[slot].socket.reset()
            } else {
                slots[slot].socket.close()
            }
            slots[slot].socket = TCPSocket(descriptor: -1)
        }
        if secured != nil { leaveTLS(slot) }
        inFlight -= 1
        if plan.pace == .closed {
            slots[slot].phase = .resting
            resting.add(slot, due: now + Self.pause)
        } else {
            slots[slot].phase = .free
            free.append(Int32(slot))
        }
    }

    /// How many connections were under way at the end, and are counted as neither.
    var unfinished: Int {
        slots.count { slot in
            slot.counts && [.connecting, .shaking, .answering].contains(slot.phase)
        }
    }
}
