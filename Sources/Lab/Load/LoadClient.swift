import Histogram
import Kernel
import Model

/// The client: begins connections at its pace, asks, reads, closes, and counts.
///
/// Each connection in flight has a fixed place; nothing is allocated for it.
struct LoadClient: ~Copyable {
    /// A place for a connection.
    struct Slot {
        var phase = Phase.free
        var hasFirstByte = false
        /// Its events are waited for.
        var isWatched = false
        /// Begun after the warm-up.
        var counts = false
        var socket = TCPSocket(descriptor: -1)
        var requestsLeft: Int32 = 0
        var sent: Int32 = 0
        /// Bytes of the response that have not come, where it is no HTTP.
        var left: Int32 = 0
        /// How often this place has bound a port of the ring.
        var turn: Int32 = 0
        var begun: Int64 = 0
        var intended: Int64 = 0
        var http = HTTPResponseReader()
        /// Which address it goes to.
        var destination: Int32 = 0
        /// When its connection was there.
        var connected: Int64 = 0
        var tls: TLSEngine?
        /// Bytes of TLS that the socket had no room for yet.
        var unsent: [UInt8] = []
    }

    enum Phase: UInt8 {
        case free
        /// Waits to begin again after a failure.
        case resting
        case connecting
        /// Makes the handshake of TLS.
        case shaking
        case answering
        /// Waits until the next request.
        case thinking
        /// Stays open after its last response.
        case holding
        /// Waits for the server to close.
        case ending
        /// Stays open until the run ends.
        case kept
    }

    let plan: LoadPlan
    private let share: ClientShare
    private let count: Int?
    let destinations: [SocketAddress]
    private let sources: [SocketAddress]
    let request: [UInt8]
    let lastRequest: [UInt8]
    let isHTTP: Bool
    /// A connection that is reset leaves its socket to the next one of its place: nothing is to be seen of that from outside,
    /// and it saves to make a socket and to wait for its events anew.
    private let keepsSockets: Bool
    private let stop: StopSign
    /// Nil without TLS.
    let secured: TLSContext?
    /// Sessions that may be resumed, by destination.
    var sessions: [TLSSession?]
    var ciphered = [UInt8](repeating: 0, count: 65536)
    /// Of the connection that is handled.
    var broken: TLSFailure?
    private let events: EventSet
    private let joinsLastStep: Bool
    var slots: [Slot]
    private var free: [Int32]
    var buffer = [UInt8](repeating: 0, count: 65536)
    /// Places whose connection had more to read than was read at a time; they are told of no more by events.
    var unread: [Int32] = []
    /// So many times one connection is read before the others, and the clock, have their turn: 256 KiB.
    static let mostReads = 4
    private var resting: TimerQueue
    private var thinking: TimerQueue
    private var holding: TimerQueue
    /// The place that is looked at next for what has waited too long.
    private var swept = 0
    private var nextDestination = 0
    private var nextSource = 0
    /// Ports that were bound in turn.
    private var boundPorts = 0
    /// Of the event that is handled: the server sends no more.
    private var hasEnded = false
    /// Of the connection that is handled: all that the server sent has been read.
    private var isAtEnd = false
    private var inFlight = 0
    /// Connections that stay open.
    private var kept = 0
    private var countingFrom: Int64 = 0
    private var isOver = false
    var tally = Tally()
    /// Of the counted time.
    private(set) var cpuNanoseconds: Int64 = 0
    private var cpuBefore: Int64 = 0
    /// Of the counted time; nil where this kernel does not tell.
    private(set) var scheduled: ThreadSchedstat?
    private var scheduledBefore: ThreadSchedstat?
    private(set) var elapsed: Int64 = 0

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
        self.sources = sources
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
        nextSource = share.first(of: plan.connections) % max(sources.count, 1)
    }

    // MARK: the loop

    /// Makes the traffic; connections that are to stay open are open when it returns.
    ///
    /// - Parameter start: when it begins, on the clock of ``LoadClock``.
    mutating func run(from start: Int64) {
        LoadClock.wakePrecisely()
        countingFrom = start + Int64(plan.warmUp * 1e9)
        let deadline = plan.seconds.map { countingFrom + Int64($0 * 1e9) } ?? .max
        var isWarm = plan.warmUp > 0
        cpuBefore = LoadClock.usedByThread
        scheduledBefore = .own
        var arrivals: Arrivals?
        if case .open(let from, let to, let spacing) = plan.pace {
            arrivals = Arrivals(
                from: from, to: to, spacing: spacing, seconds: plan.seconds ?? 0, seed: plan.seed,
                share: share)
        }
        var arrival = arrivals?.next() ?? 0
        var sweep = start
        var drainUntil = Int64.max
        while true {
            var now = LoadClock.now
            if isWarm, now >= countingFrom {
                isWarm = false
                cpuBefore = LoadClock.usedByThread
                scheduledBefore = .own
            }
            if !isOver, now >= deadline || stop.isSet || isCounted {
                isOver = true
                drainUntil = now + drainTime
                elapsed = min(now, deadline) - countingFrom
                cpuNanoseconds = LoadClock.usedByThread - cpuBefore
                scheduled = scheduledBefore.flatMap { ThreadSchedstat.own?.since($0) }
                // What was due before the end is begun, as late as it is; only a want of places drops it.
                while arrivals != nil, !stop.isSet, start + arrival < deadline, !isCounted {
                    arrive(at: start + arrival, now: LoadClock.now)
                    arrival = arrivals?.next() ?? .max
                }
            }
            if isOver, inFlight == 0 || now >= drainUntil || stop.isSet { break }
            if !isOver {
                if arrivals == nil {
                    while let slot = free.last, !isCounted {
                        free.removeLast()
                        begin(Int(slot), intended: now, now: now)
                        if free.count % 64 == 0 { break }
                    }
                } else {
                    var most = 64
                    while start + arrival <= now, most > 0, !isCounted {
                        arrive(at: start + arrival, now: now)
                        arrival = arrivals?.next() ?? .max
                        now = LoadClock.now
                        most -= 1
                    }
                }
            }
            takeTimers(now)
            if now >= sweep {
                giveUpOld(now)
                sweep = now + Self.sweepTime / Int64(1 + slots.count / Self.sweepRoom)
            }
            var wake = min(sweep, deadline, resting.next ?? .max)
            wake = min(wake, thinking.next ?? .max, holding.next ?? .max)
            if !isOver {
                if arrivals != nil { wake = min(wake, start + arrival) }
                if arrivals == nil, !free.isEmpty { wake = now }
            }
            if !unread.isEmpty { wake = now }
            let count = events.wait(nanoseconds: wake - LoadClock.now)
            for index in 0..<count {
                let hasFailed = events.hasFailed(index)
                hasEnded = events.hasEnded(index) && !hasFailed
                handle(Int(events.token(index)), hasFailed: hasFailed)
            }
            takeUnread()
        }
    }

    /// Nanoseconds that what is under way at the end has: so many requests as were asked for all come to an end of their own.
    private var drainTime: Int64 {
        let seconds = plan.seconds == nil ? plan.timeout + 0.2 : min(plan.timeout, 1)
        return Int64(seconds * 1e9)
    }

    /// All that was asked for is begun; without a time, connections that stay open leave no place for more.
    private var isCounted: Bool {
        guard let count else { return false }
        return tally.attempted >= count
            || (plan.seconds == nil && plan.close == .never && kept == slots.count)
    }

    /// A connection that is due by the clock: begun, or dropped where all places are taken.
    private mutating func arrive(at intended: Int64, now: Int64) {
        guard let slot = free.popLast() else { return drop(at: intended) }
        let counts = intended >= countingFrom
        if counts { _ = tally.lag.record(UInt64(max(now - intended, 0))) }
        begin(Int(slot), intended: intended, now: now)
    }

    /// Counts a connection that was due and not begun.
    private mutating func drop(at intended: Int64) {
        guard intended >= countingFrom else { return }
        tally.attempt(at: intended - countingFrom)
        tally.drop(at: intended - countingFrom)
    }

    private mutating func takeTimers(_ now: Int64) {
        while let slot = resting.take(at: now) {
            slots[slot].phase = .free
            free.append(Int32(slot))
        }
        while let slot = thinking.take(at: now) {
            if isOver || isCounted { close(slot) } else { ask(slot, now: now) }
        }
        while let slot = holding.take(at: now) { close(slot) }
    }

    /// Nanoseconds in which all places are looked at, and so many at a time: more would keep others waiting.
    private static let sweepTime: Int64 = 50_000_000
    private static let sweepRoom = 4096

    /// Gives up what has waited too long, of the places whose turn it is.
    private mutating func giveUpOld(_ now: Int64) {
        let limit = now - Int64(plan.timeout * 1e9)
        let first = swept
        let end = min(first + Self.sweepRoom, slots.count)
        swept = end == slots.count ? 0 : end
        for slot in first..<end where slots[slot].begun < limit {
            switch slots[slot].phase {
            case .connecting: fail(slot, .connect, Failure.timeout)
            case .shaking: fail(slot, .tls, Failure.timeout)
            case .answering: fail(slot, .receive, Failure.timeout)
            case .ending: fail(slot, .close, Failure.timeout)
            default: break
            }
        }
    }

    /// Ends what is still open.
    mutating func closeAll() {
        for slot in slots.indices where slots[slot].socket.descriptor >= 0 {
            slots[slot].socket.close()
            slots[slot].socket = TCPSocket(descriptor: -1)
        }
    }

    // MARK: a connection's way

    private mutating func begin(_ slot: Int, intended: Int64, now: Int64) {
        slots[slot].phase = .connecting
        slots[slot].begun = now
        slots[slot].intended = intended
        slots[slot].requestsLeft = Int32(clamping: plan.requestsPerConnection)
        slots[slot].counts = intended >= countingFrom
        inFlight += 1
        prepareRequest(slot, now: now)

        let destination = destinations[nextDestination]
        slots[slot].destination = Int32(nextDestination)
        nextDestination = nextDestination + 1 == destinations.count ? 0 : nextDestination + 1
        if slots[slot].socket.descriptor < 0 {
            let number = TCPSocket.open(isIPv6: destination.isIPv6)
            guard number >= 0 else { return fail(slot, .socket, errno: 0 &- number) }
            slots[slot].socket = TCPSocket(descriptor: number)
            slots[slot].isWatched = false
            let ready = prepare(slots[slot].socket)
            guard ready == 0 else { return fail(slot, .socket, errno: 0 &- ready) }
        }
        let socket = slots[slot].socket
        if slots[slot].counts { tally.connections += 1 }
        let bound = bind(slot, socket, to: destination)
        guard bound == 0 else { return fail(slot, .bind, errno: 0 &- bound) }
        if joinsLastStep { _ = socket.joinLastStep() }
        if secured != nil { _ = socket.sendAtOnce() }
        let connected = socket.connect(to: destination)
        guard connected == 0 || connected == TCPSocket.inProgress else {
            return fail(slot, .connect, errno: 0 &- connected)
        }
        // Over a link within the machine the handshake is done by now.
        if secured == nil { send(slot) } else { secure(slot) }
    }

    /// Sets what the plan says of a socket; 0, or the errno below zero.
    private func prepare(_ socket: TCPSocket) -> Int32 {
        if let linger = plan.linger {
            let result = socket.waitWhenClosing(seconds: Int32(clamping: Int(linger)))
            guard result == 0 else { return result }
        }
        return plan.fastOpen ? socket.openFast() : 0
    }

    /// Binds as the plan says; 0, or the errno below zero.
    private mutating func bind(
        _ slot: Int, _ socket: TCPSocket, to destination: SocketAddress
    ) -> Int32 {
        guard plan.ports != .kernel || !sources.isEmpty else { return 0 }
        var source = SocketAddress(
            destination.isIPv6 ? .unspecifiedV6 : .unspecifiedV4, port: 0)
        if !sources.isEmpty {
            source = sources[nextSource]
            nextSource = nextSource + 1 == sources.count ? 0 : nextSource + 1
        }
        switch plan.ports {
        case .kernel:
            let result = socket.chooseNoPortAtBind()
            return result == 0 ? socket.bind(to: source) : result
        case .bindFirst(let late):
            let result = late ? socket.chooseNoPortAtBind() : 0
            return result == 0 ? socket.bind(to: source) : result
        case .range(let range):
            let result = socket.choosePorts(from: range)
            guard result == 0, !sources.isEmpty else { return result }
            let late = socket.chooseNoPortAtBind()
            return late == 0 ? socket.bind(to: source) : late
        case .inTurn(let range):
            // Of several threads each has every so many-th.
            let port =
                Int(range.lowerBound) + (share.index + boundPorts * share.count) % range.count
            boundPorts += 1
            return socket.bind(to: SocketAddress(source.address, port: UInt16(port)))
        case .ring(let size):
            // Each place has its own part of the ring, so no two connections meet on a port.
            let turns = max(size / plan.connections, 1)
            let place = share.first(of: plan.connections) + slot
            let port =
                LoadPlan.ringStart + place + plan.connections * (Int(slots[slot].turn) % turns)
            slots[slot].turn &+= 1
            let result = socket.allowPortReuse()
            return result == 0
                ? socket.bind(to: SocketAddress(source.address, port: UInt16(port))) : result
        }
    }

    private mutating func prepareRequest(_ slot: Int, now: Int64) {
        slots[slot].sent = 0
        slots[slot].hasFirstByte = false
        slots[slot].left = Int32(plan.responseBytes)
        if isHTTP { slots[slot].http = HTTPResponseReader() }
        if slots[slot].counts { tally.attempt(at: slots[slot].intended - countingFrom) }
    }

    /// Sends the next request of a connection.
    private mutating func ask(_ slot: Int, now: Int64) {
        slots[slot].begun = now
        slots[slot].intended = now
        slots[slot].phase = .answering
        prepareRequest(slot, now: now)
        send(slot)
    }

    private mutating func send(_ slot: Int) {
        if secured != nil { return sendSecured(slot) }
        let socket = slots[slot].socket
        let request = slots[slot].requestsLeft == 1 ? lastRequest : request
        while slots[slot].sent < request.count {
            let sent = socket.send(request, from: Int(slots[slot].sent), to: request.count)
            guard sent >= 0 else {
                // With Fast Open it is send that begins the handshake.
                let waits =
                    sent == Int(TCPSocket.wouldBlock)
                    || plan.fastOpen && sent == Int(TCPSocket.inProgress)
                guard waits else {
                    let stage: Failure.Stage =
                        slots[slot].phase == .connecting ? .connect : .send
                    return fail(slot, stage, errno: Int32(0 - sent))
                }
                watch(slot, writable: true)
                return
            }
            if slots[slot].phase == .connecting { noteConnected(slot) }
            slots[slot].sent += Int32(sent)
        }
        if plan.close == .half, slots[slot].requestsLeft == 1 { _ = socket.shutdownSending() }
        if !slots[slot].isWatched { watch(slot, writable: false) }
    }

    mutating func watch(_ slot: Int, writable: Bool) {
        let socket = slots[slot].socket
        let result =
            slots[slot].isWatched
            ? events.change(socket, token: UInt64(slot), writable: writable)
            : events.add(socket, token: UInt64(slot), writable: writable)
        slots[slot].isWatched = true
        if result < 0 { fail(slot, .socket, errno: 0 &- result) }
    }

    mutating func noteConnected(_ slot: Int) {
        slots[slot].phase = secured == nil ? .answering : .shaking
        let now = LoadClock.now
        slots[slot].connected = now
        guard slots[slot].counts else { return }
        let time = max(now - slots[slot].begun, 0)
        _ = tally.connect.record(UInt64(time))
        tally.connectSeries[0].record(time, at: now - countingFrom)
    }

    private mutating func handle(_ slot: Int, hasFailed: Bool) {
        switch slots[slot].phase {
        case .connecting:
            if hasFailed {
                return fail(slot, .connect, errno: slots[slot].socket.takeError())
            }
            if secured == nil { send(slot) } else { secure(slot) }
            if slots[slot].phase == .answering { receive(slot) }
        case .shaking:
            shakeHands(slot)
            if slots[slot].phase == .answering { receive(slot) }
        case .answering where secured != nil:
            guard flush(slot) else { return }
            receive(slot)
        case .answering:
            let last = slots[slot].requestsLeft == 1
            if slots[slot].sent < (last ? lastRequest : request).count {
                send(slot)
                guard slots[slot].phase == .answering else { return }
            }
            receive(slot)
        case .ending: awaitEnd(slot)
        case .free, .resting, .thinking, .holding, .kept: break
        }
    }

    /// Goes on with what was left unread; a place that was given up, or taken anew, meanwhile is none the worse for it.
    private mutating func takeUnread() {
        guard !unread.isEmpty else { return }
        let places = unread
        unread = []
        hasEnded = false
        for slot in places { handle(Int(slot), hasFailed: false) }
    }

    private mutating func receive(_ slot: Int) {
        var reads = 0
        while true {
            // A server that sends without end must not keep the others waiting, nor the time limits from being looked at.
            guard reads < Self.mostReads else { return unread.append(Int32(slot)) }
            reads += 1
            let count = secured == nil ? slots[slot].socket.receive(into: &buffer) : read(slot)
            // What the end came behind has been read; whatever else comes of it, there is nothing to read any more.
            isAtEnd = hasEnded && secured == nil && count < buffer.count
            defer { isAtEnd = false }
            guard count > 0 else {
                if count == Int(TCPSocket.wouldBlock) { return }
                if count == Self.again { return unread.append(Int32(slot)) }
                if count == Self.cutOff { return fail(slot, .receive, Failure.shortResponse) }
                if let broken { return fail(slot, .receive, broken) }
                if count < 0 { return fail(slot, .receive, errno: Int32(0 - count)) }
                guard isHTTP, slots[slot].http.endsWithConnection else {
                    return fail(slot, .receive, Failure.shortResponse)
                }
                return complete(slot)
            }
            let now = LoadClock.now
            if slots[slot].counts {
                tally.bytesReceived += count
                if !slots[slot].hasFirstByte {
                    slots[slot].hasFirstByte = true
                    _ = tally.firstByte.record(UInt64(max(now - slots[slot].begun, 0)))
                }
            }
            if isHTTP {
                switch slots[slot].http.take(buffer, count: count) {
                case .more: continue
                case .bad: return fail(slot, .receive, Failure.badResponse)
                case .done: return complete(slot)
                }
            }
            slots[slot].left -= Int32(count)
            if slots[slot].left <= 0 { return complete(slot) }
        }
    }

    private mutating func complete(_ slot: Int) {
        let now = LoadClock.now
        if slots[slot].counts {
            tally.complete(at: now - countingFrom)
            let time = max(now - slots[slot].begun, 0)
            _ = tally.total.record(UInt64(time))
            tally.totalSeries[0].record(time, at: now - countingFrom)
            _ = tally.fromIntended.record(UInt64(max(now - slots[slot].intended, 0)))
            if isHTTP {
                tally.statusClasses[Int(slots[slot].http.status / 100)] += 1
                tally.bodyBytes += slots[slot].http.bodyBytes
            }
        }
        slots[slot].requestsLeft -= 1
        let serverCloses = isHTTP && slots[slot].http.closes
        if slots[slot].requestsLeft > 0, !serverCloses, !isOver, !isCounted {
            if plan.think > 0 {
                slots[slot].phase = .thinking
                thinking.add(slot, due: now + Int64(plan.think * 1e9))
                return
            }
            return ask(slot, now: now)
        }
        if plan.hold > 0, plan.close != .never, !isOver {
            slots[slot].phase = .holding
            holding.add(slot, due: now + Int64(plan.hold * 1e9))
            return
        }
        close(slot)
    }

    private mutating func close(_ slot: Int) {
        if secured != nil { endSecured(slot) }
        switch plan.close {
        case .client:
            slots[slot].socket.close()
            release(slot)
        case .reset:
            if keepsSockets, slots[slot].socket.disconnect() == 0 {
                release(slot, keepsSocket: true)
            } else {
                slots[slot].socket.reset()
                release(slot)
            }
        case .server, .half:
            if plan.close == .half {
                _ = slots[slot].socket.shutdownSending()
            } else if slots[slot].requestsLeft > 0, !slots[slot].http.closes {
                // Ended before its last request: the server waits for more.
                slots[slot].socket.close()
                return release(slot)
            }
            slots[slot].phase = .ending
            slots[slot].begun = LoadClock.now
            awaitEnd(slot)
        case .never:
            slots[slot].phase = .kept
            kept += 1
            inFlight -= 1
        }
    }

    /// Reads until the server has closed.
    private mutating func awaitEnd(_ slot: Int) {
        if isAtEnd {
            slots[slot].socket.close()
            return release(slot)
        }
        var reads = 0
        while true {
            guard reads < Self.mostReads else { return unread.append(Int32(slot)) }
            reads += 1
            let count = slots[slot].socket.receive(into: &buffer)
            if count > 0 { continue }
            if count == Int(TCPSocket.wouldBlock) { return }
            if count < 0 {
                return fail(slot, .close, errno: Int32(0 - count))
            }
            slots[slot].socket.close()
            return release(slot)
        }
    }

    /// The place is free, and in a closed loop taken again at once.
    private mutating func release(_ slot: Int, keepsSocket: Bool = false) {
        if !keepsSocket { slots[slot].socket = TCPSocket(descriptor: -1) }
        if secured != nil { leaveTLS(slot) }
        slots[slot].phase = .free
        inFlight -= 1
        guard plan.pace == .closed, !isOver, !isCounted, !stop.isSet else {
            free.append(Int32(slot))
            return
        }
        let now = LoadClock.now
        guard plan.seconds.map({ now < countingFrom + Int64($0 * 1e9) }) ?? true else {
            free.append(Int32(slot))
            return
        }
        begin(slot, intended: now, now: now)
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
