/// What a computed value is worked out from; nil is what could not be read.
public struct HostFigures: Sendable, Hashable {
    /// The local ports on which something listens.
    public var listeners: [UInt16]?
    /// `MemTotal` in bytes.
    public var memory: Int64?
    /// Processors online.
    public var processors: Int?

    public init(listeners: [UInt16]? = nil, memory: Int64? = nil, processors: Int? = nil) {
        self.listeners = listeners
        self.memory = memory
        self.processors = processors
    }
}
