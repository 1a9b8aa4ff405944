/// The process, unit or container that a socket belongs to, and how sure that is.
public struct Owner: Sendable, Hashable, Codable {
    /// How the owner was found, surest first.
    public enum Confidence: String, Sendable, Hashable, Codable {
        /// A process holds the very socket.
        case certain
        /// Live sockets to the same destination, or the listener of the port, belong to it.
        case likely
        /// It was seen to open or close such sockets, or its control group was; others may have as well.
        case possible
        case unknown
    }

    /// The program's name, or its unit or container where no process could be read; nil if unknown.
    public var name: String?
    public var pids: [Int32]
    /// The systemd unit or container of its control group.
    public var unit: String?
    public var confidence: Confidence
    /// In words, why this owner: `31 live sockets to the same destination`.
    public var reason: String

    public init(
        name: String?, pids: [Int32] = [], unit: String? = nil, confidence: Confidence,
        reason: String
    ) {
        self.name = name
        self.pids = pids
        self.unit = unit
        self.confidence = confidence
        self.reason = reason
    }

    /// As it is shown: the program's name, or that of its unit or container; nil if neither is known.
    public var displayName: String? { name ?? unit }

    /// What is shown in the place of a name that is not known: `not visible` where a right is missing.
    public var nameless: String { reason.hasPrefix("not visible") ? "not visible" : "unknown" }

    /// The program that opens listeners for services, and keeps them open beside those (systemd.socket(5)).
    public static let activator = "systemd"

    /// Whether it opened the socket for a service and does not serve it.
    public var isActivator: Bool { name == Self.activator }

    public static let unknown = Owner(
        name: nil, confidence: .unknown, reason: "no open socket shows it")
}
