/// A process that owns sockets of interest, and what limits it.
package struct ProcessInUse: Sendable, Hashable, Codable {
    package var pid: Int32
    /// The program's name (`/proc/PID/comm`): untrusted text.
    package var name: String
    /// The systemd unit or container of its control group.
    package var unit: String?
    /// Open descriptors; nil where they could not be counted.
    package var openFiles: Int?
    /// The soft limit on open files; nil for unlimited or unknown.
    package var openFilesLimit: Int?
    /// Its TCP sockets by state; present only where all processes were asked for.
    package var states: StateCounts?

    package init(
        pid: Int32, name: String, unit: String? = nil, openFiles: Int? = nil,
        openFilesLimit: Int? = nil, states: StateCounts? = nil
    ) {
        self.pid = pid
        self.name = name
        self.unit = unit
        self.openFiles = openFiles
        self.openFilesLimit = openFilesLimit
        self.states = states
    }
}
