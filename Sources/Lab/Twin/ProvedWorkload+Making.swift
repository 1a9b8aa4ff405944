package import Model

extension ProvedWorkload {
    package init(_ workload: Workload, reason: String, scale: TwinScale?) {
        self.init(
            name: workload.name, text: workload.text, reason: reason, scale: scale,
            assumed: workload.assumed, runSeconds: workload.plan.seconds,
            ratePerSecond: workload.rate, series: workload.series)
    }
}

extension Workload {
    /// Connections a second; nil where they come as they can.
    var rate: Double? {
        if case .open(_, let rate, _) = plan.pace { rate } else { nil }
    }
}
