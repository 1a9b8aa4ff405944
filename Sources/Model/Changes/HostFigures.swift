/// What a computed value is worked out from; nil is what could not be read.
package struct HostFigures: Sendable, Hashable {
    /// The local ports on which something listens.
    package var listeners: [UInt16]?
    /// `MemTotal` in bytes.
    package var memory: Int64?
    /// Processors online.
    package var processors: Int?

    package init(listeners: [UInt16]? = nil, memory: Int64? = nil, processors: Int? = nil) {
        self.listeners = listeners
        self.memory = memory
        self.processors = processors
    }
}
