import Model
import Statistics
import Text

/// Puts the law by which a twin is made small to the test: arms whose outcome it predicts.
struct LawBench {
    let workload: Workload
    let twin: Twin
    let seed: UInt64
    let stop: StopSign

    /// Runs of each such arm.
    private static let runs = 2

    /// Those that need runs of their own; none where nothing is scaled.
    func run(
        progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) -> [LawCheck] {
        guard twin.scale != nil else { return [] }
        switch workload.scaling {
        case .none, .finWait: return []
        case .backlog: return try longQueue(progress)
        case .ports, .measured: return try ports(progress)
        }
    }

    /// What the arm without the profile shows of it.
    func check(_ now: ArmResult) -> [LawCheck] {
        guard twin.scale != nil, !now.trials.isEmpty else { return [] }
        switch workload.scaling {
        case .none, .ports, .measured: return []
        case .backlog: return fullQueue(now)
        case .finWait: return waiting(now)
        }
    }

    // MARK: local ports

    /// Connections that a run begins to each destination.
    private var connections: Int {
        Int((workload.rate ?? 0) * (workload.plan.seconds ?? 0) + 1e-6)
            / max(workload.plan.destinations, 1)
    }

    private func ports(
        _ progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) -> [LawCheck] {
        guard let range = twin.scale?.scaled[Twin.now],
            let low = range.split(separator: " ").first.flatMap({ Int($0) })
        else { return [] }
        var checks = length.map { [$0] } ?? []
        let wanted = max(connections / 2, 2)
        let first = min(low, 65535 - wanted)
        var settings = [
            Scaler.range: "\(first) \(first + wanted - 1)", "net.ipv4.tcp_tw_reuse": "0",
            Scaler.buckets: "262144",
        ]
        // Some of them may be reserved.
        var there = settings
        there[Scaler.reserved] = twin.value(Scaler.reserved)
        let ports = Scaler.usable(there) ?? wanted
        let all = connections * workload.plan.destinations
        let tolerance = max(3, 0.03 * Double(all))
        let held = try outcome("law: \(ports) ports", settings, "errors_EADDRNOTAVAIL", progress)
        if workload.plan.close == .client {
            let kept = ports * workload.plan.destinations
            checks.append(
                LawCheck(
                    "with \(ports.grouped) ports to each destination and without reuse, \(kept.grouped) of the \(all.grouped) connections of a run succeed and the others find no port",
                    predicted: Double(all - kept), observed: held, tolerance: tolerance))
        } else {
            checks.append(
                LawCheck(
                    "with \(ports.grouped) ports to each destination, all \(all.grouped) connections of a run find a port: the peer closes first, so no port stays in use",
                    predicted: 0, observed: held, tolerance: tolerance))
        }
        guard let delay = reuseDelay, workload.plan.close == .client else { return checks }
        let perDestination = (workload.rate ?? 0) / Double(max(workload.plan.destinations, 1))
        guard perDestination * delay < 0.5 * Double(ports) else { return checks }
        settings["net.ipv4.tcp_tw_reuse"] = "1"
        checks.append(
            LawCheck(
                "with \(ports.grouped) ports and tcp_tw_reuse = 1, all \(all.grouped) connections find a port: each port is free again after \(delay.duration)",
                predicted: 0,
                observed: try outcome(
                    "law: \(ports) ports, reuse", settings, "errors_EADDRNOTAVAIL", progress),
                tolerance: tolerance))
        return checks
    }

    /// Seconds after which a port in TIME_WAIT may be reused in the twin; nil where the run does not say, or timestamps are off.
    private var reuseDelay: Double? {
        guard case .measured = workload.scaling, twin.value("net.ipv4.tcp_timestamps") != "0",
            let milliseconds = twin.value(Scaler.delay).flatMap({ Double($0) })
        else { return nil }
        return milliseconds / 1000
    }

    /// A run fills the twin's ports as far as a minute fills the host's.
    private var length: LawCheck? {
        guard case .measured(_, _, let held) = workload.scaling, let rate = workload.hostRate,
            let there = twin.hostPorts.map({ max($0 - held, 2) }), let here = twin.twinPorts,
            here > 0, let seconds = workload.plan.seconds
        else { return nil }
        let perDestination = (workload.rate ?? 0) / Double(max(workload.plan.destinations, 1))
        let fill = perDestination * min(seconds, 60) / Double(here)
        let expected = rate * 60 / Double(there)
        return LawCheck(
            "a run opens as many connections for \(here.grouped) ports as the host's \(rate.figure)/s open in a minute for \(there.grouped): \(expected.figure) times the number of ports",
            predicted: expected, observed: fill,
            tolerance: expected * max(0.02, 2 / Double(here)))
    }

    // MARK: queues

    private func longQueue(
        _ progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) -> [LawCheck] {
        let room = workload.plan.connections + 1
        let name = "server_TcpExt.ListenOverflows"
        return [
            LawCheck(
                "a queue of \(room.grouped) refuses none of \(workload.plan.connections.grouped) clients",
                predicted: 0,
                observed: try outcome(
                    "law: a queue of \(room)", [Scaler.backlog: "\(room)"], name, progress),
                tolerance: 0)
        ]
    }

    private func fullQueue(_ now: ArmResult) -> [LawCheck] {
        guard let room = twin.scale?.scaled[Twin.now].flatMap({ Double($0) }) else { return [] }
        let most = now.trials.flatMap { $0.series["accept_queue"] ?? [] }.max()
        return [
            LawCheck(
                "a queue of \(Int(room).grouped) takes at most \(Int(room + 1).grouped) connections",
                most: room + 1, observed: most)
        ]
    }

    // MARK: FIN_WAIT2

    private func waiting(_ now: ArmResult) -> [LawCheck] {
        guard let rate = workload.rate, let seconds = workload.plan.seconds,
            let life = twin.scale?.scaled[Twin.now].flatMap({ Int64($0) }).map(Scaler.lifetime)
        else { return [] }
        let expected = rate * min(Double(life), seconds)
        return [
            LawCheck(
                "of \(rate.figure) connections/s that wait \(life) s each, \(expected.figure) wait at a time",
                predicted: expected, observed: now.sample("server_FIN_WAIT2").median,
                tolerance: 0.2 * expected)
        ]
    }

    // MARK: an arm

    /// The median of a measure under the host's settings with some in their places; nil where no run counts.
    private func outcome(
        _ name: String, _ settings: [String: String], _ measure: String,
        _ progress: @Sendable (ExperimentRun.Progress) -> Void
    ) throws(Refusal) -> Double? {
        var arm = try twin.armNow()
        arm.name = name
        arm.settings += settings.sorted { $0.key < $1.key }.compactMap { key, value in
            SysctlKey(key).map { LoadPlan.Assignment(key: $0, value: value) }
        }
        let result = try ExperimentRun(
            workload.experiment([arm]), runs: Self.runs, seed: seed, stop: stop
        ).run(progress: progress)
        if let unavailable = result.unavailable { throw Refusal(.unavailable, unavailable) }
        return result.arms.first?.sample(measure).median
    }
}
