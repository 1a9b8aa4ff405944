import Histogram
import Kernel
import Model
import Testbed

/// Of a load that speaks TLS: the handshake before the first request, and what is sent and read through it.
extension LoadClient {
    /// What the connections of one thread have in common; nil where the plan has no TLS.
    static func context(_ plan: LoadPlan) throws(KernelError) -> TLSContext? {
        guard plan.tls != nil else { return nil }
        if let context = try? TLSContext(TLSLibrary.found.get()) { return context }
        throw .absent("make", "a TLS context", detail: "OpenSSL refuses it")
    }

    /// More was to be read than is read at a time.
    static let again = Int.min
    /// The server's FIN came without a close_notify.
    static let cutOff = Int.min + 1

    /// Begins the handshake of TLS as soon as the connection is there.
    mutating func secure(_ slot: Int) {
        if slots[slot].phase == .connecting {
            // No bytes: it tells whether the connection is there. With Fast Open it is the ClientHello that makes it.
            if !plan.fastOpen {
                let sent = slots[slot].socket.send(request, from: 0, to: 0)
                if sent == Int(TCPSocket.wouldBlock) { return watch(slot, writable: true) }
                guard sent >= 0 else { return fail(slot, .connect, errno: Int32(0 - sent)) }
                noteConnected(slot)
            }
            let place = Int(slots[slot].destination)
            guard let secured, let tls = plan.tls,
                let engine = TLSEngine(
                    secured, to: tls.peer(destinations[place]),
                    protocols: isHTTP ? Trace.TLS.protocols : [], session: sessions[place])
            else { return fail(slot, .tls, Failure.names.count - 1) }
            slots[slot].tls = engine
        }
        shakeHands(slot)
    }

    mutating func shakeHands(_ slot: Int) {
        guard let engine = slots[slot].tls else { return }
        var reads = 0
        while true {
            let progress = engine.shakeHands()
            // What the server said before it went is worth more than that nothing can be sent to it any more.
            let isSent = flush(slot, failing: progress == .done)
            if case .failed(let failure) = progress {
                if slots[slot].phase == .shaking { fail(slot, .tls, failure) }
                return
            }
            guard isSent, slots[slot].phase == .shaking else { return }
            if progress == .done {
                noteSecured(slot, engine)
                return sendSecured(slot)
            }
            guard reads < Self.mostReads else { return unread.append(Int32(slot)) }
            reads += 1
            let count = slots[slot].socket.receive(into: &ciphered)
            if count == Int(TCPSocket.wouldBlock) {
                if !slots[slot].isWatched { watch(slot, writable: true) }
                return
            }
            guard count >= 0 else { return fail(slot, .tls, errno: Int32(0 - count)) }
            guard count > 0 else { return fail(slot, .tls, Failure.tlsEnded) }
            engine.take(ciphered, count: count)
        }
    }

    mutating func noteSecured(_ slot: Int, _ engine: TLSEngine) {
        slots[slot].phase = .answering
        guard slots[slot].counts else { return }
        tally.tls.note(engine)
        _ = tally.handshake.record(UInt64(max(LoadClock.now - slots[slot].connected, 0)))
    }

    /// Sends the next request of a connection through TLS.
    mutating func sendSecured(_ slot: Int) {
        guard let engine = slots[slot].tls else { return }
        let request = slots[slot].requestsLeft == 1 ? lastRequest : request
        switch engine.write(request, from: 0) {
        case .done: slots[slot].sent = Int32(request.count)
        // Something of TLS must come first, which no server of ours asks for.
        case .waits: return fail(slot, .send, Failure.tlsInvalid)
        case .failed(let failure): return fail(slot, .send, failure)
        }
        guard flush(slot), !slots[slot].isWatched else { return }
        watch(slot, writable: true)
    }

    /// Hands the kernel what TLS wants to send; false where the connection has failed by that, or is not there yet.
    ///
    /// - Parameter failing: whether that nothing can be sent is a failure by itself.
    mutating func flush(_ slot: Int, failing: Bool = true, isJoined: Bool = false) -> Bool {
        slots[slot].tls?.give(to: &slots[slot].unsent)
        var sent = 0
        defer {
            if sent > 0 { slots[slot].unsent.removeFirst(min(sent, slots[slot].unsent.count)) }
        }
        while sent < slots[slot].unsent.count {
            let count = slots[slot].socket.send(
                slots[slot].unsent, from: sent, to: slots[slot].unsent.count, isJoined: isJoined)
            guard count < 0 else {
                if slots[slot].phase == .connecting { noteConnected(slot) }
                sent += count
                continue
            }
            // With Fast Open it is send that begins the handshake of TCP.
            if count == Int(TCPSocket.wouldBlock)
                || plan.fastOpen && count == Int(TCPSocket.inProgress)
            {
                watch(slot, writable: true)
                return slots[slot].phase != .connecting
            }
            guard failing || slots[slot].phase == .connecting else { return true }
            if slots[slot].phase == .answering, let failure = lastWord(slot) {
                fail(slot, .send, failure)
                return false
            }
            let stage: Failure.Stage =
                switch slots[slot].phase {
                case .connecting: .connect
                case .shaking: .tls
                default: .send
                }
            fail(slot, stage, errno: Int32(0 - count))
            return false
        }
        return true
    }

    /// What TLS of the server said before nothing could be sent to it any more; nil where it said nothing.
    private mutating func lastWord(_ slot: Int) -> TLSFailure? {
        guard let engine = slots[slot].tls else { return nil }
        let count = slots[slot].socket.receive(into: &ciphered)
        if count > 0 { engine.take(ciphered, count: count) }
        for _ in 0..<Self.mostReads {
            switch engine.read(into: &buffer, atMost: buffer.count) {
            case .bytes: continue
            case .failed(let failure): return failure
            case .waits, .closed: return nil
            }
        }
        return nil
    }

    /// Reads what the server's program sent, as ``TCPSocket/receive(into:)`` does; a failure of TLS is noted in ``broken``.
    mutating func read(_ slot: Int) -> Int {
        broken = nil
        guard let engine = slots[slot].tls else { return 0 }
        var reads = 0
        while true {
            switch engine.read(into: &buffer, atMost: buffer.count) {
            case .bytes(let count): return count
            case .closed: return 0
            case .failed(let failure):
                broken = failure
                return -1
            case .waits: break
            }
            guard flush(slot) else { return Int(TCPSocket.wouldBlock) }
            guard reads < Self.mostReads else { return Self.again }
            reads += 1
            let count = slots[slot].socket.receive(into: &ciphered)
            guard count != 0 else { return Self.cutOff }
            guard count > 0 else { return count }
            engine.take(ciphered, count: count)
        }
    }

    /// Says close_notify where this side closes first, in the FIN's segment, and keeps the session.
    mutating func endSecured(_ slot: Int) {
        guard let engine = slots[slot].tls else { return }
        engine.sayClose()
        if plan.tls?.resumes == true, let session = engine.session {
            sessions[Int(slots[slot].destination)] = session
        }
        if plan.close == .client { _ = flush(slot, failing: false, isJoined: true) }
    }

    mutating func leaveTLS(_ slot: Int) {
        slots[slot].tls = nil
        slots[slot].unsent.removeAll(keepingCapacity: true)
    }

    mutating func fail(_ slot: Int, _ stage: Failure.Stage, _ failure: TLSFailure) {
        broken = nil
        if slots[slot].counts { tally.tls.note(failure) }
        fail(slot, stage, failure.kind == .alert ? Failure.tlsAlert : Failure.tlsInvalid)
    }
}
