package import HostState

extension Workload {
    package static let measuredName = "measured"

    /// Connections a second, of all destinations together: what two processors make beside everything else.
    private static let mostRate = 900.0
    private static let seconds = 3.0

    /// The load of a host, in small.
    ///
    /// - Parameter host: its name, where it is not this one.
    /// - Throws: where nothing moved there.
    package static func measured(
        _ view: Observation.View, of host: String? = nil
    ) throws(LabError) -> Workload {
        guard let load = MeasuredLoad(view) else {
            throw LabError(
                .failed,
                "cannot build a load from this host: no connection ended while it was looked at; measure at a busier time, or name a workload"
            )
        }
        return load.isOutbound ? outbound(load, host) : inbound(load, host)
    }

    private static func outbound(_ load: MeasuredLoad, _ host: String?) -> Workload {
        // A minute of TIME_WAIT is shown in so many seconds: 20 times the rate fills the same ports as far.
        let minute = seconds / 60
        let rate = min(load.ratePerSecond / minute, mostRate / Double(load.destinations))
        let share = rate * minute / load.ratePerSecond
        var plan = Workload.outbound(
            destinations: load.destinations, rate: rate * Double(load.destinations),
            responseBytes: 1000)
        fill(&plan, load)
        let pace =
            "\(rate.figure)/s stand for its \(load.ratePerSecond.figure)/s of \(load.subject)"
        return Workload(
            measuredName, text(load, host) + "; " + pace, plan: plan,
            scaling: .measured(ports: share, minute: minute), measures: outboundMeasures,
            series: ["ports_used", "client_TIME_WAIT", "EADDRNOTAVAIL", "completed"],
            assumed: assumed(load))
    }

    private static func inbound(_ load: MeasuredLoad, _ host: String?) -> Workload {
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
            ? "\(rate.figure)/s stand for its \(load.ratePerSecond.figure)/s" : "\(rate.figure)/s"
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
        return "\(who) \(does), measured by \(load.basis)"
    }

    private static func assumed(_ load: MeasuredLoad) -> [String] {
        var assumed = [
            "a request a connection: how many there are cannot be seen from outside",
            "a response of 1000 bytes",
        ]
        let percent = load.closedByLocalRatio?.percent
        assumed.append(
            percent.map { "this host closes first (it did for \($0))" }
                ?? "this host closes first: none was seen to end")
        if let ratio = load.closedByLocalRatio, ratio < 0.5 {
            assumed[2] = "the peer closes first (this host did for \(ratio.percent))"
        }
        if load.lifetime > longest {
            assumed.append(
                "a connection lives \(longest.duration), in place of the \(load.lifetime.duration) on the host"
            )
        }
        return assumed
    }
}
