package import Model

/// A trial that is a run of the load generator.
package enum LoadTrial {
    /// Runs a workload under the settings of an arm, in namespaces of its own.
    package static func run(
        _ workload: LoadPlan, _ arm: Arm, _ conditions: TrialConditions
    ) throws(Refusal) -> (Trial, LoadResult) {
        var plan = workload
        plan.settings += arm.settings
        plan.family = arm.family
        plan.seed = conditions.seed
        let result = try LoadRun(plan, stop: conditions.stop).run().0
        return (Trial(result), result)
    }
}

extension Trial {
    /// The numbers of a run of the load generator, under the names of ``LoadTrial/measures``.
    ///
    /// Beside them `errors_EADDRNOTAVAIL` and the like, for each error that occurred, and every counter that grew:
    /// `client_TcpExt.TWRecycled`.
    ///
    /// States and counters that did not occur are left out, but for TIME_WAIT.
    package init(_ result: LoadResult) {
        self.init()
        let failed =
            result.attempted - result.completed - result.dropped - result.unfinished
        values = [
            "attempted": Double(result.attempted), "completed": Double(result.completed),
            "failed": Double(failed), "dropped": Double(result.dropped),
            "rate_per_second": result.ratePerSecond,
            "client_cpu_seconds": result.completed > 0
                ? result.clientCPUSeconds / Double(result.completed) : 0,
        ]
        values["failed_ratio"] =
            result.attempted > 0 ? Double(failed) / Double(result.attempted) : 0
        values["connect_p50_seconds"] = result.connect?.p50
        values["connect_p99_seconds"] = result.connect?.p99
        values["total_p50_seconds"] = result.total?.p50
        values["total_p99_seconds"] = result.total?.p99
        for name in Self.usualErrors { values["errors_\(name)"] = 0 }
        for (name, count) in result.errors { values["errors_\(name)"] = Double(count) }
        for (side, states) in [
            ("client", result.clientStates), ("server", result.serverStates),
        ] {
            guard let states else { continue }
            values["\(side)_TIME_WAIT"] = 0
            for (state, count) in states.present { values["\(side)_\(state.name)"] = Double(count) }
        }
        for (side, counters) in [
            ("client", result.clientCounters), ("server", result.serverCounters),
        ] {
            for (name, growth) in counters { values["\(side)_\(name)"] = Double(growth) }
        }
        // Times by tenths of a second tell how much a single run varies; an arm has several.
        series = result.series.filter { !$0.key.hasSuffix("_seconds") }
        seriesStep = result.seriesSeconds
        curves = [:]
        curves["connect_seconds"] = result.connect?.curve
        curves["total_seconds"] = result.total?.curve
        void = result.void
    }

    /// Those that are counted even where they did not occur.
    private static let usualErrors = [
        "EADDRNOTAVAIL", "EADDRINUSE", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "TIMEOUT",
    ]
}
