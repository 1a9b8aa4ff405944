/// A process that cannot be mistaken for a later one of the same number.
public struct ProcessIdentity: Sendable, Hashable {
    public var pid: Int32
    /// When it started, in clock ticks since the machine's boot (`/proc/PID/stat`, field 22).
    public var started: Int64

    /// The PID namespace that its number is of (`ProcessNamespace.name`); nil where that is not known.
    public var namespace: String?

    public init(pid: Int32, started: Int64, namespace: String? = nil) {
        self.pid = pid
        self.started = started
        self.namespace = namespace
    }
}
