import Kernel
import Model
import Text

/// What took the processor from the generator while it ran: other programs, a quota, a hypervisor.
///
/// Threads that wait for a processor measure late: their waiting is counted among the times of requests, and a closed loop becomes
/// slower by it. Neither says anything of the server.
struct GeneratorHindrance {
    /// Seconds; of a shorter run only the counts are of use.
    static let shortest = 0.5
    /// Above this share of its time a thread that always had to do waited for a processor, where others had them.
    static let mostWaiting = 0.1
    /// The same where nothing tells who had it.
    ///
    /// The kernel wakes a server on the processor of its client: on an idle machine of two a client in a closed loop waits up to
    /// 0.28 of the time for its own server (measured).
    static let mostWaitingForServer = 0.35
    /// Processors that other programs had, for them to be the cause.
    static let leastOthers = 0.2
    /// Below this share of idle time the machine has no processor to spare.
    static let leastIdle = 0.05
    /// The same of the times of requests, where it only now and then has something to do.
    static let mostOfRequests = 0.5
    /// Microseconds that a thread waits each time at least, beyond what an idle processor takes to wake, for that to be others'
    /// doing.
    static let leastTurn = 50.0
    /// Above this share of the run a quota kept it waiting.
    static let mostThrottled = 0.01
    /// Above this share of the machine's time it had none of it.
    static let mostSteal = 0.05

    private let throttled: Double?
    private let times: ProcessorTimes?

    /// Begins to watch.
    init() {
        throttled = ProcessorQuota.throttledSeconds()
        times = try? ProcessorTimes.read()
    }

    /// Notes what was lost since.
    func note(in result: inout LoadResult) {
        if let throttled, let now = ProcessorQuota.throttledSeconds() {
            result.throttledSeconds = max(now - throttled, 0)
        }
        if let times, let now = try? ProcessorTimes.read() {
            result.stealRatio = now.stealRatio(since: times)
            result.programsRatio = now.programsRatio(since: times)
            result.idleRatio = now.idleRatio(since: times)
        }
    }

    /// Why what was measured is the generator's own waiting; nil where it is not, or nothing tells.
    ///
    /// - Parameters:
    ///   - processors: that this program may use.
    ///   - idleExit: microseconds that the deepest idle state takes to wake from.
    static func verdict(
        _ plan: LoadPlan, _ result: LoadResult, processors: Int?, idleExit: Int?
    ) -> String? {
        guard result.seconds >= shortest else { return nil }
        if let seconds = result.throttledSeconds, seconds > mostThrottled * result.seconds {
            return
                "a CPU quota stopped the load generator for \(seconds.duration) of \(result.seconds.duration) (cpu.stat of its control group): raise the quota, or lower the load"
        }
        if let ratio = result.stealRatio, ratio > mostSteal {
            return
                "the hypervisor gave \(percent(ratio)) of this machine's time to others (steal): measure on a machine without steal"
        }
        // Client and own server wait for each other as well; where they share a processor, for little else.
        if plan.isOwnPair {
            guard processors.map({ $0 >= 2 }) ?? true, others(result) ?? 0 > leastOthers else {
                return nil
            }
        }
        let isFull = plan.isOwnPair || result.idleRatio.map { $0 < leastIdle } ?? false
        let most = isFull ? mostWaiting : mostWaitingForServer
        for (name, scheduled, threads) in [
            ("load generator", result.scheduled, result.threads),
            ("tcptune server", result.serverScheduled, 1),
        ] {
            guard let scheduled else { continue }
            if let reason = waiting(scheduled, threads, result, most, idleExit) {
                return
                    "the \(name) \(reason): other programs, or the server itself, used the processor; stop them, or give it its own processor (taskset)"
            }
        }
        return nil
    }

    /// Processors that programs other than this one had; nil where it is not told.
    private static func others(_ result: LoadResult) -> Double? {
        guard let ratio = result.programsRatio, let machine = ProcessorsOnline.count,
            result.seconds > 0
        else { return nil }
        let own = (result.clientCPUSeconds + (result.serverCPUSeconds ?? 0)) / result.seconds
        return ratio * Double(machine) - own
    }

    private static func waiting(
        _ scheduled: ThreadSchedstat, _ threads: Int, _ result: LoadResult, _ most: Double,
        _ idleExit: Int?
    ) -> String? {
        let waited = Double(scheduled.waited) / 1e9
        let share = waited / max(result.seconds * Double(max(threads, 1)), 1e-3)
        // What waits for its own server waits for some microseconds; a program that does not stop is on the processor longer.
        let each = scheduled.turns > 0 ? waited / Double(scheduled.turns) * 1e6 : 0
        let isLong = each > leastTurn + Double(idleExit ?? 0)
        if share > (isLong ? mostWaiting : most) {
            return "waited for a processor \(percent(share)) of the time"
        }
        guard isLong, let total = result.total else { return nil }
        let requests = total.mean * Double(total.count)
        guard waited > mostOfRequests * requests else { return nil }
        return
            "waited for a processor \(Int(each.rounded())) µs each time it had something to do, \(percent(waited / requests)) of the requests' own time"
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
