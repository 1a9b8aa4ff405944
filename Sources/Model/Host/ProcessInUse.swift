/// A process that owns sockets of interest, and what limits it.
public struct ProcessInUse: Sendable, Hashable, Codable {
    public var pid: Int32
    /// The program's name (`/proc/PID/comm`): untrusted text.
    public var name: String
    /// The systemd unit or container of its control group.
    public var unit: String?
    /// Open descriptors; nil where they could not be counted.
    public var openFiles: Int?
    /// The soft limit on open files; nil for unlimited or unknown.
    public var openFilesLimit: Int?
    /// Its TCP sockets by state; present only where all processes were asked for.
    public var states: StateCounts?

    public init(
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
