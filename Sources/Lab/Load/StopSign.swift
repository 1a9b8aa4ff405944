import Synchronization

/// Tells the threads of a run to end.
package final class StopSign: Sendable {
    private let state = Atomic<Bool>(false)

    package init() {}

    package var isSet: Bool { state.load(ordering: .relaxed) }

    package func set() { state.store(true, ordering: .relaxed) }
}
