import Kernel
import Model

/// Judges whether the generator itself was what limited a run.
enum SelfWatch {
    /// Above this share of a processor the client had no room to be on time.
    static let mostShare = 0.95
    /// Seconds by which one request in a hundred may be late.
    static let mostLag = 0.01

    /// The reason; nil where the run stands.
    static func verdict(_ plan: LoadPlan, _ result: LoadResult) -> String? {
        let socketErrors = result.errorsByStage["socket"] ?? [:]
        if let count = socketErrors["EMFILE"] ?? socketErrors["ENFILE"] {
            return
                "the load generator ran out of descriptors \(count) times: raise the limit of open files (ulimit -n) or give fewer --connections"
        }
        let time = result.seconds * Double(result.threads)
        let share = time > 0 ? result.clientCPUSeconds / time : 0
        if case .open = plan.pace {
            if share >= mostShare {
                return
                    "the load generator was busy \(percent(share)) of the time: lower --rate"
            }
            if let lag = result.lag, lag.p99 > plan.latenessAllowed {
                let share =
                    lag.count < 100 ? "one of \(lag.count) requests" : "one request in a hundred"
                return
                    "\(share) started \(Int(lag.p99 * 1000)) ms late or more: the machine was too busy for the load generator to keep --rate"
            }
        }
        if plan.voidsStarved,
            let reason = GeneratorHindrance.verdict(
                plan, result, processors: ProcessorsAllowed.count,
                idleExit: ProcessorsAllowed.idleExitMicroseconds)
        {
            return reason
        }
        guard !plan.isOwnPair else { return nil }
        if let count = result.errors["EADDRNOTAVAIL"] {
            return
                "the load generator ran out of its own ports \(count) times: reuse connections (--requests), give more addresses, or use --source-ports"
        }
        if share >= mostShare {
            return
                "the load generator was busy \(percent(share)) of the time: the rate is its own limit"
        }
        return nil
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
