package import Model
import Testbed
import Text

extension Workload {
    package static let measuredName = "measured"

    /// Connections a second, of all destinations together: what two processors make beside everything else.
    private static let mostRate = 900.0
    /// Seconds of a run, unless the user says otherwise.
    private static let standard = 3.0
    /// Those for which a TIME_WAIT holds its port (TCP_TIMEWAIT_LEN, include/net/tcp.h).
    private static let timeWait = 60.0

    /// The load of a host, in small.
    ///
    /// - Parameters:
    ///   - host: its name, where it is not this one.
    ///   - seconds: of a run.
    /// - Throws: where nothing moved there.
    package static func measured(
        _ view: Observation.View, of host: String? = nil, lasting seconds: Double? = nil
    ) throws(Refusal) -> Workload {
        guard let load = MeasuredLoad(view) else {
            throw Refusal(
                .failed,
                "cannot build a load from this host: no connection ended while tcptune watched; measure at a busier time, or name a workload"
            )
        }
        let seconds = seconds ?? standard
        return load.isOutbound ? outbound(load, host, seconds) : inbound(load, host, seconds)
    }

    private static func outbound(
        _ load: MeasuredLoad, _ host: String?, _ seconds: Double
    ) -> Workload {
        // No TIME_WAIT of a run ends before it does. So a run stands for the minute after which, on the host, as many end as begin:
        // at 20 times the rate 3 s fill the same ports as far. One of a minute or more is not scaled at all.
        let minute = min(seconds / timeWait, 1)
        let rate = min(load.ratePerSecond / minute, mostRate / Double(load.destinations))
        let share = rate * minute / load.ratePerSecond
        var plan = Workload.outbound(
            destinations: load.destinations, rate: rate * Double(load.destinations),
            responseBytes: 1000)
        plan.seconds = seconds
        if load.isLoopback { plan.link = .loopback }
        fill(&plan, load)
        let pace =
            "\(rate.figure)/s stand in for its \(load.ratePerSecond.figure)/s on \(load.subject)"
        var workload = Workload(
            measuredName, text(load, host) + "; " + pace, plan: plan,
            scaling: .measured(ports: share, minute: minute, held: load.heldPorts),
            measures: measures(of: load),
            series: ["ports_used", "client_TIME_WAIT", "EADDRNOTAVAIL", "completed"],
            assumed: assumed(load), leastSeconds: leastScaled)
        workload.hostRate = load.ratePerSecond
        return workload
    }

    /// Less than that share of a processor, at the rate of the host, does not matter.
    private static let leastShare = 0.01

    private static func measures(of load: MeasuredLoad) -> [WorkloadMeasure] {
        outboundMeasures.map { measure in
            var measure = measure
            measure.leastCPUSeconds =
                leastShare / max(load.ratePerSecond * Double(load.destinations), 1e-3)
            return measure
        }
    }

    /// In less the second of tcp_tw_reuse_delay becomes too few ticks of the kernel's clock.
    private static let leastScaled = 2.0

    private static func inbound(
        _ load: MeasuredLoad, _ host: String?, _ seconds: Double
    ) -> Workload {
        let rate = min(load.ratePerSecond, mostRate)
        var plan = LoadPlan()
        plan.pace = .open(from: rate, to: rate, spacing: .poisson)
        plan.seconds = seconds
        plan.connections = 1024
        plan.responseBytes = 1000
        plan.backlog = 65535
        plan.sources = 16
        fill(&plan, load)
        let pace =
            rate < load.ratePerSecond
            ? "\(rate.figure)/s stand in for its \(load.ratePerSecond.figure)/s"
            : "\(rate.figure)/s"
        return Workload(
            measuredName, text(load, host) + "; " + pace, plan: plan, measures: webServer.measures,
            series: ["completed", "server_TIME_WAIT"], assumed: assumed(load))
    }

    /// Who closes, and how long a connection lives.
    private static func fill(_ plan: inout LoadPlan, _ load: MeasuredLoad) {
        let local = (load.closedByLocalRatio ?? 1) >= 0.5
        plan.close = local == load.isOutbound ? .client : .server
        plan.hold = plan.close == .client ? min(load.lifetime, longest) : 0
        // Where the server closes after the response, a life is the time to think between two requests.
        if plan.close == .server, load.lifetime >= shortest {
            plan.requestsPerConnection = 2
            plan.think = min(load.lifetime, longest)
        }
    }

    /// Longer lives are cut, shorter ones are those of the exchange itself.
    private static let longest = 0.4
    private static let shortest = 0.02

    private static func text(_ load: MeasuredLoad, _ host: String?) -> String {
        let who = host.map { "what \($0)" } ?? "what this host"
        let does = load.isOutbound ? "opens" : "accepts"
        return "\(who) \(does), measured from \(load.basis)"
    }

    private static func assumed(_ load: MeasuredLoad) -> [String] {
        var assumed = [
            "one request per connection: the real number is not visible from outside",
            "a response of 1000 bytes",
        ]
        let percent = load.closedByLocalRatio?.percent
        assumed.append(
            percent.map { "this host closes first (it did for \($0))" }
                ?? "this host closes first: tcptune saw no connection end")
        if let ratio = load.closedByLocalRatio, ratio < 0.5 {
            assumed[2] = "the peer closes first (this host did for \(ratio.percent))"
        }
        if load.lifetime > longest {
            assumed.append(
                "a connection lives \(longest.duration), instead of \(load.lifetime.duration) on the host"
            )
        }
        return assumed
    }
}
