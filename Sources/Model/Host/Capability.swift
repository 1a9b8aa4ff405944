/// Something a tool may need of the kernel and of its rights, and whether it is there.
public struct Capability: Sendable, Hashable, Codable {
    public enum Verdict: String, Sendable, Hashable, Codable {
        case available
        /// In part, or by a slower way.
        case limited
        case missing
    }

    /// What for: `sockets through netlink`.
    public var name: String
    public var verdict: Verdict
    /// What was seen: `62 sockets in 0.4 ms`.
    public var detail: String
    /// What to do where it is not available; empty where nothing is to be done.
    public var remedy: String

    public init(_ name: String, _ verdict: Verdict, detail: String, remedy: String = "") {
        self.name = name
        self.verdict = verdict
        self.detail = detail
        self.remedy = remedy
    }
}
