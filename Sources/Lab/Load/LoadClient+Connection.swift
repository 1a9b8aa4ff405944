import Histogram
import Kernel
import Model
import Testbed

extension LoadClient {
    mutating func begin(_ slot: Int, intended: Int64, now: Int64) {
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
        let bound = binding.bind(socket, to: destination, for: slot, turn: &slots[slot].turn)
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
    func prepare(_ socket: TCPSocket) -> Int32 {
        if let linger = plan.linger {
            let result = socket.waitWhenClosing(seconds: Int32(clamping: Int(linger)))
            guard result == 0 else { return result }
        }
        return plan.fastOpen ? socket.openFast() : 0
    }

    mutating func prepareRequest(_ slot: Int, now: Int64) {
        slots[slot].sent = 0
        slots[slot].hasFirstByte = false
        slots[slot].left = Int32(plan.responseBytes)
        if isHTTP { slots[slot].http = HTTPResponseReader() }
        if slots[slot].counts { tally.attempt(at: slots[slot].intended - countingFrom) }
    }

    /// Sends the next request of a connection.
    mutating func ask(_ slot: Int, now: Int64) {
        slots[slot].begun = now
        slots[slot].intended = now
        slots[slot].phase = .answering
        prepareRequest(slot, now: now)
        send(slot)
    }

    mutating func send(_ slot: Int) {
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

    mutating func handle(_ slot: Int, hasFailed: Bool) {
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
    mutating func takeUnread() {
        guard !unread.isEmpty else { return }
        let places = unread
        unread = []
        hasEnded = false
        for slot in places { handle(Int(slot), hasFailed: false) }
    }

    mutating func receive(_ slot: Int) {
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

    mutating func complete(_ slot: Int) {
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

    mutating func close(_ slot: Int) {
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
    mutating func awaitEnd(_ slot: Int) {
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
    mutating func release(_ slot: Int, keepsSocket: Bool = false) {
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
}
