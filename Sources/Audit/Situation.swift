import Catalogue
package import Model

/// What the rules judge: one namespace's view, with what follows from it.
package struct Situation: Sendable {
    package let host: Host
    /// The kernel's release; nil if its name contains none.
    package let kernel: KernelRelease?
    package let now: Snapshot
    package let earlier: Snapshot?
    /// The ports that connect() may choose from.
    package let budget: PortBudget
    /// Which ports in TIME_WAIT connect() may reuse.
    package let reuse: PortReuse
    /// The tuples of `now`, each with its limits and forecast, fullest first.
    package let tuples: [TupleAssessment]
    /// The source addresses of `now`, each with the ports that its sockets hold, most ports first; empty if not
    /// counted.
    package let sources: [SourceAssessment]
    /// The namespaces seen in the same observation, this one included, for rules that compare.
    package let neighbours: [Snapshot]

    /// Whether the kernel refused TIME_WAIT in the interval, so that closed connections left no trace.
    let missesClosings: Bool
    let knownOwners: KnownOwners
    private let settings: [String: Setting]
    private let comparison: SnapshotComparison?

    package init(host: Host, view: Observation.View, neighbours: [Snapshot] = []) {
        self.host = host
        kernel = KernelRelease(host.kernel)
        let reaches =
            view.now.namespace.isInit != false
            && Self.judgesHost(view.now.namespace, beside: neighbours)
        let now = reaches ? view.now : Self.withoutForeignBoot(view.now)
        self.now = now
        earlier = view.earlier
        self.neighbours = neighbours
        knownOwners = KnownOwners(view)
        settings = Dictionary(now.settings.map { ($0.key, $0) }) { first, _ in first }
        let comparison = SnapshotComparison(view)
        self.comparison = comparison
        let growth = { (name: String) -> Int64? in
            guard comparison != nil, let before = view.earlier?.counters["TcpExt", name],
                let after = view.now.counters["TcpExt", name]
            else { return nil }
            let (growth, isOverflow) = after.subtractingReportingOverflow(before)
            return isOverflow ? nil : max(0, growth)
        }
        let reuse = PortReuse(
            settings: settings, kernel: kernel,
            recycled: view.now.counters["TcpExt", "TWRecycled"],
            recycledGrowth: growth("TWRecycled"))
        missesClosings = growth("TCPTimeWaitOverflow") ?? 0 > 0
        let budget = PortBudget(snapshot: view.now, settings: settings)
        self.budget = budget
        self.reuse = reuse
        let missesClosings = missesClosings
        let assessed = view.now.tuples.map { ledger in
            TupleAssessment(
                ledger: ledger, budget: budget, reuse: reuse,
                earlier: comparison?.earlier(ledger), interval: comparison?.seconds,
                missesClosings: missesClosings)
        }
        // There may be thousands, and they are large: their order is found first, then each is moved once.
        tuples = assessed.indices
            .map { (ratio: assessed[$0].blockedRatio, used: assessed[$0].used, index: $0) }
            .sorted { ($0.ratio, $0.used, $1.index) > ($1.ratio, $1.used, $0.index) }
            .map { assessed[$0.index] }
        sources = SourceAssessment.all(of: view.now, tuples: tuples, budget: budget)
    }

    /// A tuple as of the earlier look; nil without one, or if that did not list it.
    func before(_ tuple: Tuple) -> PortLedger? { comparison?.before[tuple] }

    /// The setting of that key as it was read; one of ``settingsJudged``, which alone are read in any case.
    package func setting(_ key: String) -> Setting? {
        assert(Self.settingsJudged.contains(key), "\(key) is not among the settings judged")
        return settings[key]
    }

    /// The setting of any key; nil if it was not read.
    package func anySetting(_ key: String) -> Setting? { settings[key] }

    /// The numbers of a setting; nil if it is missing or not numbers.
    package func numbers(_ key: String) -> [Int64]? { setting(key)?.numbers }

    /// The first or only number of a setting; nil if it is missing or not a number.
    package func number(_ key: String) -> Int64? { numbers(key)?.first }

    /// A counter's value, since boot or since its namespace was created.
    package func counter(_ group: String, _ name: String) -> Int64? { now.counters[group, name] }

    /// Seconds between the two snapshots; nil without an earlier one.
    package var interval: Double? {
        guard let earlier else { return nil }
        let seconds = now.uptime - earlier.uptime
        return seconds > 0 ? seconds : nil
    }

    /// By how much a counter grew over the interval; nil without one, or if a snapshot lacks it.
    package func growth(_ group: String, _ name: String) -> Int64? {
        guard interval != nil, let before = earlier?.counters[group, name],
            let after = now.counters[group, name]
        else { return nil }
        // A counter that a captured tree made up may be anything.
        let (growth, isOverflow) = after.subtractingReportingOverflow(before)
        return isOverflow ? nil : max(0, growth)
    }

    /// The same per second.
    package func rate(_ group: String, _ name: String) -> Double? {
        guard let growth = growth(group, name), let interval else { return nil }
        return Double(growth) / interval
    }
}

extension Setting {
    /// Its numbers, white space between them; nil if the value is missing or contains anything else.
    package var numbers: [Int64]? {
        guard let value else { return nil }
        let words = value.split { $0 == " " || $0 == "\t" || $0 == "\n" }
        let numbers = words.compactMap { Int64($0) }
        return words.isEmpty || numbers.count != words.count ? nil : numbers
    }
}
