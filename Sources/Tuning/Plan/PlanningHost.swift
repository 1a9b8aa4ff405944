import Catalogue
package import Kernel
package import Model

/// What a plan is made from: one namespace of a host, as far as the profile asks.
package struct PlanningHost: Sendable {
    package var host: Host
    /// Its settings hold the keys asked for, its listeners all there are; no other sockets.
    package var snapshot: Snapshot
    /// HZ; nil where the kernel does not tell.
    package var ticksPerSecond: Int64?
    /// Whether each key could be written.
    package var access: [String: SysctlAccess]
    /// Sockets in FIN_WAIT2 and TIME_WAIT; nil where they were not counted.
    package var closing: StateCounts?
    /// Whether connection tracking is there, in this or any namespace.
    package var hasConntrack: Bool
    /// The other namespaces in which a process lives.
    package var others: [Namespace]

    package init(
        host: Host, snapshot: Snapshot, ticksPerSecond: Int64? = nil,
        access: [String: SysctlAccess] = [:], closing: StateCounts? = nil,
        hasConntrack: Bool = true, others: [Namespace] = []
    ) {
        self.host = host
        self.snapshot = snapshot
        self.ticksPerSecond = ticksPerSecond
        self.access = access
        self.closing = closing
        self.hasConntrack = hasConntrack
        self.others = others
    }

    /// The canonical value of a key now; nil where there is none.
    func value(of key: String) -> String? {
        snapshot[key]?.value.flatMap { text in Knob.named(key)?.canonical(text) ?? nil }
    }

    /// All canonical values that could be read, by key.
    package var values: [String: String] {
        var values: [String: String] = [:]
        for setting in snapshot.settings { values[setting.key] = value(of: setting.key) }
        return values
    }
}
