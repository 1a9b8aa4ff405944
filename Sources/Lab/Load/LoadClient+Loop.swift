import Histogram
import Kernel
import Model
import Testbed

extension LoadClient {
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
    var drainTime: Int64 {
        let seconds = plan.seconds == nil ? plan.timeout + 0.2 : min(plan.timeout, 1)
        return Int64(seconds * 1e9)
    }

    /// All that was asked for is begun; without a time, connections that stay open leave no place for more.
    var isCounted: Bool {
        guard let count else { return false }
        return tally.attempted >= count
            || (plan.seconds == nil && plan.close == .never && kept == slots.count)
    }

    /// A connection that is due by the clock: begun, or dropped where all places are taken.
    mutating func arrive(at intended: Int64, now: Int64) {
        guard let slot = free.popLast() else { return drop(at: intended) }
        let counts = intended >= countingFrom
        if counts { _ = tally.lag.record(UInt64(max(now - intended, 0))) }
        begin(Int(slot), intended: intended, now: now)
    }

    /// Counts a connection that was due and not begun.
    mutating func drop(at intended: Int64) {
        guard intended >= countingFrom else { return }
        tally.attempt(at: intended - countingFrom)
        tally.drop(at: intended - countingFrom)
    }

    mutating func takeTimers(_ now: Int64) {
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
    static let sweepTime: Int64 = 50_000_000
    static let sweepRoom = 4096

    /// Gives up what has waited too long, of the places whose turn it is.
    mutating func giveUpOld(_ now: Int64) {
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
}
