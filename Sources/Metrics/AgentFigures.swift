/// What the agent costs, and how it is about its own work.
package struct AgentFigures: Sendable, Hashable {
    package var version: String
    /// Processor seconds since it started, by the work.
    package var work: [String: Double]
    /// When it last looked, in seconds since 1970.
    package var sampled: Double
    /// Of the whole process, threads and all.
    package var processorSeconds: Double
    package var resident: Int?
    package var virtual: Int?
    package var descriptors: Int?
    /// What the history takes of the disk; nil where none is kept, or none was written yet.
    package var historyBytes: Int?
    package var descriptorLimit: Int?
    /// In seconds since 1970.
    package var started: Double?
    /// Nil for an agent that tells nobody.
    package var alerts: AlertFigures?

    package init(
        version: String, work: [String: Double] = [:], sampled: Double, processorSeconds: Double
    ) {
        self.version = version
        self.work = work
        self.sampled = sampled
        self.processorSeconds = processorSeconds
    }

    /// Its series on the full page, with the six that ``HostMetrics`` adds.
    var seriesCount: Int { work.count + 15 + (alerts?.seriesCount ?? 0) }

    func add(to page: inout MetricPage) {
        page.add(.agentBuild, [version], .count(1))
        for (name, seconds) in work { page.add(.agentProcessor, [name], .number(seconds)) }
        page.add(.agentHistory, historyBytes.map(MetricValue.count))
        page.add(.processVirtual, virtual.map(MetricValue.count))
        page.add(.processDescriptors, descriptors.map(MetricValue.count))
        page.add(.processDescriptorLimit, descriptorLimit.map(MetricValue.count))
        page.add(.processStart, started.map(MetricValue.number))
        alerts?.add(to: &page)
        addSummary(to: &page)
    }

    func addSummary(to page: inout MetricPage) {
        page.add(.agentSample, .number(sampled))
        page.add(.processProcessor, .number(processorSeconds))
        page.add(.processResident, resident.map(MetricValue.count))
    }
}
