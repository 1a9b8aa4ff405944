/// What watching itself takes.
package struct WatchCost: Sendable, Hashable {
    /// Processor time over time: 0.006 is 0.6 % of one processor.
    package var processor: Double
    /// Resident memory in bytes.
    package var memory: Int64?

    package init(processor: Double, memory: Int64? = nil) {
        self.processor = processor
        self.memory = memory
    }
}
